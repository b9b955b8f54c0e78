package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What S1 to S17 find wrong with a state that is built or read under its own rules and catalog. The catalog itself is
 * taken to be right. What is stated a second time is a problem of its own and counts for nothing else; so does an
 * assignment with a problem. Not safe for use by several threads.
 *
 * @since 0.1
 */
public final class Validity {
    private final Sketch sketch;
    private final SketchRules rules;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, SketchRole> roles = new LinkedHashMap<>();
    private final Map<String, Chat> chats = new LinkedHashMap<>();
    private final Set<String> teams = new HashSet<>();

    private Validity(Sketch sketch) {
        this.sketch = sketch;
        this.rules = sketch.rules();
        sketch.roles().forEach(role -> roles.putIfAbsent(role.id(), role));
        sketch.chats().forEach(chat -> chats.putIfAbsent(chat.id(), chat));
        teams.addAll(sketch.teams());
    }

    /**
     * Everything that is wrong with a policy.
     *
     * @param sketch the policy
     * @return the problems, in the order of the policy document, then those of the whole policy; empty: it is valid
     * @since 0.1
     */
    public static List<Problem> problems(Sketch sketch) {
        Validity validity = new Validity(sketch);
        validity.judge();
        return List.copyOf(validity.problems);
    }

    private void judge() {
        checkId(sketch.account(), "/account");
        checkRoles();
        checkTeams();
        checkChats();
        checkAssignments();
        checkDefaults();
        checkUniqueNames();
    }

    /** S14. */
    private void checkId(String id, String path) {
        if (!Spelling.isId(id)) {
            report("ID_INVALID", path);
        }
    }

    /** S3, S15 and the rules of scopes, names and descriptions. */
    private void checkRoles() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sketch.roles().size(); i++) {
            SketchRole role = sketch.roles().get(i);
            String path = "/roles/" + i;
            checkId(role.id(), path + "/id");
            checkFirst(seen.add(role.id()), path + "/id");
            String nameProblem = Spelling.nameProblem(role.name(), rules);
            if (nameProblem != null) {
                report(nameProblem, path + "/name");
            }
            checkDescription(role.description(), path + "/description");
            if (!rules.scopes().contains(role.scope())) {
                report("SCOPE_INVALID", path + "/scope");
            }
            checkRights(role, path + "/rights");
        }
    }

    private void checkFirst(boolean first, String path) {
        if (!first) {
            report("DUPLICATE_ID", path);
        }
    }

    private void checkDescription(@Nullable String description, String path) {
        if (description == null) {
            return;
        }
        Integer most = rules.description().max();
        if (!rules.description().allowed()) {
            report("DESCRIPTION_UNSUPPORTED", path);
        } else if (most != null && description.codePointCount(0, description.length()) > most) {
            report("DESCRIPTION_TOO_LONG", path);
        }
    }

    /** S2, S3: permissions of the catalog that may be held at the role's scope; retired ones are dropped. */
    private void checkRights(SketchRole role, String path) {
        for (String key : role.permissions()) {
            boolean known = false;
            for (SketchGroup group : sketch.groups()) {
                for (SketchGroup.Action action : group.actions()) {
                    if (action.key().equals(key)) {
                        known = true;
                        if (!action.scopes().contains(role.scope())) {
                            report("PERMISSION_NOT_IN_SCOPE", path + token(group.name()) + token(action.name()));
                        }
                    }
                }
            }
            if (!known && !sketch.retired().contains(key)) {
                reportUnknown(key, path);
            }
        }
    }

    /** S2: the group and action are those of the catalog that the rights came from. */
    private void reportUnknown(String key, String path) {
        for (SketchGroup group : HeldCatalog.of(sketch)) {
            for (SketchGroup.Action action : group.actions()) {
                if (action.key().equals(key)) {
                    report("UNKNOWN_PERMISSION", path + token(group.name()) + token(action.name()));
                }
            }
        }
    }

    private static String token(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private void checkTeams() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sketch.teams().size(); i++) {
            String team = sketch.teams().get(i);
            checkId(team, "/teams/" + i);
            checkFirst(seen.add(team), "/teams/" + i);
        }
    }

    /** S5: a chat lies in one known team or in the account. */
    private void checkChats() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sketch.chats().size(); i++) {
            Chat chat = sketch.chats().get(i);
            String path = "/chats/" + i;
            checkId(chat.id(), path + "/id");
            checkFirst(seen.add(chat.id()), path + "/id");
            if (chat.team() != null && !teams.contains(chat.team())) {
                report("TARGET_NOT_FOUND", path + "/team");
            }
        }
    }

    /** S4 and the rule of most roles at a target, for which discarded roles count (S9). */
    private void checkAssignments() {
        Set<Assignment> seen = new HashSet<>();
        Map<List<Object>, Integer> rolesAt = new LinkedHashMap<>();
        for (int i = 0; i < sketch.assignments().size(); i++) {
            Assignment assignment = sketch.assignments().get(i);
            int before = problems.size();
            checkAssignment(assignment, "/assignments/" + i);
            checkFirst(seen.add(assignment), "/assignments/" + i);
            if (problems.size() == before) {
                rolesAt.merge(List.of(assignment.user(), assignment.target()), 1, Integer::sum);
            }
        }
        Integer most = rules.rolesPerTarget();
        for (int count : rolesAt.values()) {
            if (most != null && count > most) {
                report("TOO_MANY_ROLES", "/assignments");
            }
        }
    }

    private void checkAssignment(Assignment assignment, String path) {
        checkId(assignment.user(), path + "/user");
        SketchRole role = roles.get(assignment.role());
        Place target = assignment.target();
        if (role == null) {
            report("ROLE_NOT_FOUND", path + "/role");
        } else if (role.scope() != target.kind()) {
            report("SCOPE_MISMATCH", path + "/role");
        }
        if (target.kind() == Scope.TEAM && !teams.contains(target.id())) {
            report("TARGET_NOT_FOUND", path + "/team");
        }
        if (target.kind() == Scope.CHAT && !chats.containsKey(target.id())) {
            report("TARGET_NOT_FOUND", path + "/chat");
        }
    }

    /** S8, S9: least and most default roles of each scope; discarded ones do not count. */
    private void checkDefaults() {
        for (Scope scope : Scope.values()) {
            int count = 0;
            for (SketchRole role : roles.values()) {
                if (role.scope() == scope && role.isDefault() && role.isActive()) {
                    count++;
                }
            }
            SketchRules.Defaults bounds = rules.defaultsOf(scope);
            Integer most = bounds.max();
            if (count < bounds.min()) {
                report("LAST_DEFAULT_ROLE", "/roles");
            }
            if (most != null && count > most) {
                report("TOO_MANY_DEFAULTS", "/roles");
            }
        }
    }

    /** S15: names are unique among active roles where the rules say so, by their NFC form. */
    private void checkUniqueNames() {
        if (!rules.name().unique()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < sketch.roles().size(); i++) {
            SketchRole role = sketch.roles().get(i);
            boolean first = seen.add(role.id());
            if (first && role.isActive() && role.name() != null) {
                if (!taken.add(Normalizer.normalize(role.name(), Normalizer.Form.NFC))) {
                    report("NAME_TAKEN", "/roles/" + i + "/name");
                }
            }
        }
    }

    private void report(String code, String path) {
        problems.add(new Problem(code, path));
    }
}
