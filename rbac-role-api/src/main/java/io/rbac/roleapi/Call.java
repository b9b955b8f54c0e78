package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.engine.Preview;
import io.rbac.guard.AdminGuard;
import io.rbac.guard.Capabilities;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RoleDialect.Read;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request of an authenticated caller while an operation handles it.
 *
 * <p>This class is not thread-safe.
 */
final class Call {

    /** How often an edit is read and judged again because another commit came first. */
    private static final int MAX_TRIES = 32;

    private final PermissionEngine engine;
    private final DialectOptions options;
    private final RoleRequest request;
    private final RequestTarget target;
    private final Caller caller;
    private final List<String> ids;
    private final Map<RoleKind, Capabilities> capabilities = new HashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
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

    // the request

    RoleRequest request() {
        return request;
    }

    /** Returns the id at a position among the ids in the path. */
    String id(int position) {
        return ids.get(position);
    }

    List<RequestTarget.Parameter> parameters() {
        return target.parameters();
    }

    Caller caller() {
        return caller;
    }

    String account() {
        return caller.account();
    }

    /**
     * Returns the body.
     *
     * @throws RequestRefusedException (415) if it has another media type
     * @throws PolicyViolationException if it cannot be read
     */
    JsonNode body() {
        MediaType.require(options.product, request);
        return JsonBody.read(request.content());
    }

    boolean hasBody() {
        return request.content().length > 0;
    }

    // the account

    /** Returns the current revision of the caller's account, which the response will show. */
    PermissionMatrix matrix() {
        PermissionMatrix matrix = engine.matrix(caller.account());
        shows(matrix);
        return matrix;
    }

    /**
     * Notes the revision that the response shows: its version is the entity tag. There is none of what was put or deleted: to
     * PUT it would say that the body is stored as it came (RFC 9110, section 9.3.4).
     */
    private void shows(PermissionMatrix matrix) {
        if (!request.method().equals("PUT") && !request.method().equals("DELETE")) {
            header("ETag", IfMatch.tag(matrix.policy().version()));
        }
    }

    /** Sets a header of the response. */
    void header(String name, String value) {
        headers.put(name, value);
    }

    /** Returns the headers that the response has, apart from those of every response. */
    Map<String, String> headers() {
        return headers;
    }

    private static IllegalStateException unfit(RuntimeException reason) {
        return new IllegalStateException("the catalog of the engine does not fit the dialect", reason);
    }

    /**
     * Returns the role that the path names.
     *
     * @throws RequestRefusedException (404) if the account has no such role
     */
    Role role(Policy policy, String id) {
        return policy.role(id).orElseThrow(() -> notFound(Code.ROLE_NOT_FOUND, "role", id));
    }

    /**
     * Returns the role that the path names, unless it is discarded; for products whose clients cannot see discarded
     * roles.
     *
     * @throws RequestRefusedException (404) if the account has no such active role
     */
    Role activeRole(Policy policy, String id) {
        return policy.role(id).filter(Role::isActive).orElseThrow(() -> notFound(Code.ROLE_NOT_FOUND, "role", id));
    }

    /** Returns the refusal of a path that names something that the account does not have. */
    RequestRefusedException notFound(Code code, String word, String id) {
        return new RequestRefusedException(ErrorDetail.of(
                options.status(code, 404),
                Violation.of(code, "", id, "there is no " + word + ' ' + Violation.quote(id))));
    }

    // what the caller can do

    /** Returns whether the caller has one of the permissions that a kind of read needs at a target. */
    boolean mayRead(PermissionMatrix matrix, Read read, Target where) {
        List<String> needed = options.access.neededToRead(read);
        return needed.isEmpty()
                || needed.stream()
                        .map(key -> permission(matrix.policy(), key))
                        .anyMatch(permission -> holds(matrix, permission, where));
    }

    private static Permission permission(Policy policy, String key) {
        return policy.catalog()
                .find(key)
                .orElseThrow(() -> new IllegalStateException(
                        "the catalog of the engine lacks " + Violation.quote(key) + ", which the dialect needs"));
    }

