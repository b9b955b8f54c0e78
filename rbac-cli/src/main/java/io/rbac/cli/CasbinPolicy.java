package io.rbac.cli;

import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.PolicyImport;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lines of a policy of Casbin, by domain; without domains there is one that has no name. */
final class CasbinPolicy {

    /** How many steps Casbin's role manager follows from a subject, unless it is told otherwise. */
    private static final int MAX_STEPS = 10;

    private final CasbinModel model;
    private final Map<String, Domain> domains = new LinkedHashMap<>();

    private CasbinPolicy(CasbinModel model) {
        this.model = model;
    }

    /** What is said within one domain. */
    private static final class Domain {

        /** The permissions that lines give to a subject. */
        private final Map<String, Set<String>> rights = new LinkedHashMap<>();

        /** The roles that lines give to a subject, which may be a role. */
        private final Map<String, Set<String>> roles = new LinkedHashMap<>();

        private final Set<String> taken = new LinkedHashSet<>();
    }

    /**
     * Reads a policy.
     *
     * @param file its name, for messages
     * @param lost receives what cannot be expressed
     * @throws CommandFailure if a line is malformed, or is none of the model
     */
    static CasbinPolicy read(List<String> lines, CasbinModel model, String file, List<String> lost) {
        CasbinPolicy policy = new CasbinPolicy(model);
        ImportedNames keys = new ImportedNames();
        int number = 0;
        for (String line : lines) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                policy.add(CasbinLine.of(text, Documents.location(file, number, 0)), keys, lost);
            }
        }
        policy.addDeep(lost);
        return policy;
    }

    private void add(CasbinLine line, ImportedNames keys, List<String> lost) {
        switch (line.type()) {
            case "p" -> {
                int first = model.hasDomains() ? 2 : 1;
                line.requireValues(first + 2, model);
                if (line.isAlikeInAllImplementations(lost)) {
                    domain(line)
                            .rights
                            .computeIfAbsent(line.value(0), subject -> new LinkedHashSet<>())
                            .add(keys.of(
                                    line.value(first) + ':' + line.value(first + 1),
                                    line.value(first),
                                    line.value(first + 1)));
                }
            }
            case "g" -> {
                if (!model.hasRoles()) {
                    throw new CommandFailure(line.place() + ": the model has no roles, but a line begins with `g`");
                }
                line.requireValues(model.hasDomains() ? 3 : 2, model);
                if (line.isAlikeInAllImplementations(lost)) {
                    Domain domain = domain(line);
                    domain.taken.add(line.value(1));
                    domain.roles
                            .computeIfAbsent(line.value(0), subject -> new LinkedHashSet<>())
                            .add(line.value(1));
                }
            }
            default -> lost.add(line.place() + ": the model has no " + Violation.quote(line.type()));
        }
    }

    private Domain domain(CasbinLine line) {
        String name = !model.hasDomains() ? "" : line.value(line.type().equals("p") ? 1 : 2);
        return domains.computeIfAbsent(name, key -> new Domain());
    }

    /** Adds all roles, users and assignments to an import. */
    void addTo(PolicyImport.Builder builder) {
        if (!model.hasDomains()) {
            Domain all = domains.getOrDefault("", new Domain());
            all.taken.forEach(role -> builder.role(role, Scope.ACCOUNT, rightsOfRole(role, all)));
            all.roles.forEach((subject, roles) -> {
                if (!all.taken.contains(subject)) {
                    roles.forEach(role -> builder.assign(subject, role, Target.account()));
                }
            });
            Map<String, Set<String>> direct = new LinkedHashMap<>(all.rights);
            direct.keySet().removeAll(all.taken);
            builder.authorities(direct);
            return;
        }
        ScopeTree tree = ScopeTree.builder().scope("account").scope("domain").build();
        builder.scopes(tree);
        ImportedNames ids = new ImportedNames();
        domains.forEach((name, domain) -> addTo(builder, name, domain, tree.scope("domain"), ids));
    }

    private static void addTo(
            PolicyImport.Builder builder, String name, Domain domain, Scope scope, ImportedNames ids) {
        Target target = Target.of(scope, name);
        domain.taken.forEach(role -> builder.role(idOf(role, name, ids), scope, rightsOfRole(role, domain)));
        domain.rights.forEach((subject, rights) -> {
            if (!domain.taken.contains(subject)) {
                String own = idOf(subject, name, ids);
                builder.role(own, scope, rights).assign(subject, own, target);
            }
        });
        domain.roles.forEach((subject, roles) -> {
            if (!domain.taken.contains(subject)) {
                roles.forEach(role -> builder.assign(subject, idOf(role, name, ids), target));
            }
        });
    }

    private static String idOf(String subject, String domain, ImportedNames ids) {
        return ids.of(domain + '/' + subject, domain, subject);
    }

    /** Returns what somebody has who holds a role: that is one step from them already. */
    private static Set<String> rightsOfRole(String role, Domain domain) {
        Set<String> rights = new LinkedHashSet<>();
        for (String each : reached(role, domain, MAX_STEPS - 1)) {
            rights.addAll(domain.rights.getOrDefault(each, Set.of()));
        }
        return rights;
    }

    private static Set<String> reached(String role, Domain domain, int steps) {
        Set<String> reached = new LinkedHashSet<>(Set.of(role));
        Set<String> last = reached;
        for (int step = 0; step < steps && !last.isEmpty(); step++) {
            Set<String> next = new LinkedHashSet<>();
            last.forEach(each -> next.addAll(domain.roles.getOrDefault(each, Set.of())));
            next.removeAll(reached);
            reached.addAll(next);
            last = next;
        }
        return reached;
    }

    /** Says which roles inherit from others so far away that Casbin does not follow. */
    private void addDeep(List<String> lost) {
        for (Domain domain : domains.values()) {
            for (String role : domain.taken) {
                int near = reached(role, domain, MAX_STEPS - 1).size();
                if (reached(role, domain, Integer.MAX_VALUE).size() > near) {
                    lost.add("role " + Violation.quote(role) + " inherits over more than " + MAX_STEPS
                            + " steps, which Casbin does not follow unless it is told to");
                }
            }
        }
    }
}
