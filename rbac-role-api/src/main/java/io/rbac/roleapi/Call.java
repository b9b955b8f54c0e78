package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.engine.AdminGuard;
import io.rbac.engine.Capabilities;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.engine.Preview;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request of a known caller, on its way through an operation.
 *
 * <p>This class is not thread-safe.
 */
final class Call {

    /** How often an edit is read and judged anew because another one came first. */
    private static final int MAX_TRIES = 32;

    private final PermissionEngine engine;
    private final DialectOptions options;
    private final RoleRequest request;
    private final RequestTarget target;
    private final Caller caller;
    private final List<String> ids;
    private @Nullable AdminGuard guard;

    Call(
            PermissionEngine engine,
            DialectOptions options,
            RoleRequest request,
            RequestTarget target,
            Caller caller,
            List<String> ids) {
        this.engine = engine;
        this.options = options;
        this.request = request;
        this.target = target;
        this.caller = caller;
        this.ids = ids;
    }

    // what was sent

    RoleRequest request() {
        return request;
    }

    /** The id at a position among the ids of the path. */
    String id(int position) {
        return ids.get(position);
    }

    List<RequestTarget.Parameter> parameters() {
        return target.parameters();
    }

    String account() {
        return caller.account();
    }

    /**
     * Returns the body.
     *
     * @throws Refusal (415) if it is said to be something else
     * @throws PolicyViolationException if it cannot be read
     */
    JsonNode body() {
        MediaType.require(options.product, request);
        return JsonBody.read(request.content());
    }

    /** Whether there is a body. */
    boolean hasBody() {
        return request.content().length > 0;
    }

    // what is there

    /** The current revision of the caller's account. */
    PermissionMatrix matrix() {
        return engine.matrix(caller.account());
    }

    Policy policy() {
        return matrix().policy();
    }

    /**
     * Returns the role that the path names.
     *
     * @throws Refusal (404) if the account has none of this id
     */
    Role role(Policy policy, String id) {
        return policy.role(id).orElseThrow(() -> notFound(Code.ROLE_NOT_FOUND, "role", id));
    }

    /**
     * Returns the role that the path names, unless it is discarded: where clients cannot see such roles, it is gone.
     *
     * @throws Refusal (404) if the account has no active role of this id
     */
    Role activeRole(Policy policy, String id) {
        Role role = role(policy, id);
        if (!role.isActive()) {
            throw notFound(Code.ROLE_NOT_FOUND, "role", id);
        }
        return role;
    }

    /**
     * Requires that a workspace is the caller's account; another one is hidden like one that does not exist.
     *
     * @throws Refusal (404) if it is not
     */
    void requireAccount(String workspace) {
        if (!workspace.equals(caller.account())) {
            throw notFound(Code.ACCOUNT_NOT_FOUND, "account", workspace);
        }
    }

    /** The refusal of a path that names what the account has not. */
    Refusal notFound(Code code, String word, String id) {
        return new Refusal(Fault.of(
                options.status(code, 404),
                Violation.of(code, "", id, "there is no " + word + ' ' + Violation.quote(id))));
    }

    /** What the caller can do with a role. */
    Capabilities capabilities(PermissionMatrix matrix, Role role, Target place) {
        String user = caller.user().orElse(null);
        Rights restriction = caller.restriction().orElse(null);
        if (user == null) {
            return restriction == null
                    ? Capabilities.ofAccount(matrix.policy(), role, place)
                    : Capabilities.ofAccount(guard(matrix), matrix, restriction, role, place);
        }
        return restriction == null
                ? Capabilities.of(guard(matrix), matrix, user, role, place)
                : Capabilities.of(guard(matrix), matrix, user, restriction, role, place);
    }

    private AdminGuard guard(PermissionMatrix matrix) {
        if (guard == null) {
            try {
                guard = options.guard.on(matrix.policy().catalog());
            } catch (PolicyViolationException e) {
                throw new IllegalStateException("the catalog of the engine is not one for this dialect", e);
            }
        }
        return guard;
    }

    // what is to be changed

    /** Makes the one change of a request without a body. */
    Committed edit(Change change) {
        return edit(matrix -> RequestedChanges.of(change));
    }

    /**
     * Makes the changes that a request asks for, all or none, on the very revision that the request was read against; if
     * another commit comes first, it is read again.
     *
     * @throws PolicyViolationException with everything for which the request is refused
     */
    Committed edit(Function<PermissionMatrix, RequestedChanges> reading) {
        for (int tries = 1; ; tries++) {
            PermissionMatrix base = matrix();
            RequestedChanges requested = reading.apply(base);
            PolicyEdit edit = edit(base.policy()).changes(requested.changes());
            if (!requested.faults().isEmpty()) {
                throw refusal(requested, engine.preview(edit).violations());
            }
            try {
                return Committed.on(
                        base, engine.commit(edit.expecting(base.policy().revision())));
            } catch (PolicyViolationException e) {
                boolean conflicts = e.violations().get(0).code() == Code.CONFLICT;
                if (!conflicts || tries == MAX_TRIES) {
                    throw refusal(requested, e.violations());
                }
            }
        }
    }

    /** The account itself is forbidden nothing but by an engine that has no guard. */
    private PolicyViolationException refusal(RequestedChanges requested, List<Violation> violations) {
        PolicyViolationException refusal = requested.refusal(violations);
        if (refusal.violations().get(0).code() == Code.FORBIDDEN
                && caller.user().isEmpty()
                && caller.restriction().isEmpty()) {
            throw new IllegalStateException("the engine has no guard: expected that of the dialect", refusal);
        }
        return refusal;
    }

    /** An edit in the name of the caller. The account itself has all rights; what is the host's stays out of its reach. */
    private PolicyEdit edit(Policy policy) {
        PolicyEdit edit = PolicyEdit.of(caller.account());
        Optional<String> user = caller.user();
        if (user.isPresent()) {
            edit = edit.by(user.get());
        }
        if (user.isPresent() && caller.restriction().isEmpty()) {
            return edit;
        }
        return edit.restrictedTo(caller.restriction().orElse(policy.catalog().allRights()));
    }

    /** An id for a role that is to be created, as the engine makes them; absent where it cannot be created. */
    Optional<String> newRoleId(Policy policy, Change.CreateRole create) {
        Preview preview = engine.preview(edit(policy).changes(create));
        return preview.effects().stream()
                .filter(Effect.RoleAdded.class::isInstance)
                .map(effect -> ((Effect.RoleAdded) effect).role().id())
                .findFirst();
    }
}
