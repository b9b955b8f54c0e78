package io.rbac.engine;

import io.rbac.model.Change;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Fills in the ids of roles to be created, so that applying the changes again gives the same result. */
final class ChangeResolver {

    /** Random ids practically never clash twice in a row: a supplier that clashes this often is broken. */
    private static final int MAX_TRIES = 100;

    private final Supplier<String> ids;

    ChangeResolver(Supplier<String> ids) {
        this.ids = ids;
    }

    /**
     * Returns the changes with all ids filled in.
     *
     * @throws IllegalStateException if the supplier returns only ids that the account or the batch has already, or
     *     {@code null}
     */
    List<Change> resolve(Policy policy, List<Change> changes) {
        if (changes.stream().noneMatch(ChangeResolver::lacksId)) {
            return changes;
        }
        Set<String> taken = new HashSet<>();
        for (Change change : changes) {
            if (change instanceof Change.CreateRole create) {
                create.id().ifPresent(taken::add);
            } else if (change instanceof Change.PutSystemRole put) {
                taken.add(put.role().id());
            }
        }
        List<Change> resolved = new ArrayList<>(changes.size());
        for (Change change : changes) {
            resolved.add(
                    lacksId(change) && change instanceof Change.CreateRole create
                            ? new Change.CreateRole(newId(policy, taken), create.scopeOrNull(), create.attributes())
                            : change);
        }
        return List.copyOf(resolved);
    }

    private static boolean lacksId(Change change) {
        return change instanceof Change.CreateRole create && create.idOrNull() == null;
    }

    private String newId(Policy policy, Set<String> taken) {
        for (int i = 0; i < MAX_TRIES; i++) {
            String id = ids.get();
            if (id == null) {
                throw new IllegalStateException("the supplier of role ids gave `null`: expected an id");
            }
            if (policy.role(id).isEmpty() && taken.add(id)) {
                return id;
            }
        }
        throw new IllegalStateException(
                "the supplier of role ids gave " + MAX_TRIES + " ids that exist: expected one that does not");
    }
}
