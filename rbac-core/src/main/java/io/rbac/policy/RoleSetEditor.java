package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation.Code;
import io.rbac.table.FreeNumbers;
import io.rbac.table.IdTable;
import io.rbac.table.Pages;
import io.rbac.table.Row;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Changes a copy of a table's role sets, each of which is kept as long as it is used. Not for several threads. */
final class RoleSetEditor {

    private final IdTable.Editor<RoleSet> byText;
    private final Pages.Editor<@Nullable RoleSet> byNumber;
    private final FreeNumbers.Editor numbers;
    private long moreBytes;

    RoleSetEditor(PolicyTable base) {
        this.byText = base.roleSetsByText.edit();
        this.byNumber = base.roleSets.edit();
        this.numbers = References.pool(base.free.roleSets(), Row.MAX_VALUE + 1, "different sets of roles");
    }

    RoleSet get(int number) {
        return requireNonNull(byNumber.get(number));
    }

    /**
     * Counts one more use of the set of these roles, and returns its number.
     *
     * @throws PolicyViolationException ({@link Code#LIMIT_EXCEEDED}) if there is no number for a new one
     */
    int intern(SortedSet<Integer> roles) {
        if (roles.isEmpty()) {
            return RoleSet.EMPTY.number();
        }
        char[] ordinals = new char[roles.size()];
        int count = 0;
        for (int role : roles) {
            ordinals[count++] = (char) role;
        }
        RoleSet known = byText.get(RoleSet.text(ordinals));
        RoleSet used = known == null
                ? new RoleSet(numbers.take(byNumber.size()), ordinals, 1)
                : known.withUses(known.uses() + 1);
        put(used);
        return used.number();
    }

    private void put(RoleSet set) {
        RoleSet old = set.number() < byNumber.size() ? byNumber.get(set.number()) : null;
        moreBytes += PolicyTable.roleSetBytes(set) - PolicyTable.roleSetBytes(old);
        byText.put(set.text(), set);
        byNumber.set(set.number(), set);
    }

    /** Counts one use less of a set. */
    void release(RoleSet set) {
        if (set.number() == RoleSet.EMPTY.number()) {
            return;
        }
        RoleSet used = get(set.number());
        if (used.uses() > 1) {
            put(used.withUses(used.uses() - 1));
        } else {
            moreBytes -= PolicyTable.roleSetBytes(used);
            byText.remove(used.text());
            byNumber.clear(used.number());
            numbers.free(used.number());
            numbers.reuse();
        }
    }

    /** How many bytes the role sets take more than those of the table that was edited. */
    long moreBytes() {
        return moreBytes;
    }

    IdTable<RoleSet> sealByText() {
        return byText.seal();
    }

    Pages<@Nullable RoleSet> sealByNumber() {
        return byNumber.seal();
    }

    @Nullable
    FreeNumbers sealFree() {
        return numbers.seal();
    }
}
