package io.rbac.model;

import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was given to the builder of a policy: checks it and makes the tables. */
final class PolicyDraft {

    /** The most roles of a policy: a role set keeps an ordinal in 16 bits. */
    static final int MAX_ROLES = 65_536;

    /** The most teams and chats of a policy: an entry of a user's row keeps a target in 31 bits, with its role set. */
    static final int MAX_TARGETS = 1 << 27;

    final List<Role> roles = new ArrayList<>();
    final AssignmentDraft assignments = new AssignmentDraft();
    String account;
    long revision;
    PermissionCatalog catalog;
    PolicyRules rules;

    private final List<String> teams = new ArrayList<>();
    private final List<ChatDraft> chats = new ArrayList<>();

    private record ChatDraft(String id, @Nullable String team) {}

    PolicyDraft(String account, PermissionCatalog catalog, PolicyRules rules) {
        this.account = account;
        this.catalog = catalog;
        this.rules = rules;
    }

    void team(String id) {
        teams.add(id);
    }

    void chat(String id, @Nullable String team) {
        chats.add(new ChatDraft(id, team));
    }

    Policy build() {
        Violation.Collector violations = new Violation.Collector();
        checkSize(violations, "/roles", "roles", roles.size(), MAX_ROLES);
        checkSize(violations, "/teams", "teams and chats", (long) teams.size() + chats.size(), MAX_TARGETS);
        checkSize(violations, "/assignments", "assignments", assignments.total(), assignments.max());
        violations.throwIfAny();
        checkId(violations, "/account", "account", account);
        if (revision < 0) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    "/revision",
                    Long.toString(revision),
                    "the revision is `" + revision + "`: expected at least 0");
        }
        RoleCheck check = new RoleCheck(catalog, rules, violations);
        TableDraft table = new TableDraft(rules, check, assignments, violations);
        addRoles(table, check, violations);
        addTargets(table, violations);
        PolicyTable built = table.build();
        violations.throwIfAny();
        return new Policy(account, revision, catalog, rules, built, true);
    }

    private void addRoles(TableDraft table, RoleCheck check, Violation.Collector violations) {
        check.checkLockout();
        Stated stated = new Stated("role", "/roles/", roles.size());
        List<Role> counted = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < roles.size(); i++) {
            String path = Violation.pointer("roles", i);
            Role role = check.checked(roles.get(i), path);
            if (stated.isFirst(role.id(), i, "/id", violations)) {
                counted.add(role);
                paths.add(path + "/name");
                table.role(role);
            }
        }
        check.checkTogether(counted, "/roles", paths::get);
    }

    private void addTargets(TableDraft table, Violation.Collector violations) {
        Stated statedTeams = new Stated("team", "/teams/", teams.size());
        for (int i = 0; i < teams.size(); i++) {
            if (statedTeams.isFirst(teams.get(i), i, "", violations)) {
                table.team(teams.get(i));
            }
        }
        Stated statedChats = new Stated("chat", "/chats/", chats.size());
        for (int i = 0; i < chats.size(); i++) {
            ChatDraft chat = chats.get(i);
            boolean known = chat.team == null || statedTeams.ids.get(chat.team) >= 0;
            if (!known) {
                String team = String.valueOf(chat.team);
                violations.add(
                        Code.TARGET_NOT_FOUND,
                        "/chats/" + i + "/team",
                        chat.team,
                        "chat " + Violation.quote(chat.id) + " lies in the unknown team " + Violation.quote(team)
                                + violations.didYouMean(team, statedTeams.ids.ids()));
            }
            if (statedChats.isFirst(chat.id, i, "/id", violations)) {
                table.chat(chat.id, known ? chat.team : null);
            }
        }
    }

    /** The ids of one list of the policy, and where each was stated first. */
    private static final class Stated {

        private final IdNumbers ids = new IdNumbers();
        private final String what;
        private final String list;
        private final int[] positions;

        Stated(String what, String list, int size) {
            this.what = what;
            this.list = list;
            this.positions = new int[size];
        }

        /** Checks an id, and tells whether it is stated for the first time. */
        boolean isFirst(String id, int position, String field, Violation.Collector violations) {
            if (Text.idFault(id) != null) {
                checkId(violations, list + position + field, what, id);
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

    static boolean checkId(Violation.Collector violations, String path, String what, String id) {
        String fault = Text.idFault(id);
        if (fault != null) {
            violations.add(Code.ID_INVALID, path, id, what + " id " + Violation.quote(id) + ' ' + fault);
        }
        return fault == null;
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
