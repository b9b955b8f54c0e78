package io.rbac.cli;

import io.rbac.model.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cluster roles whose rules are not their own: they are those of the cluster roles that selectors find by their labels. */
final class KubernetesAggregation {

    private final List<ForeignObject> roles;
    private final Map<String, Set<String>> granted;
    private final List<String> lost;

    /**
     * Creates an aggregation.
     *
     * @param granted what the rules of each role grant, by its name
     * @param lost receives what cannot be expressed
     */
    KubernetesAggregation(List<ForeignObject> roles, Map<String, Set<String>> granted, List<String> lost) {
        this.roles = roles;
        this.granted = granted;
        this.lost = lost;
    }

    /** Replaces what aggregating roles grant by what those grant that they select, at any depth. */
    void apply() {
        Map<String, Set<String>> selected = new LinkedHashMap<>();
        for (ForeignObject role : roles) {
            if (role.has("aggregationRule")) {
                selected.put(KubernetesRoles.nameOf(role), selectedBy(role));
            }
        }
        Map<String, Set<String>> aggregated = new LinkedHashMap<>();
        selected.keySet().forEach(name -> aggregated.put(name, union(name, selected)));
        aggregated.forEach((name, keys) -> {
            if (!keys.containsAll(granted.getOrDefault(name, Set.of()))) {
                lost.add("ClusterRole " + Violation.quote(name)
                        + " has rules of cluster roles that are not in the files, or will lose them");
            }
        });
        granted.putAll(aggregated);
    }

    private Set<String> union(String name, Map<String, Set<String>> selected) {
        Set<String> keys = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>(Set.of(name));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (String each : selected.getOrDefault(open.remove(), Set.of())) {
                if (!selected.containsKey(each)) {
                    keys.addAll(granted.getOrDefault(each, Set.of()));
                } else if (seen.add(each)) {
                    open.add(each);
                }
            }
        }
        return keys;
    }

    private Set<String> selectedBy(ForeignObject role) {
        List<ForeignObject> selectors = role.object("aggregationRule")
                .map(rule -> rule.objects("clusterRoleSelectors"))
                .orElseGet(List::of);
        Set<String> names = new LinkedHashSet<>();
        for (ForeignObject other : roles) {
            Map<String, String> labels = KubernetesObjects.metadata(other)
                    .object("labels")
                    .map(ForeignObject::textByName)
                    .orElseGet(Map::of);
            if (selectors.stream().anyMatch(selector -> selects(selector, labels))) {
                names.add(KubernetesRoles.nameOf(other));
            }
        }
        return names;
    }

    /** Returns whether every requirement of a selector is met; one without any selects everything. */
    private static boolean selects(ForeignObject selector, Map<String, String> labels) {
        List<Boolean> met = new ArrayList<>();
        selector.object("matchLabels")
                .map(ForeignObject::textByName)
                .orElseGet(Map::of)
                .forEach((label, value) -> met.add(value.equals(labels.get(label))));
        for (ForeignObject expression : selector.objects("matchExpressions")) {
            String value = labels.get(expression.requiredText("key"));
            List<String> values = expression.texts("values");
            String operator = expression.requiredText("operator");
            met.add(
                    switch (operator) {
                        case "In" -> value != null && values.contains(value);
                        case "NotIn" -> value == null || !values.contains(value);
                        case "Exists" -> value != null;
                        case "DoesNotExist" -> value == null;
                        default ->
                            throw new CommandFailure(expression.place() + ", `operator` is " + Violation.quote(operator)
                                    + ": expected `In`, `NotIn`, `Exists` or `DoesNotExist`");
                    });
        }
        return !met.contains(false);
    }
}
