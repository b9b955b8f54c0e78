package io.rbac.cli;

import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.PolicyImport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The roles, groups and users of a realm of Keycloak. */
final class KeycloakRealm {

    private static final String REALM_ROLES = "realmRoles";
    private static final String CLIENT_ROLES = "clientRoles";

    /** The mappers by which a token has other roles than its user. */
    private static final Set<String> ROLE_MAPPERS = Set.of(
            "oidc-hardcoded-role-mapper",
            "oidc-role-name-mapper",
            "saml-hardcode-role-mapper",
            "saml-role-name-mapper");

    private final ForeignObject realm;
    private final List<String> lost;
    private final ImportedNames names = new ImportedNames();

    /** The roles that each role is directly composed of. */
    private final Map<String, Set<String>> composites = new LinkedHashMap<>();

    /** The roles of each group and of those in which it lies, by path. */
    private final Map<String, Set<String>> groups = new LinkedHashMap<>();

    /** Reads roles and groups; {@code lost} receives what cannot be expressed. */
    KeycloakRealm(ForeignObject realm, List<String> lost) {
        this.realm = realm;
        this.lost = lost;
        realm.object("roles").ifPresent(this::readRoles);
        composites.forEach((role, parts) -> parts.removeIf(part -> isUnknown(part, "role " + Violation.quote(role))));
        realm.objects("groups").forEach(group -> readGroup(group, "", Set.of()));
    }

    private void readRoles(ForeignObject roles) {
        roles.objects("realm").forEach(role -> readRole(role, ofRealm(role.requiredText("name"))));
        roles.object("client")
                .ifPresent(clients -> clients.objectsByName()
                        .forEach((client, own) ->
                                own.forEach(role -> readRole(role, ofClient(client, role.requiredText("name"))))));
    }

    private void readRole(ForeignObject role, String id) {
        Set<String> parts = new LinkedHashSet<>();
        role.object("composites").ifPresent(composed -> parts.addAll(roles(composed, "realm", "client")));
        if (composites.put(id, parts) != null) {
            throw new CommandFailure(role.place() + ": role " + Violation.quote(id) + " is given twice");
        }
    }

    private void readGroup(ForeignObject group, String parent, Set<String> inherited) {
        String path = group.text("path").orElse(parent + '/' + group.requiredText("name"));
        Set<String> all = new LinkedHashSet<>(inherited);
        for (String role : roles(group, REALM_ROLES, CLIENT_ROLES)) {
            if (!isUnknown(role, "group " + Violation.quote(path))) {
                all.add(role);
            }
        }
        if (groups.put(path, all) != null) {
            throw new CommandFailure(group.place() + ": group " + Violation.quote(path) + " is given twice");
        }
        group.objects("subGroups").forEach(each -> readGroup(each, path, all));
    }

    /** Returns the roles that an object names: of the realm in a list, of clients in an object of lists. */
    private Set<String> roles(ForeignObject holder, String ofRealm, String ofClients) {
        Set<String> roles = new LinkedHashSet<>();
        holder.texts(ofRealm).forEach(name -> roles.add(ofRealm(name)));
        holder.object(ofClients)
                .ifPresent(clients -> clients.textsByName()
                        .forEach((client, own) -> own.forEach(name -> roles.add(ofClient(client, name)))));
        return roles;
    }

    private String ofRealm(String name) {
        return names.of("realm:" + name, "role of the realm", name);
    }

    private String ofClient(String client, String name) {
        return names.of(client + ':' + name, "role of a client", client, name);
    }

    private boolean isUnknown(String role, String holder) {
        boolean isUnknown = !composites.containsKey(role);
        if (isUnknown) {
            lost.add(holder + " has the role " + Violation.quote(role) + ", which is not in the export");
        }
        return isUnknown;
    }

