package io.rbac.cli;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Violation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the permissions of a catalog that the rules of Kubernetes stand for. */
final class KubernetesRules {

    private static final String ALL = "*";

    private final List<Resource> resources;
    private final List<String> lost;

    /** Creates a finder; {@code lost} receives what the catalog lacks. */
    KubernetesRules(PermissionCatalog catalog, List<String> lost) {
        this.resources = catalog.groups().stream()
                .map(group -> Resource.of(group.name(), group.permissions()))
                .toList();
        this.lost = lost;
    }

    /**
     * A resource of the catalog.
     *
     * @param apiGroup its API group, empty for the core
     * @param name its name, {@code RESOURCE/SUBRESOURCE} for a part of one
     * @param verbs the permissions, whose actions are verbs
     */
    private record Resource(String apiGroup, String name, List<Permission> verbs) {

        static Resource of(String group, List<Permission> verbs) {
            int slash = group.indexOf('/');
            String whole = slash < 0 ? group : group.substring(0, slash);
            String part = slash < 0 ? "" : group.substring(slash);
            int dot = whole.indexOf('.');
            return dot < 0
                    ? new Resource("", whole + part, verbs)
                    : new Resource(whole.substring(dot + 1), whole.substring(0, dot) + part, verbs);
        }

        /** Returns whether a rule's resource names this one: {@code *} names all, {@code * /scale} that part of each. */
        boolean isNamedBy(String resource) {
            int slash = name.indexOf('/');
            return resource.equals(ALL)
                    || resource.equals(name)
                    || slash >= 0 && resource.equals(ALL + name.substring(slash));
        }
    }

    /** Returns the keys of the permissions that a rule grants, and says what it grants beyond the catalog. */
    Set<String> granted(ForeignObject rule, String role) {
        Set<String> keys = new LinkedHashSet<>();
        if (rule.has("nonResourceURLs")) {
            lost.add(role + " has rights to URLs that are no resources: "
                    + ForeignObject.quoted(rule.texts("nonResourceURLs")));
        } else if (rule.has("resourceNames")) {
            lost.add(role + " has rights to single objects of " + ForeignObject.quoted(rule.texts("resources")) + ": "
                    + ForeignObject.quoted(rule.texts("resourceNames")));
        } else {
            List<String> verbs = rule.texts("verbs");
            List<String> apiGroups = rule.texts("apiGroups");
            for (String resource : rule.texts("resources")) {
                addGranted(resource, apiGroups, verbs, role, keys);
            }
        }
        return keys;
    }

    private void addGranted(
            String resource, List<String> apiGroups, List<String> verbs, String role, Set<String> keys) {
        List<Resource> named = resources.stream()
                .filter(known ->
                        known.isNamedBy(resource) && (apiGroups.contains(ALL) || apiGroups.contains(known.apiGroup())))
                .toList();
        if (named.isEmpty()) {
            lost.add(role + " has rights to " + Violation.quote(resource) + " of the API groups "
                    + ForeignObject.quoted(apiGroups)
                    + ", which the catalog lacks");
            return;
        }
        for (String verb : verbs) {
            boolean isKnown = false;
            for (Resource known : named) {
                for (Permission permission : known.verbs()) {
                    if (verb.equals(ALL) || verb.equals(permission.action())) {
                        keys.add(permission.key());
                        isKnown = true;
                    }
                }
            }
            if (!isKnown) {
                lost.add(role + " may " + Violation.quote(verb) + ' ' + Violation.quote(resource)
                        + ", a verb that the catalog lacks");
            }
        }
    }
}
