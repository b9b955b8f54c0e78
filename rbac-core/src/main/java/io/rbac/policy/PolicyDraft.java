package io.rbac.policy;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.table.IdInterner;
import io.rbac.text.Ids;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was given to the builder of a policy: checks it and compiles the table. */
final class PolicyDraft {

    final List<Role> roles = new ArrayList<>();
    final AssignmentBuffer assignments = new AssignmentBuffer();
    private final List<String> teams = new ArrayList<>();
    private final List<ChatDraft> chats = new ArrayList<>();

    private record ChatDraft(String id, @Nullable String team) {}

    void team(String id) {
        teams.add(id);
    }

    void chat(String id, @Nullable String team) {
        chats.add(new ChatDraft(id, team));
    }

    Policy build(String account, PermissionCatalog catalog, PolicyRules rules, long revision) {
        Violation.Collector violations = new Violation.Collector();
        checkSize(violations, "/roles", "roles", roles.size(), Policy.MAX_ROLES);
        checkSize(violations, "/teams", "teams and chats", (long) teams.size() + chats.size(), Policy.MAX_TARGETS);
        checkSize(violations, "/assignments", "assignments", assignments.total(), assignments.max());
        violations.throwIfAny();
        new References(violations).checkId("/account", "account", account);
        if (revision < 0) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    "/revision",
                    Long.toString(revision),
                    "the revision is `" + revision + "`: expected at least 0");
        }
        RoleValidator check = new RoleValidator(catalog, rules, violations);
        TableCompiler table = new TableCompiler(rules, check, assignments, violations);
        addRoles(table, check, violations);
        addTargets(table, violations);
        PolicyTable built = table.build();
        violations.throwIfAny();
        return new Policy(account, revision, catalog, rules, built, true);
    }

    private void addRoles(TableCompiler table, RoleValidator check, Violation.Collector violations) {
        check.checkLockout();
        GivenIds given = new GivenIds("role", "/roles/", roles.size());
        List<Role> counted = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < roles.size(); i++) {
            String path = Violation.pointer("roles", i);
            Role role = check.checked(roles.get(i), path);
            if (given.addNew(role.id(), i, "/id", violations)) {
                counted.add(role);
                paths.add(path + "/name");
                table.role(role);
            }
        }
        check.checkTogether(counted, "/roles", paths::get);
    }

    private void addTargets(TableCompiler table, Violation.Collector violations) {
        GivenIds givenTeams = new GivenIds("team", "/teams/", teams.size());
        for (int i = 0; i < teams.size(); i++) {
            if (givenTeams.addNew(teams.get(i), i, "", violations)) {
                table.team(teams.get(i));
            }
        }
        GivenIds givenChats = new GivenIds("chat", "/chats/", chats.size());
        for (int i = 0; i < chats.size(); i++) {
            ChatDraft chat = chats.get(i);
            boolean known = chat.team == null || givenTeams.ids.get(chat.team) >= 0;
            if (!known) {
                String team = String.valueOf(chat.team);
                violations.add(
                        Code.TARGET_NOT_FOUND,
                        "/chats/" + i + "/team",
                        chat.team,
                        "chat " + Violation.quote(chat.id) + " lies in the unknown team " + Violation.quote(team)
                                + violations.didYouMean(team, givenTeams.ids.ids()));
            }
            if (givenChats.addNew(chat.id, i, "/id", violations)) {
                table.chat(chat.id, known ? chat.team : null);
            }
        }
    }

    /** The ids of one list of the policy, and where each was given first. */
    private static final class GivenIds {

        private final IdInterner ids = new IdInterner();
        private final String what;
        private final String list;
        private final int[] positions;

        GivenIds(String what, String list, int size) {
            this.what = what;
            this.list = list;
            this.positions = new int[size];
        }

        /** Takes an id in, and returns whether it was not given before. */
        boolean addNew(String id, int position, String field, Violation.Collector violations) {
            if (Ids.fault(id) != null) { // before a path is made
                new References(violations).checkId(list + position + field, what, id);
            }
            int before = ids.size();
            int number = ids.number(id);
            if (number == before) {
                positions[number] = position;
                return true;
            }
            violations.add(
                    Code.DUPLICATE_ID,
                    list + position + field,
                    id,
                    what + ' ' + Violation.quote(id) + " is stated twice: first at `" + list + positions[number] + '`');
            return false;
        }
    }

    private static void checkSize(Violation.Collector violations, String path, String what, long size, long max) {
        if (size > max) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    path,
                    Long.toString(size),
                    "there are " + size + ' ' + what + ": at most " + max + " are allowed");
        }
    }
}
