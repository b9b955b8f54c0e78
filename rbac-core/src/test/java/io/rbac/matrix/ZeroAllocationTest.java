package io.rbac.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.lang.reflect.Method;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A check allocates nothing, whatever the way in and the answer. */
class ZeroAllocationTest {

    private static final int CHECKS = 100_000;
    private static final int ROUNDS = 4;

    /** Far below one object per thousand checks; what measuring itself takes is much less. */
    private static final long MEASURING_BYTES = 1_024;

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .group("Aa", "x")
            .group("BB", "x")
            .build();
    private static final PermissionCatalog OTHER =
            PermissionCatalog.builder().group("user", "read", "fly").build();

    private static final Target ACCOUNT = Target.account();
    private static final Target TEAM = Target.team(colliding(7));
    private static final Target CHAT = Target.chat("c-42");
    private static final Target PLACED = Target.chat("c-42").inTeam(colliding(7));
    private static final Target TRUSTED = Target.chat("c-77").inTeam(colliding(7));
    private static final Target UNKNOWN_TEAM = Target.team(colliding(1 << 13));
    private static final Target UNKNOWN_CHAT = Target.chat("c-78");

    private static final PermissionMatrix MATRIX = matrix();

    private static Object sink = "";

    private interface Question {
        boolean ask();
    }

    private static String colliding(int number) {
        return IntStream.range(0, 14)
                .mapToObj(bit -> (number >>> bit & 1) == 0 ? "Aa" : "BB")
                .reduce("", String::concat);
    }

    /** Many users and teams of one hash code, one user at many targets, trusted places. */
    private static PermissionMatrix matrix() {
        PolicyRules rules = PolicyRules.builder()
                .unknownTargets(PolicyRules.UnknownTargets.TRUSTED)
                .build();
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(rules)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build())
                .role(Role.builder("lead", Scope.TEAM)
                        .name("Lead")
                        .rights(CATALOG.rights("user:update"))
                        .build())
                .chat("c-42", colliding(7))
                .assign("ada", "member", ACCOUNT)
                .assign("bob", "lead", TEAM);
        for (int i = 0; i < 3_000; i++) {
            builder.team(colliding(i))
                    .assign(colliding(i), "member", ACCOUNT)
                    .assign("everywhere", "lead", Target.team(colliding(i)));
        }
        IntStream.range(0, 50).forEach(i -> builder.assign("often", "lead", Target.team(colliding(i))));
        return PermissionMatrix.compile(builder.build());
    }

    static Stream<Arguments> questions() {
        Permission read = CATALOG.permission("user:read");
        Permission update = CATALOG.permission("user:update");
        Permission foreign = OTHER.permission("user:read");
        Permission unknown = OTHER.permission("user:fly");
        PermissionChecker cut = MATRIX.restrictedTo(CATALOG.rights("user:read", "user:create"));
        PermissionChecker nested = cut.restrictedTo(OTHER.allRights());
        String user = colliding(2_999);
        String unknownUser = colliding(3_001);
        return Stream.of(
                row("key, allowed at the account", true, () -> MATRIX.hasPermission("ada", "user:read", ACCOUNT)),
                row("permission, allowed at the account", true, () -> MATRIX.hasPermission("ada", read, ACCOUNT)),
                row("key, allowed at a chat", true, () -> MATRIX.hasPermission("bob", "user:update", CHAT)),
                row("permission, allowed at a chat", true, () -> MATRIX.hasPermission("bob", update, CHAT)),
                row("allowed at a placed chat", true, () -> MATRIX.hasPermission("bob", update, PLACED)),
                row("allowed at a trusted place", true, () -> MATRIX.hasPermission("bob", update, TRUSTED)),
                row("key, denied", false, () -> MATRIX.hasPermission("ada", "user:delete", CHAT)),
                row("permission, denied", false, () -> MATRIX.hasPermission("ada", update, CHAT)),
                row("unknown user", false, () -> MATRIX.hasPermission("nobody", "user:read", ACCOUNT)),
                row("unknown key", false, () -> MATRIX.hasPermission("ada", "user:fly", ACCOUNT)),
                row("key of a known one's hash", false, () -> MATRIX.hasPermission("ada", "BB:x", ACCOUNT)),
                row("unknown permission", false, () -> MATRIX.hasPermission("ada", unknown, ACCOUNT)),
                row("permission of another catalog", true, () -> MATRIX.hasPermission("ada", foreign, ACCOUNT)),
                row("unknown team", false, () -> MATRIX.hasPermission("ada", read, UNKNOWN_TEAM)),
                row("unknown chat", false, () -> MATRIX.hasPermission("ada", read, UNKNOWN_CHAT)),
                row("user of a common hash", true, () -> MATRIX.hasPermission(user, read, TEAM)),
                row("unknown user of a common hash", false, () -> MATRIX.hasPermission(unknownUser, read, TEAM)),
                row("user at 50 targets", false, () -> MATRIX.hasPermission("often", read, TEAM)),
                row("user at 3,000 targets", true, () -> MATRIX.hasPermission("everywhere", update, PLACED)),
                row("restricted, key, allowed", true, () -> cut.hasPermission("ada", "user:read", TEAM)),
                row("restricted, permission, allowed", true, () -> cut.hasPermission("ada", read, TEAM)),
                row("restricted, cut away", false, () -> cut.hasPermission("bob", update, TEAM)),
                row("restricted, denied", false, () -> cut.hasPermission("ada", "user:create", TEAM)),
                row("restricted, unknown key", false, () -> cut.hasPermission("ada", "user:fly", TEAM)),
                row("restricted twice", true, () -> nested.hasPermission("ada", read, TEAM)));
    }

    private static Arguments row(String name, boolean expected, Question question) {
        return Arguments.of(name, expected, question);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void a_check_allocates_nothing(String name, boolean expected, Question question) throws Exception {
        assertThat(question.ask()).as(name).isEqualTo(expected);
        assertThat(leastBytes(question)).as(name).isLessThanOrEqualTo(MEASURING_BYTES);
    }

    @Test
    void what_allocates_is_seen() throws Exception {
        Question allocating = () -> {
            sink = new Object();
            return true;
        };
        assertThat(leastBytes(allocating)).isGreaterThanOrEqualTo(8L * CHECKS);
        assertThat(sink).isNotNull();
        Rights rights = CATALOG.allRights();
        Question copying = () -> {
            sink = rights.toLongArray();
            return true;
        };
        assertThat(leastBytes(copying)).isGreaterThanOrEqualTo(8L * CHECKS);
    }

    /** The least of several rounds, of which the first ones load classes and compile. */
    private static long leastBytes(Question question) throws Exception {
        AllocatedBytes allocated = new AllocatedBytes();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            boolean first = question.ask();
            boolean same = true;
            long before = allocated.bytes();
            for (int i = 0; i < CHECKS; i++) {
                same &= question.ask() == first;
            }
            least = Math.min(least, allocated.bytes() - before);
            assertThat(same).isTrue();
        }
        return least;
    }

    /** Read by reflection: the module of the library does not, and need not, read the one for management. */
    private static final class AllocatedBytes {

        private final Object bean;
        private final Method method;

        AllocatedBytes() throws ReflectiveOperationException {
            bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            Assumptions.assumeThat(type.isInstance(bean)).isTrue();
            method = type.getMethod("getThreadAllocatedBytes", long.class);
        }

        @SuppressWarnings("deprecation") // the id of the thread, under the name that Java 17 has for it
        long bytes() throws ReflectiveOperationException {
            return (long) method.invoke(bean, Thread.currentThread().getId());
        }
    }
}
