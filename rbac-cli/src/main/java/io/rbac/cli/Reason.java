package io.rbac.cli;

import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules.PlacedChats;
import io.rbac.model.PolicyTable;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where an answer comes from: the roles that a user holds on the path of a target, and what the policy does not know. */
final class Reason {

    private static final int MAX_SHOWN = 5;

    private final Policy policy;
    private final Question question;

    Reason(Policy policy, Question question) {
        this.policy = policy;
        this.question = question;
    }

    /** Returns what to put behind an answer that allows: the roles that do. */
    String ofGrant(Permission permission) {
        List<String> granting = new ArrayList<>();
        for (Held held : held()) {
            if (held.role.isActive() && held.role.rights().contains(permission)) {
                granting.add(held.toString());
            }
        }
        return " by role " + listed(granting);
    }

    /** Returns what to put behind an answer that denies: the roles that do not grant. */
    String ofDenial() {
        List<String> without = new ArrayList<>();
        for (Held held : held()) {
            without.add(held.toString());
        }
        return without.isEmpty() ? ": holds no role there" : ": not granted by role " + listed(without);
    }

    /** Returns a sentence for each part of the question that the policy does not know; usually none. */
    List<String> unknowns() {
        List<String> unknowns = new ArrayList<>();
        if (policy.table().user(question.user()) < 0) {
            unknowns.add(unknown(question.user(), "user", policy.users()));
        }
        Target target = question.target();
        if (target.place().isPresent()) {
            addPlaced(unknowns, target, target.place().get());
        } else {
            addUnknownTarget(unknowns, target);
        }
        return unknowns;
    }

    private void addPlaced(List<String> unknowns, Target chat, Target place) {
        if (policy.table().target(chat) < 0) {
            if (policy.rules().placedChats() == PlacedChats.TRUSTED) {
                addUnknownTarget(unknowns, place);
            } else {
                addUnknownTarget(unknowns, chat);
            }
            return;
        }
        Target known = policy.teamOf(chat.id()).map(Target::team).orElse(Target.account());
        if (!known.equals(place)) {
            unknowns.add("chat " + Violation.quote(chat.id()) + " lies in " + Violation.quote(known.toString())
                    + ", not in " + Violation.quote(place.toString()));
        }
    }

    private void addUnknownTarget(List<String> unknowns, Target target) {
        if (policy.table().target(target) < 0) {
            List<String> known = target.scope() == Scope.TEAM ? policy.teams() : policy.chats();
            unknowns.add(unknown(target.id(), target.scope().word(), known));
        }
    }

    private String unknown(String id, String kind, List<String> known) {
        return Violation.quote(id) + " is not a " + kind + " of account " + Violation.quote(policy.account())
                + new Violation.Collector().didYouMean(id, known);
    }

    private List<Held> held() {
        PolicyTable table = policy.table();
        long roleSets = table.roleSets(question.user(), question.target());
        List<Held> held = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            int roleSet = PolicyTable.roleSet(roleSets, scope);
            for (int i = 0; i < table.size(roleSet); i++) {
                held.add(new Held(Objects.requireNonNull(table.roleOf(table.role(roleSet, i))), placeOf(scope)));
            }
        }
        return held;
    }

    /** The place of a scope on the path of the target. */
    private Target placeOf(Scope scope) {
        Target target = question.target();
        if (scope == target.scope()) {
            return target.unplaced();
        }
        if (scope == Scope.ACCOUNT) {
            return Target.account();
        }
        return policy.teamOf(target.id()).map(Target::team).or(target::place).orElseThrow();
    }

    private static String listed(List<String> roles) {
        int shown = Math.min(roles.size(), MAX_SHOWN);
        String text = String.join(", ", roles.subList(0, shown));
        return shown == roles.size() ? text : text + " and " + (roles.size() - shown) + " more";
    }

    private record Held(Role role, Target place) {

        @Override
        public String toString() {
            return Violation.quote(role.id()) + " at " + Violation.quote(place.toString())
                    + (role.isActive() ? "" : " (discarded)");
        }
    }
}
