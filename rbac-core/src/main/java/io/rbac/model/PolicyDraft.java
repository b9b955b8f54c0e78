package io.rbac.model;

import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was given to the builder of a policy: checks it and makes the tables. */
final class PolicyDraft {

    /** The most roles of a policy: a role set keeps an ordinal in 16 bits. */
    static final int MAX_ROLES = 65_536;

    /** The most teams and chats of a policy: an entry of a user's row keeps a target in 31 bits, with its role set. */
    static final int MAX_TARGETS = 1 << 27;

    final List<Role> roles = new ArrayList<>();
    final AssignmentDraft assignments = new AssignmentDraft();
    long revision;

    private final String account;
    private final PermissionCatalog catalog;
    private final PolicyRules rules;
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
        Map<String, Integer> firsts = new HashMap<>();
        List<Role> counted = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < roles.size(); i++) {
            String path = Violation.pointer("roles", i);
            Role role = check.checked(roles.get(i), path);
            checkId(violations, path + "/id", "role", role.id());
            if (checkFirst(violations, path + "/id", "role", role.id(), "/roles/", firsts, i)) {
                counted.add(role);
                paths.add(path + "/name");
                table.role(role);
            }
        }
        check.checkTogether(counted, "/roles", paths::get);
    }

    private void addTargets(TableDraft table, Violation.Collector violations) {
        Map<String, Integer> firstTeams = new HashMap<>();
        for (int i = 0; i < teams.size(); i++) {
            String id = teams.get(i);
            String path = "/teams/" + i;
            checkId(violations, path, "team", id);
            if (checkFirst(violations, path, "team", id, "/teams/", firstTeams, i)) {
                table.team(id);
            }
        }
        Map<String, Integer> firstChats = new HashMap<>();
        for (int i = 0; i < chats.size(); i++) {
            ChatDraft chat = chats.get(i);
            String path = "/chats/" + i;
            boolean known = chat.team == null || firstTeams.containsKey(chat.team);
            if (!known) {
                violations.add(
                        Code.TARGET_NOT_FOUND,
                        path + "/team",
                        chat.team,
                        "chat " + Violation.quote(chat.id) + " lies in the unknown team "
                                + Violation.quote(String.valueOf(chat.team))
                                + violations.didYouMean(String.valueOf(chat.team), firstTeams.keySet()));
            }
            checkId(violations, path + "/id", "chat", chat.id);
            if (checkFirst(violations, path + "/id", "chat", chat.id, "/chats/", firstChats, i)) {
                table.chat(chat.id, known ? chat.team : null);
            }
        }
    }

    static boolean checkId(Violation.Collector violations, String path, String what, String id) {
        String fault = Text.idFault(id);
        if (fault != null) {
            violations.add(Code.ID_INVALID, path, id, what + " id " + Violation.quote(id) + ' ' + fault);
        }
        return fault == null;
    }

    private static boolean checkFirst(
            Violation.Collector violations,
            String path,
            String what,
            String id,
            String list,
            Map<String, Integer> firsts,
            int position) {
        Integer first = firsts.putIfAbsent(id, position);
        if (first != null) {
            violations.add(
                    Code.DUPLICATE_ID,
                    path,
                    id,
                    what + ' ' + Violation.quote(id) + " is stated twice: first at `" + list + first + '`');
        }
        return first == null;
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
