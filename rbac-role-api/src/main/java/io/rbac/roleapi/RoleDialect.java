package io.rbac.roleapi;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.AdminGuard;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The role API of one product: its paths, its wire forms, its errors, the rules and the guard that it needs.
 *
 * <p>What a vendor documents is fixed. What he leaves open is an option here or a {@linkplain #withRules rule}: each {@code
 * withX} method returns a copy in which one is changed, and leaves everything else as it is.
 *
 * <p>An engine is built from its dialect:
 *
 * <pre>{@code
 * PermissionEngine.builder().catalog(catalog)
 *     .rules(dialect.rules()).guard(dialect.guard(catalog)).ids(dialect.ids()).build();
 * }</pre>
 *
 * <p><b>Status codes.</b> An answer to a faulty request has the status of the first of its violations: 403 for {@link
 * Code#FORBIDDEN}, {@link Code#ESCALATION} and {@link Code#SYSTEM_ROLE}; 409 for {@link Code#CONFLICT}, {@link
 * Code#DUPLICATE_ID}, {@link Code#NAME_TAKEN}, {@link Code#ROLE_IN_USE}, {@link Code#ROLE_DISCARDED}, {@link
 * Code#LAST_DEFAULT_ROLE} and {@link Code#LAST_HOLDER}; 404 for {@link Code#ACCOUNT_NOT_FOUND} and whatever the path names
 * and the account lacks; 413 for a body of too many bytes; 400 for what cannot be read at all; for everything else 422 in
 * Pulse and 400 in the others. {@link #withStatus} changes that code by code.
 *
 * <p>Two dialects are equal when they are of the same product and all their options are. This class is immutable and
 * thread-safe.
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

    /** Returns the role API of Trillet, in which the workspace is the account. */
    public static RoleDialect trillet() {
        return TRILLET;
    }

    /** Returns the role API of Papershift Pulse. */
    public static RoleDialect pulse() {
        return PULSE;
    }

    /** Returns the role API of Freya Voice, in which the workspace is the account. */
    public static RoleDialect freya() {
        return FREYA;
    }

    /** Returns the name of the product: {@code trillet}, {@code pulse} or {@code freya}. */
    public String name() {
        return options.product.word();
    }

    /** Returns the path under which the API stands: before {@code /roles}, in Freya before {@code /workspaces}. */
    public String basePath() {
        return options.basePath;
    }

    // what the engine is built with

    /** Returns the rules that the product asks of its policies. */
    public PolicyRules rules() {
        return options.rules;
    }

    /**
     * Returns the guard: which permission is needed for which change, and whether an actor may give away what he does not
     * hold.
     *
     * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks a permission that is needed
     */
    public AdminGuard guard(PermissionCatalog catalog) {
        return options.guard.on(requireNonNull(catalog, "catalog"));
    }

    /**
     * Returns what makes the ids of roles in the product's form, each other than the ones before: 24 hexadecimal digits in
     * Trillet, a UUID in Pulse, {@code role_} and 24 hexadecimal digits in Freya. What it returns is thread-safe.
     */
    public Supplier<String> ids() {
        return options.product.ids();
    }

    // options

    /**
     * Returns this dialect with other rules, such as another default scope, unique names or what an empty list of roles
     * means; best made from {@link #rules()} by {@link PolicyRules#toBuilder()}.
     */
    public RoleDialect withRules(PolicyRules rules) {
        requireNonNull(rules, "rules");
        return with(changed -> changed.rules = rules);
    }

    /**
     * Returns this dialect with another status for a violation, wherever it comes from.
     *
     * @throws IllegalArgumentException if the status is not one of an error: from 400 to 599
     */
    public RoleDialect withStatus(Code code, int status) {
        requireNonNull(code, "code");
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("the status of `" + code + "` is `" + status + "`: expected 400 to 599");
        }
        return with(changed -> changed.statuses.put(code, status));
    }

    /**
     * Returns this dialect with another status for what was created: 201 by default.
     *
     * @throws IllegalArgumentException if the status is not one of a success: from 200 to 299
     */
    public RoleDialect withCreatedStatus(int status) {
        if (status < 200 || status > 299) {
            throw new IllegalArgumentException(
                    "the status of what was created is `" + status + "`: expected 200 to 299");
        }
        return with(changed -> changed.createdStatus = status);
    }

    /**
     * Returns this dialect under another path, which stands before {@code /roles}; before {@code /workspaces} in Freya. By
     * default that of the vendor: {@code /v1/api/roles-and-permissions}, {@code /api/v1} or {@code /api/v2}.
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
     * Returns this dialect with lenient reading of requests or, as by default, without. When lenient, what the dialect does
     * not know is ignored: fields and query parameters; so are read-only attributes, and in Pulse a right that is {@code
     * false}, of whichever group and action. Values of known fields are read as strictly as ever, and a right that is
     * {@code true} must exist.
     */
    public RoleDialect withLenientReading(boolean lenient) {
        return with(changed -> changed.lenient = lenient);
    }

    /**
     * Returns this dialect with other permissions of which one is needed for a kind of change; with none given, none is
     * needed.
     *
     * @param kind such as {@code Change.CreateRole.class}
     * @param permissions keys
     * @throws IllegalArgumentException if an actor cannot make changes of this kind
     */
    public RoleDialect withNeeded(Class<? extends Change> kind, String... permissions) {
        GuardPlan guard = options.guard.needing(requireNonNull(kind, "kind"), permissions);
        return with(changed -> changed.guard = guard);
    }

    /**
     * Returns this dialect with other permissions of which one is needed for a kind of change where it touches a place of
     * this scope, such as for {@code Change.SetRoles.class} in teams; with none given, none is needed there.
     *
     * @param kind such as {@code Change.SetRoles.class}
     * @param scope of the place
     * @param permissions keys
     * @throws IllegalArgumentException if an actor cannot make changes of this kind
     */
    public RoleDialect withNeeded(Class<? extends Change> kind, Scope scope, String... permissions) {
        GuardPlan guard =
                options.guard.needing(requireNonNull(kind, "kind"), requireNonNull(scope, "scope"), permissions);
        return with(changed -> changed.guard = guard);
    }

    /**
     * Returns this dialect with or without the rule that nobody gives away what he does not hold; by default Freya has it
     * and the others have not.
     */
    public RoleDialect withEscalationRefused(boolean refused) {
        GuardPlan guard = options.guard.refusingEscalation(refused);
        return with(changed -> changed.guard = guard);
    }

    /**
     * Returns this dialect answering what was created as an array of one, as Pulse documents it, or as the thing itself. Of
     * the other products it changes nothing.
     */
    public RoleDialect withCreatedArray(boolean array) {
        return with(changed -> changed.createdArray = array);
    }

    /**
     * Returns this dialect with the capability to edit the rights of a role as a key {@code rights.edit} or, as by default,
     * as {@code edit} in an object {@code rights}; both are readings of what Pulse documents. Of the other products it
     * changes nothing.
     */
    public RoleDialect withLiteralRightsEdit(boolean literal) {
        return with(changed -> changed.literalRightsEdit = literal);
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

    /** Returns the name of the product and its options, for people. */
    @Override
    public String toString() {
        return "RoleDialect " + name() + ' ' + options;
    }
}