    private boolean holds(PermissionMatrix matrix, Permission permission, Target where) {
        return caller.restriction().map(rights -> rights.contains(permission)).orElse(true)
                && caller.user()
                        .map(user -> matrix.hasPermission(user, permission, where))
                        .orElse(true);
    }

    /**
     * Checks that the caller has one of the permissions that a kind of read needs at a target. This is to be asked
     * before anything is looked up there, so that the answer does not depend on what exists.
     *
     * @throws PolicyViolationException ({@link Code#FORBIDDEN}) if they have none
     */
    void requireRead(PermissionMatrix matrix, Read read, Target where) {
        if (!mayRead(matrix, read, where)) {
            String needed = options.access.neededToRead(read).stream()
                    .map(Violation::quote)
                    .collect(Collectors.joining(" or "));
            throw PolicyViolationException.of(Violation.of(
                    Code.FORBIDDEN,
                    "",
                    caller.user().orElse(null),
                    caller.user().map(user -> "actor " + Violation.quote(user)).orElse("the restricted account")
                            + " may not read " + read.name().toLowerCase(Locale.ROOT) + " at "
                            + Violation.quote(where.toString()) + ": expected " + needed + " there"));
        }
    }

    /** Returns what the caller can do with a role. */
    Capabilities capabilities(PermissionMatrix matrix, Role role, Target where) {
        String user = caller.user().orElse(null);
        Rights restriction = caller.restriction().orElse(null);
        if (user == null) {
            return restriction == null
                    ? Capabilities.ofAccount(matrix.policy(), role, where)
                    : Capabilities.ofAccount(guard(matrix), matrix, restriction, role, where);
        }
        return restriction == null
                ? Capabilities.of(guard(matrix), matrix, user, role, where)
                : Capabilities.of(guard(matrix), matrix, user, restriction, role, where);
    }

    /**
     * Returns what the caller can do with a role apart from assigning it. That is the same for all roles of a kind and
     * is determined only once for each, because it may take a look at all roles.
     */
    Capabilities capabilitiesToEdit(PermissionMatrix matrix, Role role) {
        RoleKind kind = new RoleKind(
                matrix.policy().revision(),
                role.type(),
                role.scope(),
                role.isDefault(),
                role.isActive(),
                matrix.policy().userCount(role.id()) > 0);
        return capabilities.computeIfAbsent(kind, first -> capabilities(matrix, role, Target.account()));
    }

    /** Everything about a role, at one revision, that decides whether it can be edited or deleted. */
    private record RoleKind(
            long revision, RoleType type, Scope scope, boolean isDefault, boolean isActive, boolean hasUsers) {}

    private AdminGuard guard(PermissionMatrix matrix) {
        if (guard == null) {
            try {
                guard = options.guard(matrix.policy().catalog());
            } catch (PolicyViolationException | IllegalArgumentException e) {
                throw unfit(e);
            }
        }
        return guard;
    }

    // edits

    /**
     * Commits a single change of the role that the path names.
     *
     * @throws RequestRefusedException (404) if the account has no such role, and the caller could make such a change
     * @throws PolicyViolationException with every reason to refuse the request
     */
    EditResult edit(Change change, Function<Policy, Role> role) {
        return edit(change, role, (matrix, found) -> RequestedChanges.of(change));
    }

    /**
     * Commits the changes of the role that the path names.
     *
     * @param change a change of the kind that is requested; callers who could not make it learn only that, whether or
     *     not the role exists
     * @param role finds the role, or throws a 404
     * @param reading reads the changes from the request
     * @throws RequestRefusedException (404) if the account has no such role, and the caller could make such a change
     * @throws PolicyViolationException with every reason to refuse the request
     */
    EditResult edit(Change change, Function<Policy, Role> role, RoleReading reading) {
        return edit(matrix -> {
            Role found;
            try {
                found = role.apply(matrix.policy());
            } catch (RequestRefusedException e) {
                requireAllowed(matrix.policy(), change);
                throw e;
            }
            return reading.read(matrix, found);
        });
    }

