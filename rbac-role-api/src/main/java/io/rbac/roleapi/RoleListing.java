package io.rbac.roleapi;

import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.roleapi.RequestTarget.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which roles a list shows, in which order: filters that hold together, then {@code sort=name,-created_at}, then one page,
 * {@code page[number]} from 1 of {@code page[size]} roles. Roles that compare equal stay in the order of creation.
 *
 * <p>This class is not thread-safe.
 */
final class RoleListing {

    private static final String SORT = "sort";
    private static final String PAGE_NUMBER = "page[number]";
    private static final String PAGE_SIZE = "page[size]";

    /** The size of a page where only its number is asked for. */
    private static final int USUAL_SIZE = 30;

    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,8}");

    private final List<RoleFilter> filters = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final Violation.Collector faults = new Violation.Collector();
    private @Nullable Integer number;
    private @Nullable Integer size;

    /** One attribute to sort by. */
    private record Key(RoleAttribute attribute, boolean descends) {}

    private RoleListing() {}

    /**
     * Reads the parameters of a query.
     *
     * @throws PolicyViolationException with everything that is wrong; unknown parameters are ignored when lenient
     */
    static RoleListing read(List<Parameter> parameters, boolean lenient) {
        RoleListing listing = new RoleListing();
        boolean sorts = false;
        for (Parameter parameter : parameters) {
            String name = parameter.name();
            if (name.startsWith(RoleFilter.PREFIX)) {
                RoleFilter filter = RoleFilter.read(parameter, listing.faults);
                if (filter != null) {
                    listing.filters.add(filter);
                }
            } else if (name.equals(SORT)) {
                listing.requireFirst(parameter, !sorts);
                listing.sort(parameter);
                sorts = true;
            } else if (name.equals(PAGE_NUMBER)) {
                listing.requireFirst(parameter, listing.number == null);
                listing.number = listing.positive(parameter);
            } else if (name.equals(PAGE_SIZE)) {
                listing.requireFirst(parameter, listing.size == null);
                listing.size = listing.positive(parameter);
            } else {
                parameter.refuseUnknown(lenient, listing.faults);
            }
        }
        listing.faults.throwIfAny();
        return listing;
    }

    private void requireFirst(Parameter parameter, boolean isFirst) {
        if (!isFirst) {
            faults.add(
                    Code.DUPLICATE_KEY,
                    parameter.place(),
                    null,
                    "the parameter " + Violation.quote(parameter.name()) + " is stated twice");
        }
    }

    private void sort(Parameter parameter) {
        for (String part : parameter.value().split(",", -1)) {
            boolean descends = part.startsWith("-");
            String word = descends ? part.substring(1) : part;
            RoleAttribute attribute = RoleAttribute.sorted(word).orElse(null);
            if (attribute == null) {
                faults.add(
                        Code.UNKNOWN_FIELD,
                        parameter.place(),
                        word,
                        Violation.quote(word) + " is not an attribute to sort by"
                                + faults.didYouMean(word, RoleAttribute.sortedWords()));
            } else {
                keys.add(new Key(attribute, descends));
            }
        }
    }

    private @Nullable Integer positive(Parameter parameter) {
        if (POSITIVE.matcher(parameter.value()).matches()) {
            return Integer.valueOf(parameter.value());
        }
        faults.add(
                Code.WRONG_TYPE,
                parameter.place(),
                parameter.value(),
                "the value is " + Violation.quote(parameter.value()) + ": expected a number from 1 to 999999999");
        return null;
    }

    /** Returns the roles of a policy that are shown. */
    List<Role> of(Policy policy) {
        List<Role> roles = new ArrayList<>();
        for (Role role : policy.roles()) {
            if (filters.stream().allMatch(filter -> filter.accepts(policy, role))) {
                roles.add(role);
            }
        }
        for (int i = keys.size() - 1; i >= 0; i--) {
            Comparator<Role> order = keys.get(i).attribute().order(policy);
            roles.sort(keys.get(i).descends() ? order.reversed() : order);
        }
        return page(roles);
    }

    private List<Role> page(List<Role> roles) {
        if (number == null && size == null) {
            return roles;
        }
        long pageSize = size == null ? USUAL_SIZE : size;
        long from = Math.min(roles.size(), ((number == null ? 1 : number) - 1) * pageSize);
        long to = Math.min(roles.size(), from + pageSize);
        return roles.subList((int) from, (int) to);
    }
}
