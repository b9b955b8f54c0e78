package io.rbac.engine;

import io.rbac.model.Change;
import io.rbac.model.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Fills in what changes leave open, so that applying them again gives the same: the ids of roles to be created. */
final class ChangeResolver {

    /** Ids that are made by chance do not clash twice; a supplier that still does is broken. */
    private static final int MAX_TRIES = 100;

    private final Supplier<String> ids;

    ChangeResolver(Supplier<String> ids) {
        this.ids = ids;
    }

    /**
     * Returns the changes with all ids.
     *
     * @throws IllegalStateException if the supplier gives nothing but ids that the account or the batch has
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
                            ? new Change.CreateRole(make(policy, taken), create.scopeOrNull(), create.attributes())
                            : change);
        }
        return List.copyOf(resolved);
    }

    private static boolean lacksId(Change change) {
        return change instanceof Change.CreateRole create && create.idOrNull() == null;
    }

    private String make(Policy policy, Set<String> taken) {
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
