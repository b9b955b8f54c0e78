package io.rbac.roleapi;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RequestTarget.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The roles that a list shows, and their order: up to 16 filters, all of which a role must pass; then {@code
 * sort=name,-created_at}, with each attribute at most once; then one page, {@code page[number]}, counted from 1, of
 * {@code page[size]} roles. Roles that compare equal stay in the order of their creation.
 *
 * <p>This class is not thread-safe.
 */
final class RoleListing {

    private static final String SORT = "sort";
    private static final String PAGE_NUMBER = "page[number]";
    private static final String PAGE_SIZE = "page[size]";

    /** Enough for a range, or two other conditions, on each attribute that can be filtered by. */
    private static final int MAX_FILTERS = 16;

    /** The size of a page if only its number is given. */
    private static final int DEFAULT_SIZE = 30;

    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,8}");

    private final List<RoleFilter> filters = new ArrayList<>();
    private final List<SortKey> keys = new ArrayList<>();
    private final Violation.Collector violations = new Violation.Collector();
    private @Nullable Integer number;
    private @Nullable Integer size;

    /**
     * An attribute to sort by.
     *
     * @param attribute the attribute
     * @param descends whether the order is reversed
     */
    private record SortKey(RoleAttribute attribute, boolean descends) {

        Comparator<Role> order(Policy policy) {
            Comparator<Role> order = attribute.order(policy);
            return descends ? order.reversed() : order;
        }
    }

    private RoleListing() {}

    /**
     * Reads the parameters of a query. Unknown ones are ignored if reading is lenient.
     *
     * @throws PolicyViolationException with everything that is wrong
     */
    static RoleListing read(List<Parameter> parameters, boolean lenient) {
        RoleListing listing = new RoleListing();
        boolean isSorted = false;
        for (Parameter parameter : parameters) {
            String name = parameter.name();
            if (name.startsWith(RoleFilter.PREFIX)) {
                listing.readFilter(parameter);
            } else if (name.equals(SORT)) {
                listing.requireFirst(parameter, !isSorted);
                listing.readSort(parameter);
                isSorted = true;
            } else if (name.equals(PAGE_NUMBER)) {
                listing.requireFirst(parameter, listing.number == null);
                listing.number = listing.readPositive(parameter);
            } else if (name.equals(PAGE_SIZE)) {
                listing.requireFirst(parameter, listing.size == null);
                listing.size = listing.readPositive(parameter);
            } else {
                parameter.refuseUnknown(lenient, listing.violations);
            }
        }
        listing.violations.throwIfAny();
        return listing;
    }

    private void requireFirst(Parameter parameter, boolean isFirst) {
        if (!isFirst) {
            parameter.refuseRepeated(violations);
        }
    }

    private void readFilter(Parameter parameter) {
        if (filters.size() == MAX_FILTERS) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    parameter.location(),
                    null,
                    "the query has more than " + MAX_FILTERS + " filters");
            return;
        }
        RoleFilter filter = RoleFilter.read(parameter, violations);
        if (filter != null) {
            filters.add(filter);
        }
    }

    private void readSort(Parameter parameter) {
        int most = RoleAttribute.values().length;
        String[] words = parameter.value().split(",", most + 1);
        if (words.length > most) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    parameter.location(),
                    null,
                    "the list has more values than there are attributes to sort by: expected at most " + most);
            return;
        }
        Set<RoleAttribute> seen = EnumSet.noneOf(RoleAttribute.class);
        for (String word : words) {
            readSortKey(parameter, word, seen);
        }
    }

    private void readSortKey(Parameter parameter, String key, Set<RoleAttribute> seen) {
        boolean descends = key.startsWith("-");
        String word = descends ? key.substring(1) : key;
        RoleAttribute attribute = RoleAttribute.sorted(word).orElse(null);
        if (attribute == null) {
            violations.add(
                    Code.UNKNOWN_FIELD,
                    parameter.location(),
                    word,
                    Violation.quote(word) + " is not an attribute to sort by"
                            + violations.didYouMean(word, RoleAttribute.sortedWords()));
        } else if (!seen.add(attribute)) {
            violations.add(
                    Code.DUPLICATE_KEY, parameter.location(), word, "the attribute `" + word + "` is given twice");
        } else {
            keys.add(new SortKey(attribute, descends));
        }
    }

    private @Nullable Integer readPositive(Parameter parameter) {
        if (POSITIVE.matcher(parameter.value()).matches()) {
            return Integer.valueOf(parameter.value());
        }
        violations.add(
                Code.WRONG_TYPE,
                parameter.location(),
                parameter.value(),
                "the value is " + Violation.quote(parameter.value()) + ": expected a number from 1 to 999999999");
        return null;
    }

    /** Returns the roles of a policy that the list shows, in order. */
    List<Role> roles(Policy policy) {
        List<Role> roles = new ArrayList<>();
        for (Role role : policy.roles()) {
            if (filters.stream().allMatch(filter -> filter.accepts(policy, role))) {
                roles.add(role);
            }
        }
        keys.stream()
                .map(key -> key.order(policy))
                .reduce(Comparator::thenComparing)
                .ifPresent(roles::sort);
        return page(roles);
    }

    private List<Role> page(List<Role> roles) {
        if (number == null && size == null) {
            return roles;
        }
        long pageSize = size == null ? DEFAULT_SIZE : size;
        long from = Math.min(roles.size(), ((number == null ? 1 : number) - 1) * pageSize);
        long to = Math.min(roles.size(), from + pageSize);
        return roles.subList((int) from, (int) to);
    }
}
