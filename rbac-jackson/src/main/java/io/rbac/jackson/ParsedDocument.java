package io.rbac.jackson;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a policy document, held until all of it is known.
 *
 * <p>If a part could not be read, a policy is still built from the rest, so that everything that is wrong is found at
 * once. What only follows from something that was reported before is not reported.
 */
final class ParsedDocument {

    private static final Pattern MISSING_TARGET = Pattern.compile("^there is no ([a-z][a-z0-9_-]*) `");

    /** Replaces an id or a name that is not known. */
    private static final String PLACEHOLDER = "unknown";

    /** Rules that every policy keeps. */
    private static final PolicyRules NO_RULES = PolicyRules.builder()
            .nameMin(0)
            .nameMax(null)
            .allowsBlankNames(true)
            .descriptionMax(null)
            .defaults(Scope.ACCOUNT, 0, null)
            .build();

    @Nullable
    String account;

    final List<ParsedRole> roles = new ArrayList<>();
    boolean rolesAreRead = true;
    final TargetReader targets;
    final FirstFormatTargets firstFormatTargets;
    final AssignmentReader assignments;
    final Policy.Builder builder = Policy.builder()
            .account(PLACEHOLDER)
            .catalog(PermissionCatalog.empty())
            .rules(NO_RULES);

    ParsedDocument() {
        targets = new TargetReader(builder);
        firstFormatTargets = new FirstFormatTargets(builder);
        assignments = new AssignmentReader(builder);
    }

    /**
     * Returns the policy.
     *
     * @param catalog null if it could not be read
     * @param rules null if they could not be read
     * @throws PolicyViolationException with the violations that were found before and are found now
     */
    Policy policy(
            @Nullable PermissionCatalog catalog,
            @Nullable PolicyRules rules,
            DocumentForm form,
            DocumentViolations violations,
            SourceMap sourceMap) {
        if (account != null) {
            builder.account(account);
        }
        PermissionCatalog.Builder noPermissions = PermissionCatalog.builder().scopes(form.policyTree());
        PermissionCatalog knownCatalog = catalog == null ? noPermissions.build() : catalog;
        builder.catalog(knownCatalog);
        if (form.isFirst()) {
            sourceMap.translate(firstFormatTargets::pointer);
        }
        if (rules != null) {
            builder.rules(rules);
        }
        for (int i = 0; i < roles.size(); i++) {
            ParsedRole role = roles.get(i);
            if (role.isComplete()) {
                builder.role(role.role(PLACEHOLDER, PLACEHOLDER, Scope.ACCOUNT));
            } else if (!violations.isOverflowing()) {
                checkParts(role, i, knownCatalog, rules == null ? NO_RULES : rules, violations, sourceMap);
            }
        }
        Policy policy = build(catalog == null, violations, sourceMap);
        violations.throwIfAny();
        if (policy == null || account == null || catalog == null || rules == null) {
            throw new IllegalStateException("a document was accepted although a part of it is missing");
        }
        return policy;
    }

    /** Builds the policy; null if something in it is wrong, which is reported. */
    private @Nullable Policy build(boolean catalogIsUnknown, DocumentViolations violations, SourceMap sourceMap) {
        try {
            return builder.build();
        } catch (PolicyViolationException e) {
            FollowUps followUps = new FollowUps(catalogIsUnknown);
            violations.addAll(e, violation -> !followUps.contains(violation), sourceMap);
            return null;
        }
    }

    /** Checks what could be read of an incomplete role, in a policy that has only this role. */
    private static void checkParts(
            ParsedRole parsed,
            int position,
            PermissionCatalog catalog,
            PolicyRules rules,
            DocumentViolations violations,
            SourceMap sourceMap) {
        Scope anyScope = rules.scopes().map(scopes -> scopes.iterator().next()).orElse(Scope.ACCOUNT);
        Role role = parsed.role(PLACEHOLDER, PLACEHOLDER, anyScope);
        try {
            Policy.builder()
                    .account(PLACEHOLDER)
                    .catalog(catalog)
                    .rules(rules)
                    .role(role)
                    .build();
        } catch (PolicyViolationException e) {
            for (Violation violation : e.violations()) {
                boolean isRead = switch (violation.path()) {
                    case "/roles/0/id", "/roles/0/scope", "/roles/0/description" -> true;
                    case "/roles/0/name" -> parsed.name() != null;
                    default -> false;
                };
                if (isRead) {
                    String part = violation.path().substring("/roles/0".length());
                    violations.add(sourceMap.locate(violation.withPath("/roles/" + position + part)));
                }
            }
        }
    }

    /** Returns the name of the scope of the target that a message says is missing. */
    static String missingScope(String message) {
        Matcher matcher = MISSING_TARGET.matcher(message);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The violations that would not be there if everything could have been read. */
    private final class FollowUps {

        private final boolean catalogIsUnknown;
        private final Set<String> incompleteRoles = new HashSet<>();
        private boolean rolesAreKnown = rolesAreRead;
        private boolean defaultsAreKnown = rolesAreRead;

        FollowUps(boolean catalogIsUnknown) {
            this.catalogIsUnknown = catalogIsUnknown;
            for (ParsedRole role : roles) {
                defaultsAreKnown &= role.isComplete() && role.stateIsKnown();
                String id = role.id();
                if (id == null) {
                    rolesAreKnown = false;
                } else if (!role.isComplete()) {
                    incompleteRoles.add(id);
                }
            }
        }

        boolean contains(Violation violation) {
            return switch (violation.code()) {
                case LAST_DEFAULT_ROLE, TOO_MANY_DEFAULTS -> !defaultsAreKnown;
                case ROLE_NOT_FOUND ->
                    !rolesAreKnown || incompleteRoles.contains(violation.value().orElse(""));
                case TARGET_NOT_FOUND -> !areComplete(missingScope(violation.message()));
                case UNKNOWN_PERMISSION -> catalogIsUnknown && violation.path().startsWith("/rules/");
                default -> false;
            };
        }

        private boolean areComplete(String scope) {
            return targets.areComplete(scope) && firstFormatTargets.areComplete(scope);
        }
    }
}
