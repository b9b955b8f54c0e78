package io.rbac.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.AllocatedBytes;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Folders;
import io.rbac.policy.Policy;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** One user who was looked up before, and several permissions at once. */
    static Stream<Arguments> userQuestions() {
        Permission update = CATALOG.permission("user:update");
        Permission foreign = OTHER.permission("user:read");
        Rights all = CATALOG.allRights();
        Rights own = CATALOG.rights("user:read", "user:update");
        Rights one = CATALOG.rights("user:update");
        Rights other = CATALOG.rights("user:delete", "Aa:x");
        UserPermissions ada = MATRIX.user("ada");
        UserPermissions bob = MATRIX.user("bob");
        UserPermissions nobody = MATRIX.user("nobody");
        UserPermissions often = MATRIX.user("everywhere");
        UserPermissions cut = bob.restrictedTo(one).restrictedTo(own);
        PermissionChecker within = MATRIX.restrictedTo(all);
        PermissionChecker part = MATRIX.restrictedTo(one);
        return Stream.of(
                row("user, key", true, () -> bob.has("user:update", CHAT)),
                row("user, permission", true, () -> bob.has(update, PLACED)),
                row("user, trusted place", true, () -> bob.has(update, TRUSTED)),
                row("user, denied", false, () -> bob.has(update, ACCOUNT)),
                row("user, unknown key", false, () -> bob.has("user:fly", CHAT)),
                row("user, permission of another catalog", true, () -> ada.has(foreign, CHAT)),
                row("user at 3,000 targets", true, () -> often.has(update, PLACED)),
                row("user who is unknown", false, () -> nobody.has(update, CHAT)),
                row("user, restricted, allowed", true, () -> cut.has(update, CHAT)),
                row("user, restricted, denied", false, () -> cut.has("user:read", CHAT)),
                row("user, any", true, () -> bob.hasAny(own, CHAT)),
                row("user, none", false, () -> bob.hasAny(other, CHAT)),
                row("user, all", true, () -> bob.hasAll(one, CHAT)),
                row("user, not all", false, () -> bob.hasAll(own, CHAT)),
                row("user at 3,000 targets, any", true, () -> often.hasAny(own, PLACED)),
                row("user who is unknown, any", false, () -> nobody.hasAny(own, CHAT)),
                row("user, restricted, any", true, () -> cut.hasAny(own, CHAT)),
                row("user, restricted, not all", false, () -> cut.hasAll(own, CHAT)),
                row("any", true, () -> MATRIX.hasAny("bob", own, PLACED)),
                row("none", false, () -> MATRIX.hasAny("bob", other, CHAT)),
                row("all", true, () -> MATRIX.hasAll("bob", one, CHAT)),
                row("not all", false, () -> MATRIX.hasAll("bob", own, CHAT)),
                row("any, unknown user", false, () -> MATRIX.hasAny("nobody", own, CHAT)),
                row("restricted, any", true, () -> within.hasAny("bob", own, CHAT)),
                row("restricted, any of more", true, () -> part.hasAny("bob", own, CHAT)),
                row("restricted, any of others", false, () -> part.hasAny("bob", other, CHAT)),
                row("restricted, all", true, () -> part.hasAll("bob", one, CHAT)),
                row("restricted, not all", false, () -> part.hasAll("bob", own, CHAT)));
    }

    /** At a page of which the path has sixteen targets, and at others. */
    static Stream<Arguments> deepQuestions() {
        Permission read = Folders.CATALOG.permission("doc:read");
        Permission write = Folders.CATALOG.permission("doc:write");
        PermissionMatrix deep = deepMatrix();
        PermissionChecker cut = deep.restrictedTo(Folders.CATALOG.rights("doc:read"));
        UserPermissions bob = deep.user("bob");
        UserPermissions u1000 = deep.user("u1000");
        Target low = Folders.page("low");
        Target folder4 = Folders.folder(4);
        Target placed = low.in(Folders.folder(14));
        Target misplaced = low.in(Folders.folder(13));
        Target newPage = Folders.page("new").in(Folders.folder(14));
        Target newInTeam = Folders.page("new").in(Folders.folder(1));
        Target newInAccount = Folders.page("new").inAccount();
        Target tooDeep = Folders.page("new").in(Folders.folder(15));
        Target inPage = Folders.page("new").in(low);
        Target foreign = Target.chat("low");
        return Stream.of(
                row("key, allowed by the account", true, () -> deep.hasPermission("ada", "doc:read", low)),
                row("permission, allowed by the account", true, () -> deep.hasPermission("ada", read, low)),
                row("allowed in the middle", true, () -> deep.hasPermission("bob", read, low)),
                row("allowed by the target itself", true, () -> deep.hasPermission("eve", read, low)),
                row("allowed at a path of five", true, () -> deep.hasPermission("bob", read, folder4)),
                row("denied", false, () -> deep.hasPermission("bob", write, low)),
                row("unknown user", false, () -> deep.hasPermission("nobody", read, low)),
                row("user at 49 targets", true, () -> deep.hasPermission("u49", write, low)),
                row("user at 200 targets", true, () -> deep.hasPermission("u200", write, low)),
                row("user at 257 targets", true, () -> deep.hasPermission("u257", write, low)),
                row("user at 1,000 targets", true, () -> deep.hasPermission("u1000", write, low)),
                row("user at 1,000 targets, denied", false, () -> deep.hasPermission("u1000", read, low)),
                row("given parent", true, () -> deep.hasPermission("bob", read, placed)),
                row("another given parent", false, () -> deep.hasPermission("bob", read, misplaced)),
                row("trusted parent", true, () -> deep.hasPermission("bob", read, newPage)),
                row("trusted parent in the account", true, () -> deep.hasPermission("ada", read, newInTeam)),
                row("the account as trusted parent", true, () -> deep.hasPermission("ada", read, newInAccount)),
                row("parent that lies too deep", false, () -> deep.hasPermission("ada", read, tooDeep)),
                row("parent that is too narrow", false, () -> deep.hasPermission("ada", read, inPage)),
                row("scope of another tree", false, () -> deep.hasPermission("ada", read, foreign)),
                row("any", true, () -> deep.hasAny("bob", Folders.CATALOG.allRights(), low)),
                row("not all", false, () -> deep.hasAll("bob", Folders.CATALOG.allRights(), low)),
                row("user", true, () -> bob.has(read, low)),
                row("user at 1,000 targets, any", true, () -> u1000.hasAny(Folders.CATALOG.allRights(), low)),
                row("restricted, allowed", true, () -> cut.hasPermission("bob", read, low)),
                row("restricted, cut away", false, () -> cut.hasPermission("u200", write, low)));
    }

    /** Fifteen folders in one another, a page in the last but one, users at it and above it, and at up to 1,000 targets. */
    private static PermissionMatrix deepMatrix() {
        Policy.Builder builder = Folders.withChain(Folders.policy(), 15)
                .rules(Folders.RULES.toBuilder()
                        .unknownTargets(PolicyRules.UnknownTargets.TRUSTED)
                        .build())
                .target(Folders.page("low"), Folders.folder(14))
                .role(role("member", Folders.TREE.account(), "doc:read"))
                .role(role("reader", Folders.FOLDER, "doc:read"))
                .role(role("writer", Folders.FOLDER, "doc:write"))
                .role(role("author", Folders.PAGE, "doc:read"))
                .assign("ada", "member", ACCOUNT)
                .assign("bob", "reader", Folders.folder(4))
                .assign("eve", "author", Folders.page("low"));
        IntStream.range(0, 1_000).forEach(i -> builder.target(Folders.folder("other-" + i)));
        for (int size : new int[] {49, 200, 257, 1_000}) {
            builder.assign("u" + size, "writer", Folders.folder(14));
            IntStream.range(1, size).forEach(i -> builder.assign("u" + size, "writer", Folders.folder("other-" + i)));
        }
        return PermissionMatrix.compile(builder.build());
    }

    private static Role role(String id, Scope scope, String key) {
        return Role.builder(id, scope)
                .name(id)
                .rights(Folders.CATALOG.rights(key))
                .build();
    }

    private static Arguments row(String name, boolean expected, Question question) {
        return Arguments.of(name, expected, question);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"questions", "userQuestions", "deepQuestions"})
    void a_check_allocates_nothing(String name, boolean expected, Question question) {
        assertThat(question.ask()).as(name).isEqualTo(expected);
        assertThat(leastBytes(question)).as(name).isLessThanOrEqualTo(MEASURING_BYTES);
    }

    /** The list, what it is gathered in, and a copy in between: references, four or eight bytes each. */
    @Test
    void a_filter_allocates_a_few_references_for_each_target() {
        UserPermissions bob = MATRIX.user("bob");
        List<Target> targets = Collections.nCopies(100, CHAT);
        List<Target> copied = List.copyOf(targets);
        Question filter = () -> bob.filter("user:update", copied).size() == 100;
        int filters = CHECKS / targets.size();
        assertThat(leastBytes(filter, filters)).isLessThanOrEqualTo(3L * 8 * 110 * filters);
    }

    @Test
    void what_allocates_is_seen() {
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

    private static long leastBytes(Question question) {
        return leastBytes(question, CHECKS);
    }

    /** The least of several rounds, of which the first ones load classes and compile. */
    private static long leastBytes(Question question, int times) {
        AllocatedBytes allocated = new AllocatedBytes();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            boolean first = question.ask();
            boolean same = true;
            long before = allocated.bytes();
            for (int i = 0; i < times; i++) {
                same &= question.ask() == first;
            }
            least = Math.min(least, allocated.bytes() - before);
            assertThat(same).isTrue();
        }
        return least;
    }
}
