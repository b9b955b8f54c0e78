package io.rbac.roleapi;

import static java.util.Objects.requireNonNull;

import io.rbac.guard.AdminGuard;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The role API of one product: its paths, its JSON, its errors, and the rules and permissions that it needs.
 *
 * <p>What the vendor documents is fixed. What the documents leave open is an option here or a {@linkplain #withRules
 * rule}: each {@code withX} method returns a copy in which only that is changed.
 *
 * <p>An engine is built from its dialect:
 *
 * <pre>{@code
 * PermissionEngine.builder().catalog(catalog)
 *     .rules(dialect.rules()).guard(dialect.guard(catalog)).ids(dialect.ids()).build();
 * }</pre>
 *
 * <p><b>Status codes.</b> A refused request is answered with the status of its first violation: 403 for {@link
 * Code#FORBIDDEN}, {@link Code#ESCALATION} and {@link Code#SYSTEM_ROLE}; 409 for {@link Code#CONFLICT}, {@link
 * Code#DUPLICATE_ID}, {@link Code#NAME_TAKEN}, {@link Code#ROLE_IN_USE}, {@link Code#ROLE_DISCARDED}, {@link
 * Code#LAST_DEFAULT_ROLE}, {@link Code#LAST_HOLDER} and {@link Code#INVARIANT_BROKEN}; 404 for {@link Code#ACCOUNT_NOT_FOUND} and for anything that
 * the path names and the account lacks; 412 for {@link Code#CONFLICT} with the version that a request names by {@code
 * If-Match}; 413 for a body that is too large; 400 for a request that cannot be read, that repeats a key or a parameter, or
 * that exceeds a limit; for everything else, 422 in Pulse and 400 in the others. {@link #withStatus} changes the status of a
 * code.
 *
 * <p>Two dialects are equal if they are of the same product and all their options are equal. This class is immutable
 * and thread-safe.
 *
 * @since 0.1
 */
public final class RoleDialect {

    private static final RoleDialect TRILLET = new RoleDialect(new DialectOptions(Product.TRILLET));
    private static final RoleDialect PULSE = new RoleDialect(new DialectOptions(Product.PULSE));
    private static final RoleDialect FREYA = new RoleDialect(new DialectOptions(Product.FREYA));

    private final DialectOptions options;

    private RoleDialect(DialectOptions options) {
        this.options = options;
    }

    /** Returns the role API of Trillet. Its workspace is the account, under any scope tree. */
    public static RoleDialect trillet() {
        return TRILLET;
    }

    /** Returns the role API of Papershift Pulse. It works on the {@linkplain ScopeTree#standard() standard} scopes. */
    public static RoleDialect pulse() {
        return PULSE;
    }

    /** Returns the role API of Freya Voice. Its workspace is the account, under any scope tree. */
    public static RoleDialect freya() {
        return FREYA;
    }

    /** Returns the name of the product: {@code trillet}, {@code pulse} or {@code freya}. */
    public String name() {
        return options.product.word();
    }

    /** Returns the path of the API: what precedes {@code /roles}, or {@code /workspaces} in Freya. */
    public String basePath() {
        return options.basePath;
    }

    // what the engine is built with

    /** Returns the rules that the product needs. */
    public PolicyRules rules() {
        return options.rules;
    }

    /**
     * Returns the guard: which permission each kind of change needs, and whether privilege escalation is refused.
     *
     * @throws IllegalArgumentException if the catalog has other scopes than the product works with, or lacks a scope for
     *     which permissions {@linkplain #withNeeded(Change.Kind, Scope, String...) are stated}
     * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks a permission that is
     *     needed for a change or {@linkplain #withNeededToRead for reading}
     */
    public AdminGuard guard(PermissionCatalog catalog) {
        return options.guard(requireNonNull(catalog, "catalog"));
    }

    /**
     * Returns a thread-safe supplier of ids for new roles in the form of the product: 24 hexadecimal digits in Trillet,
     * a UUID in Pulse, {@code role_} and 24 hexadecimal digits in Freya.
     */
    public Supplier<String> ids() {
        return options.product.ids();
    }

    // options

    /**
     * Returns this dialect with other rules, such as another default scope, unique names, or another meaning of an
     * empty list of roles. They are best derived from {@link #rules()} by {@link PolicyRules#toBuilder()}.
     */
    public RoleDialect withRules(PolicyRules rules) {
        requireNonNull(rules, "rules");
        return with(changed -> changed.rules = rules);
    }

    /**
     * Returns this dialect with another status for a violation.
     *
     * @throws IllegalArgumentException if the status is not that of an error, from 400 to 599
     */
    public RoleDialect withStatus(Code code, int status) {
        requireNonNull(code, "code");
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("the status of `" + code + "` is `" + status + "`: expected 400 to 599");
        }
        return with(changed -> changed.statuses.put(code, status));
    }

    /**
     * Returns this dialect with another status for the response to a creation. The default is 201.
     *
     * @throws IllegalArgumentException if the status is not that of a success, from 200 to 299
     */
    public RoleDialect withCreatedStatus(int status) {
        if (status < 200 || status > 299) {
            throw new IllegalArgumentException("the status of a creation is `" + status + "`: expected 200 to 299");
        }
        return with(changed -> changed.createdStatus = status);
    }

    /**
     * Returns this dialect with another {@linkplain #basePath() base path}. The default is that of the vendor: {@code
     * /v1/api/roles-and-permissions}, {@code /api/v1} or {@code /api/v2}.
     *
     * @param path empty, or a path that begins with a slash and does not end with one
     * @throws IllegalArgumentException if it is neither
     */
    public RoleDialect withBasePath(String path) {
        if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
            throw new IllegalArgumentException("the base path is " + Violation.quote(path)
                    + ": expected none, or one that begins with a slash and does not end with one");
        }
        return with(changed -> changed.basePath = path);
    }

    /**
     * Returns this dialect with or without lenient reading of requests; the default is without. Lenient reading ignores
     * unknown fields, unknown query parameters, read-only attributes and, in Pulse, unknown rights that are {@code
     * false}. The values of known fields are read as strictly as ever, and a right that is {@code true} must exist.
     */
    public RoleDialect withLenientReading(boolean lenient) {
        return with(changed -> changed.lenient = lenient);
    }

    /**
     * Returns this dialect with other permissions for a kind of change, at targets of every scope. The actor needs one of
     * them; if none are named, the change needs no permission.
     *
     * @param kind the kind of change
     * @param permissions keys of permissions
     * @throws IllegalArgumentException if the kind is reserved for the host
     */
    public RoleDialect withNeeded(Change.Kind kind, String... permissions) {
        AccessPlan access = options.access.needing(requireNonNull(kind, "kind"), permissions);
        return with(changed -> changed.access = access);
    }

    /**
     * Returns this dialect with other permissions for a kind of change at targets of one scope, such as for {@link
     * Change.Kind#SET_ROLES} in teams. The actor needs one of them; if none are named, the change needs no permission
     * there. A catalog that lacks the scope has {@linkplain #guard no guard} then.
     *
     * @param kind the kind of change
     * @param scope the scope of the target
     * @param permissions keys of permissions
     * @throws IllegalArgumentException if the kind is reserved for the host
     */
    public RoleDialect withNeeded(Change.Kind kind, Scope scope, String... permissions) {
        AccessPlan access =
                options.access.needing(requireNonNull(kind, "kind"), requireNonNull(scope, "scope"), permissions);
        return with(changed -> changed.access = access);
    }

    /**
     * Returns this dialect with other permissions for a kind of read. The caller needs one of them; if none are named,
     * every authenticated caller of the account can read it. The account itself, unless it is restricted, can read
     * everything.
     *
     * <p>By default, Pulse needs {@code role:read} for {@link Read#ROLES} and, in the chat, {@code message:read} or
     * {@code chat_membership:manage} for {@link Read#MEMBERS}; Freya needs {@code roles:read} and {@code members:read};
     * Trillet needs nothing, because a key of the workspace is the workspace itself.
     *
     * <p>A refused read is {@link Code#FORBIDDEN} in Pulse and Freya, whether or not what the path names exists. In
     * Trillet it is answered like a role or workspace that does not exist, as the vendor documents.
     *
     * @param read the kind of read; one that the product does not have has no effect
     * @param permissions keys of permissions
     */
    public RoleDialect withNeededToRead(Read read, String... permissions) {
        AccessPlan access = options.access.needingToRead(requireNonNull(read, "read"), permissions);
        return with(changed -> changed.access = access);
    }

    /**
     * Returns this dialect with or without {@linkplain AdminGuard the refusal of privilege escalation}: actors cannot
     * give away rights that they do not hold. The default is with it in Freya and without it in the others.
     */
    public RoleDialect withEscalationRefused(boolean refused) {
        AccessPlan access = options.access.refusingEscalation(refused);
        return with(changed -> changed.access = access);
    }

    /**
     * Returns this dialect with the response to a creation in Pulse as an array of one resource, which is the default
     * and what the vendor documents, or as the resource itself. The other products ignore this.
     */
    public RoleDialect withCreatedArray(boolean array) {
        return with(changed -> changed.createdArray = array);
    }

    /**
     * Returns this dialect with the capability to edit the rights of a role in Pulse as a key {@code rights.edit} or,
     * which is the default, as {@code edit} in an object {@code rights}; the documents allow both readings. The other
     * products ignore this.
     */
    public RoleDialect withLiteralRightsEdit(boolean literal) {
        return with(changed -> changed.literalRightsEdit = literal);
    }

    /**
     * Returns this dialect with or without {@code GET /rights} below the base path; the default is without, as no vendor
     * documents it. It shows callers what they may do at the account and at each target that a parameter {@code at} names, such
     * as {@code ?at=chat/c-42&at=team/support}, up to 32 of them: the JSON of {@link io.rbac.matrix.UserRights}, for a front end
     * that offers nothing else. It needs no permission.
     */
    public RoleDialect withOwnRights(boolean shown) {
        return with(changed -> changed.ownRights = shown);
    }

    private RoleDialect with(Consumer<DialectOptions> change) {
        DialectOptions changed = new DialectOptions(options);
        change.accept(changed);
        return new RoleDialect(changed);
    }

    // for the API

    DialectOptions options() {
        return options;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RoleDialect that && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return options.hashCode();
    }

    /** Returns the name of the product and the options, human-readable. */
    @Override
    public String toString() {
        return "RoleDialect " + name() + ' ' + options;
    }

    /**
     * A kind of read, which may need a permission.
     *
     * @since 0.1
     */
    public enum Read {
        /** Listing or getting roles, or including them in another response; needed at the account. */
        ROLES,
        /**
         * Listing who has roles: the members of a workspace, at the account, or those of a chat, at the chat. In
         * Trillet each role is shown with its users, so that reading roles needs this too.
         */
        MEMBERS,
        /** Listing the permissions that roles can have, which Trillet offers; needed at the account. */
        PERMISSIONS
    }
}
