package io.rbac.jackson;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a policy document, held until all of it is known.
 *
 * <p>If something could not be read, the rest is still made into a policy, so that everything that is wrong is found at
 * once; what would only follow from a fault that was reported before is not reported.
 */
final class DocumentDraft {

    /** Stands in for an id or a name that is not known. */
    private static final String STAND_IN = "unknown";

    /** The rules that find no fault. */
    private static final PolicyRules NO_RULES = PolicyRules.builder()
            .nameMin(0)
            .nameMax(null)
            .blankNames(true)
            .descriptionMax(null)
            .defaults(Scope.ACCOUNT, 0, null)
            .build();

    @Nullable
    String account;

    final List<RoleDraft> roles = new ArrayList<>();
    boolean rolesAreRead = true;
    final Targets targets;
    final Assignments assignments;
    final Policy.Builder builder = Policy.builder(STAND_IN, PermissionCatalog.empty(), NO_RULES);

    DocumentDraft() {
        targets = new Targets(builder);
        assignments = new Assignments(builder);
    }

    /**
     * Returns the policy.
     *
     * @param catalog null where it could not be read
     * @param rules null where they could not be read
     * @throws PolicyViolationException with the problems that were found before and are found now
     */
    Policy policy(
            @Nullable PermissionCatalog catalog, @Nullable PolicyRules rules, Problems problems, Locations locations) {
        if (account != null) {
            builder.account(account);
        }
        if (catalog != null) {
            builder.catalog(catalog);
        }
        if (rules != null) {
            builder.rules(rules);
        }
        for (int i = 0; i < roles.size(); i++) {
            RoleDraft role = roles.get(i);
            if (role.isComplete()) {
                builder.role(role.role(STAND_IN, STAND_IN, Scope.ACCOUNT));
            } else if (!problems.isFull()) {
                judgeParts(role, i, rules == null ? NO_RULES : rules, problems, locations);
            }
        }
        Policy policy = built(catalog == null, problems, locations);
        problems.throwIfAny();
        if (policy == null || account == null || catalog == null || rules == null) {
            throw new IllegalStateException("a document was accepted of which a part is missing");
        }
        return policy;
    }

    /** Builds the policy; null where something of it, which is reported, keeps it from being one. */
    private @Nullable Policy built(boolean catalogIsUnknown, Problems problems, Locations locations) {
        try {
            return builder.build();
        } catch (PolicyViolationException e) {
            FollowUps followUps = new FollowUps(catalogIsUnknown);
            problems.addAll(e, violation -> !followUps.contains(violation), locations);
            return null;
        }
    }

    /** Judges what could be read of a role that cannot be made: in a policy of its own, without all that it says else. */
    private static void judgeParts(
            RoleDraft draft, int position, PolicyRules rules, Problems problems, Locations locations) {
        Scope anyScope = rules.scopes().iterator().next();
        Role role = draft.role(STAND_IN, STAND_IN, anyScope);
        try {
            Policy.builder(STAND_IN, role.rights().catalog(), rules).role(role).build();
        } catch (PolicyViolationException e) {
            for (Violation violation : e.violations()) {
                boolean isRead = switch (violation.path()) {
                    case "/roles/0/id", "/roles/0/scope", "/roles/0/description" -> true;
                    case "/roles/0/name" -> draft.name() != null;
                    default -> false;
                };
                if (isRead) {
                    String part = violation.path().substring("/roles/0".length());
                    problems.add(locations.placed(violation.withPath("/roles/" + position + part)));
                }
            }
        }
    }

    /** Violations that would not be there if all could have been read. */
    private final class FollowUps {

        private final boolean catalogIsUnknown;
        private final Set<String> unmadeRoles = new HashSet<>();
        private boolean rolesAreKnown = rolesAreRead;
        private boolean defaultsAreKnown = rolesAreRead;

        FollowUps(boolean catalogIsUnknown) {
            this.catalogIsUnknown = catalogIsUnknown;
            for (RoleDraft role : roles) {
                defaultsAreKnown &= role.isComplete() && role.stateIsKnown();
                String id = role.id();
                if (id == null) {
                    rolesAreKnown = false;
                } else if (!role.isComplete()) {
                    unmadeRoles.add(id);
                }
            }
        }

        boolean contains(Violation violation) {
            return switch (violation.code()) {
                case LAST_DEFAULT_ROLE, TOO_MANY_DEFAULTS -> !defaultsAreKnown;
                case ROLE_NOT_FOUND ->
                    !rolesAreKnown || unmadeRoles.contains(violation.value().orElse(""));
                case TARGET_NOT_FOUND ->
                    violation.path().endsWith("/team") ? !targets.teamsAreRead() : !targets.chatsAreRead();
                case UNKNOWN_PERMISSION -> catalogIsUnknown && violation.path().startsWith("/rules/");
                default -> false;
            };
        }
    }
}
