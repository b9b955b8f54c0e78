package io.rbac.roleapi;

import io.rbac.model.PolicyRules;
import io.rbac.model.Violation.Code;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The options of a dialect. Fields are set before anybody else sees them, and never again. */
final class DialectOptions {

    private static final Map<Code, Integer> USUAL = new EnumMap<>(Code.class);

    static {
        USUAL.put(Code.FORBIDDEN, 403);
        USUAL.put(Code.ESCALATION, 403);
        USUAL.put(Code.SYSTEM_ROLE, 403);
        USUAL.put(Code.ACCOUNT_NOT_FOUND, 404);
        USUAL.put(Code.CONFLICT, 409);
        USUAL.put(Code.DUPLICATE_ID, 409);
        USUAL.put(Code.NAME_TAKEN, 409);
        USUAL.put(Code.ROLE_IN_USE, 409);
        USUAL.put(Code.ROLE_DISCARDED, 409);
        USUAL.put(Code.LAST_DEFAULT_ROLE, 409);
        USUAL.put(Code.LAST_HOLDER, 409);
        USUAL.put(Code.MALFORMED, 400);
        USUAL.put(Code.TRAILING_CONTENT, 400);
        USUAL.put(Code.DUPLICATE_KEY, 400);
        USUAL.put(Code.LIMIT_EXCEEDED, 400);
    }

    final Product product;
    final Map<Code, Integer> statuses = new EnumMap<>(Code.class);
    PolicyRules rules;
    GuardPlan guard;
    String basePath;
    int createdStatus = 201;
    boolean lenient;
    boolean createdArray = true;
    boolean literalRightsEdit;

    DialectOptions(Product product) {
        this.product = product;
        this.rules = product.rules();
        this.guard = product.guard();
        this.basePath = product.basePath();
    }

    DialectOptions(DialectOptions other) {
        this.product = other.product;
        this.statuses.putAll(other.statuses);
        this.rules = other.rules;
        this.guard = other.guard;
        this.basePath = other.basePath;
        this.createdStatus = other.createdStatus;
        this.lenient = other.lenient;
        this.createdArray = other.createdArray;
        this.literalRightsEdit = other.literalRightsEdit;
    }

    /** The status of a violation. */
    int status(Code code) {
        return status(code, USUAL.getOrDefault(code, product.refusedStatus()));
    }

    /** The status of a violation for which, in this case, another one is usual. */
    int status(Code code, int usual) {
        return statuses.getOrDefault(code, usual);
    }

    private List<Object> values() {
        return List.of(
                product, statuses, rules, guard, basePath, createdStatus, lenient, createdArray, literalRightsEdit);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DialectOptions that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return Objects.hash(product, basePath, createdStatus, lenient);
    }

    /** Returns what is not a rule, for people. */
    @Override
    public String toString() {
        return "at " + basePath + ", created=" + createdStatus + (lenient ? ", lenient" : "")
                + (createdArray ? "" : ", created as an object")
                + (literalRightsEdit ? ", literal rights.edit" : "")
                + (statuses.isEmpty() ? "" : ", " + statuses);
    }
}
