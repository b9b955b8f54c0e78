package io.rbac.cli;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.PolicyImport;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes roles and assignments of the roles and bindings of Kubernetes. */
final class KubernetesRoles {

    private static final String ROLE = "Role";
    private static final String CLUSTER_ROLE = "ClusterRole";
    private static final String ROLE_BINDING = "RoleBinding";
    private static final String CLUSTER_ROLE_BINDING = "ClusterRoleBinding";

    private final KubernetesObjects objects;
    private final KubernetesRules rules;
    private final PermissionCatalog catalog;
    private final Scope namespaceScope;
    private final PolicyImport.Builder builder;
    private final List<String> lost;
    private final ImportedNames names = new ImportedNames();
    private final Map<String, Set<String>> grantedByClusterRole = new LinkedHashMap<>();
    private final Set<String> boundInNamespaces = new LinkedHashSet<>();

    /**
     * Creates a maker.
     *
     * @param catalog the catalog, of the scopes of the cluster and of namespaces
     * @param lost receives what cannot be expressed
     */
    KubernetesRoles(
            KubernetesObjects objects, PermissionCatalog catalog, PolicyImport.Builder builder, List<String> lost) {
        this.objects = objects;
        this.rules = new KubernetesRules(catalog, lost);
        this.catalog = catalog;
        this.namespaceScope = catalog.scopes().scopes().get(1);
        this.builder = builder;
        this.lost = lost;
    }

    void addAll() {
        objects.namespaces().forEach(name -> builder.target(namespace(name)));
        for (ForeignObject role : objects.all(CLUSTER_ROLE)) {
            grantedByClusterRole.put(nameOf(role), granted(role, CLUSTER_ROLE + '/' + nameOf(role)));
        }
        new KubernetesAggregation(objects.all(CLUSTER_ROLE), grantedByClusterRole, lost).apply();
        grantedByClusterRole.forEach((name, keys) -> builder.role(clusterRoleId(name), Scope.ACCOUNT, keys));
        for (ForeignObject role : objects.all(ROLE)) {
            String id = roleId(namespaceOf(role), nameOf(role));
            builder.role(id, namespaceScope, inNamespace(granted(role, id)));
        }
        objects.all(CLUSTER_ROLE_BINDING).forEach(binding -> bind(binding, Target.account()));
        objects.all(ROLE_BINDING).forEach(binding -> bind(binding, namespace(namespaceOf(binding))));
    }

    private Set<String> granted(ForeignObject role, String id) {
        Set<String> keys = new LinkedHashSet<>();
        role.objects("rules").forEach(rule -> keys.addAll(rules.granted(rule, SafeText.of(id))));
        return keys;
    }

    /** Returns those keys that count within a namespace: others have no effect there. */
    private Set<String> inNamespace(Set<String> keys) {
        Set<String> counting = new LinkedHashSet<>();
        for (String key : keys) {
            Permission permission = catalog.permission(key);
            if (permission.scopes().contains(namespaceScope)) {
                counting.add(key);
            }
        }
        return counting;
    }

    private void bind(ForeignObject binding, Target target) {
        // An item of a list need not say its kind.
        String kind = target.isAccount() ? CLUSTER_ROLE_BINDING : ROLE_BINDING;
        String place = kind + ' ' + Violation.quote(nameOf(binding));
        ForeignObject reference =
                binding.object("roleRef").orElseThrow(() -> new CommandFailure(binding.place() + " has no `roleRef`"));
        Optional<String> role = roleOf(reference, target);
        if (role.isEmpty()) {
            lost.add(place + " gives " + SafeText.of(reference.requiredText("kind")) + ' '
                    + Violation.quote(reference.requiredText("name")) + ", which is not in the files");
            return;
        }
        for (ForeignObject subject : binding.objects("subjects")) {
            userOf(subject, place).ifPresent(user -> builder.assign(user, role.get(), target));
        }
    }

    /** Returns the role that a binding gives in the account or in a namespace; empty if it is not in the files. */
    private Optional<String> roleOf(ForeignObject reference, Target target) {
        String name = reference.requiredText("name");
        String kind = reference.requiredText("kind");
        if (kind.equals(ROLE) && !target.isAccount()) {
            return objects.find(ROLE, target.id(), name).map(role -> roleId(target.id(), name));
        }
        Set<String> keys = kind.equals(CLUSTER_ROLE) ? grantedByClusterRole.get(name) : null;
        if (keys == null) {
            return Optional.empty();
        }
        if (target.isAccount()) {
            return Optional.of(clusterRoleId(name));
        }
        String id = names.of(CLUSTER_ROLE + '/' + name + "/namespace", CLUSTER_ROLE, name, "namespace");
        if (boundInNamespaces.add(name)) {
            builder.role(id, namespaceScope, inNamespace(keys));
        }
        return Optional.of(id);
    }

    private Optional<String> userOf(ForeignObject subject, String binding) {
        String kind = subject.requiredText("kind");
        String name = subject.requiredText("name");
        switch (kind) {
            case "User" -> {
                return Optional.of(name);
            }
            case "ServiceAccount" -> {
                Optional<String> namespace = subject.text("namespace");
                if (namespace.isEmpty()) {
                    lost.add(binding + " names the service account " + Violation.quote(name) + " without a namespace");
                }
                return namespace.map(in -> "system:serviceaccount:" + in + ':' + name);
            }
            default -> {
                lost.add(binding + " names the " + (kind.equals("Group") ? "group" : "subject") + ' '
                        + Violation.quote(name) + ", whose members the files do not say");
                return Optional.empty();
            }
        }
    }

    private Target namespace(String name) {
        return Target.of(namespaceScope, name);
    }

    private String clusterRoleId(String name) {
        return names.of(CLUSTER_ROLE + '/' + name, CLUSTER_ROLE, name);
    }

    private String roleId(String namespace, String name) {
        return names.of(ROLE + '/' + namespace + '/' + name, ROLE, namespace, name);
    }

    static String nameOf(ForeignObject object) {
        return KubernetesObjects.metadata(object).requiredText("name");
    }

    private static String namespaceOf(ForeignObject object) {
        return KubernetesObjects.metadata(object).requiredText("namespace");
    }
}