    /** Adds everything to an import, with the users that some files have. */
    void addTo(PolicyImport.Builder builder, List<ForeignObject> files) {
        composites.keySet().forEach(role -> builder.role(role, Scope.ACCOUNT, effective(role)));
        realm.object("defaultRole").ifPresent(role -> addDefault(ofRealm(role.requiredText("name")), builder));
        realm.texts("defaultRoles").forEach(role -> addDefault(ofRealm(role), builder));
        Set<String> seen = new LinkedHashSet<>();
        for (ForeignObject file : files) {
            String name = file.requiredText("realm");
            if (!name.equals(realm.requiredText("realm"))) {
                throw new CommandFailure(file.place() + " is of the realm " + Violation.quote(name) + ", not of "
                        + Violation.quote(realm.requiredText("realm")));
            }
            file.objects("users").forEach(user -> addUser(user, seen, builder));
            if (file.has("federatedUsers")) {
                lost.add(file.place() + " has users of another store, of whom only links are exported");
            }
        }
        if (files.stream().noneMatch(file -> file.has("users"))) {
            lost.add("the export has no users");
        }
        addUnexpressed();
    }

    private void addDefault(String role, PolicyImport.Builder builder) {
        if (!isUnknown(role, "the realm, by default,")) {
            builder.defaultRole(role);
        }
    }

    private void addUser(ForeignObject user, Set<String> seen, PolicyImport.Builder builder) {
        String name = user.requiredText("username");
        String holder = "user " + Violation.quote(name);
        if (!seen.add(name)) {
            throw new CommandFailure(user.place() + ": " + holder + " is given twice");
        }
        if (!user.isTrue("enabled")) {
            return;
        }
        Set<String> held = roles(user, REALM_ROLES, CLIENT_ROLES);
        held.removeIf(role -> isUnknown(role, holder));
        for (String path : user.texts("groups")) {
            Set<String> roles = groups.get(path);
            if (roles == null) {
                lost.add(holder + " is in the group " + Violation.quote(path) + ", which is not in the export");
            } else {
                held.addAll(roles);
            }
        }
        held.forEach(role -> builder.assign(name, role, Target.account()));
    }

    /** Returns a role with everything that it is composed of, at any depth. */
    private Set<String> effective(String role) {
        Set<String> all = new LinkedHashSet<>(Set.of(role));
        Deque<String> open = new ArrayDeque<>(all);
        while (!open.isEmpty()) {
            for (String part : composites.getOrDefault(open.remove(), Set.of())) {
                if (all.add(part)) {
                    open.add(part);
                }
            }
        }
        return all;
    }

    private void addRoleMappers(String owner, ForeignObject mapped) {
        for (ForeignObject mapper : mapped.objects("protocolMappers")) {
            if (mapper.text("protocolMapper").filter(ROLE_MAPPERS::contains).isPresent()) {
                lost.add(owner + " gives or renames roles in tokens by the mapper "
                        + Violation.quote(mapper.requiredText("name")));
            }
        }
    }

    /** Says what else decides in Keycloak about who may do what. */
    private void addUnexpressed() {
        if (realm.has("defaultGroups")) {
            lost.add("the realm puts users who are created later into groups: "
                    + ForeignObject.quoted(realm.texts("defaultGroups")));
        }
        if (realm.has("identityProviderMappers")) {
            lost.add("the realm has mappers of identity providers, which can give roles at login");
        }
        if (realm.object("components")
                .filter(components -> components.has("org.keycloak.storage.UserStorageProvider"))
                .isPresent()) {
            lost.add("the realm has users of another store, such as LDAP, who are not exported");
        }
        List<String> limited = new ArrayList<>();
        for (ForeignObject client : realm.objects("clients")) {
            String id = client.requiredText("clientId");
            addRoleMappers("client " + Violation.quote(id), client);
            if (client.has("fullScopeAllowed") && !client.isTrue("fullScopeAllowed")) {
                limited.add(id);
            }
            if (client.has("authorizationSettings")) {
                lost.add("client " + Violation.quote(id) + " has resources and policies of its own");
            }
            if (client.has("defaultRoles")) {
                lost.add("client " + Violation.quote(id) + " gives roles to users who are created later: "
                        + ForeignObject.quoted(client.texts("defaultRoles")));
            }
        }
        for (ForeignObject scope : realm.objects("clientScopes")) {
            addRoleMappers("client scope " + Violation.quote(scope.requiredText("name")), scope);
        }
        if (!limited.isEmpty()) {
            lost.add("tokens for these clients carry only a part of a user's roles: " + ForeignObject.quoted(limited));
        }
    }
}