    /** Reads the changes of a role from a request. */
    @FunctionalInterface
    interface RoleReading {
        RequestedChanges read(PermissionMatrix matrix, Role role);
    }

    private void requireAllowed(Policy policy, Change change) {
        List<Violation> violations =
                engine.preview(edit(policy).changes(change)).violations();
        if (violations.stream().anyMatch(violation -> violation.code() == Code.FORBIDDEN)) {
            throw refusal(RequestedChanges.of(change), violations);
        }
    }

    /**
     * Commits the changes that a request asks for, all or none, on the same revision that the request was read against.
     * If another commit comes first, the request is read again.
     *
     * @throws RequestRefusedException (412) if the request expects another version, and the caller could make such a change
     * @throws PolicyViolationException with every reason to refuse the request
     */
    EditResult edit(Function<PermissionMatrix, RequestedChanges> reading) {
        IfMatch precondition = IfMatch.of(request, options);
        for (int tries = 1; ; tries++) {
            PermissionMatrix base = base(precondition);
            RequestedChanges requested = reading.apply(base);
            if (!precondition.isMet(base.policy().version())) {
                throw outdated(precondition, requested, base);
            }
            if (!requested.violations().isEmpty()) {
                throw refusal(requested, preview(requested, base));
            }
            PolicyEdit edit = edit(base.policy())
                    .changes(requested.changes())
                    .expecting(base.policy().version());
            try {
                EditResult result = EditResult.of(base, engine.commit(edit));
                shows(result.matrix());
                return result;
            } catch (PolicyViolationException e) {
                boolean isLast = tries == MAX_TRIES;
                if (e.violations().get(0).code() != Code.CONFLICT || isLast) {
                    List<Violation> violations = requested.createsRole() ? preview(requested, base) : e.violations();
                    if (!violations.isEmpty() || isLast) {
                        throw refusal(requested, violations.isEmpty() ? e.violations() : violations);
                    }
                }
            }
        }
    }

    /** Returns the current revision; what is expected may be one that another process committed a moment ago. */
    private PermissionMatrix base(IfMatch precondition) {
        if (!precondition.isMet(engine.matrix(caller.account()).policy().version())) {
            engine.refresh(caller.account());
        }
        return engine.matrix(caller.account());
    }

    /** Returns the refusal of a request that expects another version. Callers who may not make the changes learn only that. */
    private RuntimeException outdated(IfMatch precondition, RequestedChanges requested, PermissionMatrix base) {
        List<Violation> violations = preview(requested, base);
        return violations.stream().anyMatch(violation -> violation.code() == Code.FORBIDDEN)
                ? refusal(requested, violations)
                : precondition.refusal(options);
    }

    /** Returns what is wrong with the changes, in messages that mention no generated id. */
    private List<Violation> preview(RequestedChanges requested, PermissionMatrix base) {
        return engine.preview(edit(base.policy()).changes(requested.changesToPreview()))
                .violations();
    }

    /** Returns the refusal of a request. The account itself is forbidden something only if the engine has no guard. */
    private PolicyViolationException refusal(RequestedChanges requested, List<Violation> violations) {
        PolicyViolationException refusal = requested.refusal(violations);
        if (refusal.violations().get(0).code() == Code.FORBIDDEN
                && caller.user().isEmpty()
                && caller.restriction().isEmpty()) {
            throw new IllegalStateException("the engine has no guard: expected that of the dialect", refusal);
        }
        return refusal;
    }

    /**
     * Returns an edit by the caller. The account itself has all rights, but what belongs to the host is out of its
     * reach.
     */
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

    /** Returns an id for a role to be created, made by the engine, or nothing if the role cannot be created. */
    Optional<String> newRoleId(Policy policy, Change.CreateRole create) {
        Preview preview = engine.preview(edit(policy).changes(create));
        return preview.effects().stream()
                .filter(effect -> effect.kind() == Effect.Kind.ROLE_ADDED)
                .map(effect -> ((Effect.RoleAdded) effect).role().id())
                .findFirst();
    }
}
