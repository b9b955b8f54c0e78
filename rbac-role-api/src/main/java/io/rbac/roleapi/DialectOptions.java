package io.rbac.roleapi;

import io.rbac.guard.AdminGuard;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The options of a dialect. Its fields are set before it is published, and never again. */
final class DialectOptions {

    final Product product;
    final Map<Code, Integer> statuses = new EnumMap<>(Code.class);
    PolicyRules rules;
    AccessPlan access;
    String basePath;
    int createdStatus = 201;
    boolean lenient;
    boolean createdArray = true;
    boolean literalRightsEdit;

    DialectOptions(Product product) {
        this.product = product;
        this.rules = product.rules();
        this.access = product.access();
        this.basePath = product.basePath();
    }

    DialectOptions(DialectOptions other) {
        this.product = other.product;
        this.statuses.putAll(other.statuses);
        this.rules = other.rules;
        this.access = other.access;
        this.basePath = other.basePath;
        this.createdStatus = other.createdStatus;
        this.lenient = other.lenient;
        this.createdArray = other.createdArray;
        this.literalRightsEdit = other.literalRightsEdit;
    }

    /**
     * Returns the guard over a catalog.
     *
     * @throws IllegalArgumentException if the product does not work on the scopes of the catalog, or if permissions are
     *     stated for a scope that it lacks
     * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) for each permission that the catalog lacks
     */
    AdminGuard guard(PermissionCatalog catalog) {
        product.requireScopes(catalog.scopes());
        return access.guard(catalog);
    }

    /** Returns the status of a violation. */
    int status(Code code) {
        return status(code, defaultStatus(code));
    }

    private int defaultStatus(Code code) {
        return switch (code.kind()) {
            // the version that an edit expects is the one that its request was read against, not one that the client
            // named
            case PRECONDITION_FAILED -> Violation.Kind.CONFLICT.httpStatus();
            // what the path names is answered elsewhere: here it is something in the body
            case NOT_FOUND ->
                code == Code.ACCOUNT_NOT_FOUND ? Violation.Kind.NOT_FOUND.httpStatus() : product.refusedStatus();
            case UNPROCESSABLE -> product.refusedStatus();
            case INVALID, FORBIDDEN, CONFLICT, UNAVAILABLE -> code.kind().httpStatus();
        };
    }

    /** Returns the status of a violation that has another default in this case. */
    int status(Code code, int defaultStatus) {
        return statuses.getOrDefault(code, defaultStatus);
    }

    private List<Object> values() {
        return List.of(
                product, statuses, rules, access, basePath, createdStatus, lenient, createdArray, literalRightsEdit);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DialectOptions that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return Objects.hash(product, basePath, createdStatus, lenient);
    }

    /** Returns all options except the rules and needed permissions, human-readable. */
    @Override
    public String toString() {
        return "at " + basePath + ", created=" + createdStatus + (lenient ? ", lenient" : "")
                + (createdArray ? "" : ", created as an object")
                + (literalRightsEdit ? ", literal rights.edit" : "")
                + (statuses.isEmpty() ? "" : ", " + statuses);
    }
}
