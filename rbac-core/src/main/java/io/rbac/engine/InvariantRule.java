package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.review.AccessDiff;
import io.rbac.review.AccessInvariant;
import io.rbac.review.AccessInvariant.Counterexample;
import io.rbac.review.AccessInvariant.Kind;
import java.util.List;

/** Refuses what would break an invariant: repairs, and whatever makes nothing worse, are not refused. */
final class InvariantRule {

    private final List<AccessInvariant> invariants;

    InvariantRule(List<AccessInvariant> invariants) {
        this.invariants = List.copyOf(invariants);
    }

    /** Adds what the invariants name and a catalog lacks: permissions and scopes. */
    void check(PermissionCatalog catalog, Violation.Collector violations) {
        for (int i = 0; i < invariants.size(); i++) {
            AccessInvariant invariant = invariants.get(i);
            checkKey(invariant.permission(), Violation.pointer("invariants", i, "permission"), catalog, violations);
            String path = Violation.pointer("invariants", i, invariant.kind() == Kind.IMPLIES ? "implies" : "excludes");
            invariant.other().ifPresent(key -> checkKey(key, path, catalog, violations));
            if (!catalog.scopes().contains(invariant.target().scope())) {
                violations.add(
                        Code.SCOPE_INVALID,
                        Violation.pointer("invariants", i, "at"),
                        invariant.target().toString(),
                        Violation.quote(invariant.target().scope().name())
                                + " is not a scope of the catalog: expected one of "
                                + catalog.scopes().scopes());
            }
        }
    }

    private static void checkKey(String key, String path, PermissionCatalog catalog, Violation.Collector violations) {
        if (catalog.indexOf(key) < 0) {
            violations.add(
                    Code.UNKNOWN_PERMISSION,
                    path,
                    key,
                    Violation.quote(key) + " is not a permission of the catalog"
                            + violations.didYouMean(key, catalog.keys()));
        }
    }

    /**
     * Does nothing if no invariant fails for a user at a target where it did not fail before.
     *
     * @param path of the violations
     * @throws PolicyViolationException ({@link Code#INVARIANT_BROKEN}) with each new counterexample
     */
    void requireKept(PermissionMatrix before, PermissionMatrix after, String path) {
        AccessDiff diff = AccessDiff.between(before, after);
        Violation.Collector violations = new Violation.Collector();
        for (AccessInvariant invariant : invariants) {
            add(invariant, invariant.counterexamplesSince(diff), path, violations);
        }
        violations.throwIfAny();
    }

    /**
     * Does nothing if no invariant fails for a user of a first policy. That there are enough users is not asked for: before, there
     * were none.
     *
     * @param path of the violations
     * @throws PolicyViolationException ({@link Code#INVARIANT_BROKEN}) with each counterexample
     */
    void requireKeptBy(PermissionMatrix first, String path) {
        Violation.Collector violations = new Violation.Collector();
        for (AccessInvariant invariant : invariants) {
            if (invariant.kind() != Kind.AT_LEAST) {
                add(invariant, invariant.counterexamples(first), path, violations);
            }
        }
        violations.throwIfAny();
    }

    private static void add(
            AccessInvariant invariant, List<Counterexample> found, String path, Violation.Collector violations) {
        for (Counterexample example : found) {
            String rest = invariant.kind() == Kind.AT_LEAST ? "" : ": expected that " + invariant;
            violations.add(Code.INVARIANT_BROKEN, path, example.user().orElse(null), example.message() + rest);
        }
    }
}
