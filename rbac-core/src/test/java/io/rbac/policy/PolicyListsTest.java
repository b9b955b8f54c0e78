package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rbac.model.Assignment;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PolicyListsTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final String EMOJI = "\uD83D\uDE00";

    private static final Comparator<String> BY_CODE_POINTS =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    private static final Comparator<Assignment> BY_USER_AND_PLACE = Comparator.comparing(
                    Assignment::user, BY_CODE_POINTS)
            .thenComparing(a -> a.target().scope().level())
            .thenComparing(a -> a.target().id(), BY_CODE_POINTS)
            .thenComparing(Assignment::role, BY_CODE_POINTS);

    private static Role role(String id, Scope scope) {
        return Role.builder(id, scope)
                .name("Name of " + id)
                .defaultRole(scope.equals(Scope.ACCOUNT))
                .build();
    }

    /** A policy beside the plain lists it was built from. */
    private record Sample(Policy policy, List<Role> roles, Map<String, String> chats, Set<Assignment> assignments) {

        List<String> users(Predicate<Assignment> condition) {
            return assignments.stream()
                    .filter(condition)
                    .map(Assignment::user)
                    .distinct()
                    .sorted(BY_CODE_POINTS)
                    .toList();
        }

        List<Assignment> assignments(Predicate<Assignment> condition) {
            return assignments.stream()
                    .filter(condition)
                    .sorted(BY_USER_AND_PLACE)
                    .toList();
        }
    }

    /**
     * 5 roles (one discarded), 1,300 teams, 1,500 chats of which 700 lie in one team; one user at 1,000 targets, 700 users
     * at one target, and others here and there: every list and row is there in its short and in its paged form.
     */
    private static Sample large(long seed) {
        Random random = new Random(seed);
        List<Role> roles = List.of(
                role("member", Scope.ACCOUNT),
                role("lead", Scope.TEAM),
                role("guest", Scope.TEAM).toBuilder().discardedAt(NOON).build(),
                role("writer", Scope.CHAT),
                role("reader", Scope.CHAT));
        Map<String, String> chats = new HashMap<>();
        Set<Assignment> assignments = new LinkedHashSet<>();
        Policy.Builder builder = Policy.builder().account("acme").catalog(PermissionCatalog.empty());
        for (int i = 0; i < 1_500; i++) {
            chats.put("c" + i, i < 700 ? "t7" : i < 1_400 ? "t" + random.nextInt(1_300) : null);
        }
        for (int i = 0; i < 1_000; i++) {
            assignments.add(new Assignment("everywhere", i % 2 == 0 ? "lead" : "guest", Target.team("t" + i)));
        }
        for (int i = 0; i < 1_000; i += 5) {
            assignments.add(new Assignment("everywhere", "lead", Target.team("t" + i)));
            assignments.add(new Assignment("everywhere", "guest", Target.team("t" + i)));
        }
        for (int i = 0; i < 700; i++) {
            assignments.add(new Assignment("u" + i, i % 3 == 0 ? "reader" : "writer", Target.chat("c3")));
            assignments.add(new Assignment("u" + i, "writer", Target.chat("c3")));
        }
        for (int i = 0; i < 3_000; i++) {
            String user = "u" + random.nextInt(1_200);
            switch (random.nextInt(3)) {
                case 0 -> assignments.add(new Assignment(user, "member", Target.account()));
                case 1 ->
                    assignments.add(new Assignment(
                            user, random.nextBoolean() ? "lead" : "guest", Target.team("t" + random.nextInt(1_300))));
                default ->
                    assignments.add(new Assignment(
                            user,
                            random.nextBoolean() ? "writer" : "reader",
                            Target.chat("c" + random.nextInt(1_500))));
            }
        }
        List<Assignment> shuffled = new ArrayList<>(assignments);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(a -> builder.assign(a.user(), a.role(), a.target()));
        roles.forEach(builder::role);
        IntStream.range(0, 1_300).forEach(i -> builder.team("t" + i));
        chats.forEach((chat, team) ->
                Optional.ofNullable(team).ifPresentOrElse(t -> builder.chat(chat, t), () -> builder.chat(chat)));
        return new Sample(builder.build(), roles, chats, assignments);
    }

    private static Stream<Target> targets(Sample sample) {
        return Stream.of(
                        Stream.of(Target.account()),
                        IntStream.range(0, 1_300).mapToObj(i -> Target.team("t" + i)),
                        sample.chats().keySet().stream().map(Target::chat))
                .flatMap(s -> s);
    }

    // the orders of lists

    @Test
    @Tag("S3")
    void roles_are_in_order_of_creation_absent_first_then_of_their_ids() {
        Policy.Builder builder = Policy.builder().account("acme").catalog(PermissionCatalog.empty());
        Role[] expected = {
            role("B", Scope.ACCOUNT),
            role("a", Scope.ACCOUNT),
            role("b", Scope.ACCOUNT),
            role("\uFF41", Scope.ACCOUNT),
            role(EMOJI, Scope.ACCOUNT),
            role("z", Scope.TEAM).toBuilder().createdAt(Instant.EPOCH).build(),
            role("y", Scope.CHAT).toBuilder().createdAt(NOON).discardedAt(NOON).build(),
            role("yy", Scope.CHAT).toBuilder().createdAt(NOON).build(),
            role("c", Scope.CHAT).toBuilder().createdAt(NOON.plusMillis(1)).build()
        };
        List<Role> shuffled = new ArrayList<>(List.of(expected));
        Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(builder::role);
        shuffled.stream()
                .filter(r -> r.scope().equals(Scope.ACCOUNT))
                .forEach(r -> builder.assign("u", r.id(), Target.account()));
        Policy policy = builder.build();
        assertThat(policy.roles()).containsExactly(expected);
        assertThat(policy.rolesOf("u", Target.account())).containsExactly(Arrays.copyOf(expected, 5));
    }

    @Test
    @Tag("S3")
    void users_targets_and_assignments_are_in_order_of_code_points() {
        List<String> ids = List.of("B", "a", "a b", "aa", "\u00E9", "\uFF41", "\uFFFD", EMOJI, EMOJI + "a");
        List<String> shuffled = new ArrayList<>(ids);
        Collections.shuffle(shuffled, new Random(2));
        assertThat(ids.stream().sorted()).isNotEqualTo(ids);
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(PermissionCatalog.empty())
                .role(role("member", Scope.ACCOUNT))
                .team("t");
        for (String id : shuffled) {
            builder.role(role(id, Scope.TEAM))
                    .role(role("c" + id, Scope.CHAT))
                    .team(id)
                    .chat(id, "t");
            for (String user : shuffled) {
                builder.assign(user, id, Target.team(id)).assign(user, "c" + id, Target.chat(id));
            }
            builder.assign(id, "member", Target.account());
        }
        Policy policy = builder.build();
        assertThat(policy.users()).isEqualTo(ids);
        List<Target> teams = Stream.of("B", "a", "a b", "aa", "t", "\u00E9", "\uFF41", "\uFFFD", EMOJI, EMOJI + "a")
                .map(Target::team)
                .toList();
        List<Target> chats = ids.stream().map(Target::chat).toList();
        assertThat(policy.targets(Scope.TEAM)).isEqualTo(teams);
        assertThat(policy.targets(Scope.CHAT)).isEqualTo(chats);
        assertThat(policy.targets())
                .isEqualTo(Stream.concat(teams.stream(), chats.stream()).toList());
        assertThat(policy.targetsIn(Target.team("t"))).isEqualTo(chats);
        assertThat(policy.targetsIn(Target.account())).isEqualTo(teams);
        assertThat(policy.usersOf(EMOJI)).isEqualTo(ids);
        assertThat(policy.usersAt(Target.chat("a"))).isEqualTo(ids);
        assertThat(policy.rolesOf("a").stream().map(Assignment::target))
                .containsExactlyElementsOf(Stream.of(
                                Stream.of(Target.account()),
                                ids.stream().map(Target::team),
                                ids.stream().map(Target::chat))
                        .flatMap(s -> s)
                        .toList());
        assertThat(policy.assignments())
                .isEqualTo(
                        ids.stream().flatMap(id -> policy.rolesOf(id).stream()).toList());
    }

    @Test
    @Tag("S3")
    void assignments_at_one_target_are_in_order_of_the_ids_of_the_roles() {
        Policy policy = Policy.builder()
                .account("acme")
                .catalog(PermissionCatalog.empty())
                .role(role("b", Scope.ACCOUNT).toBuilder()
                        .createdAt(Instant.EPOCH)
                        .build())
                .role(role("a", Scope.ACCOUNT).toBuilder().createdAt(NOON).build())
                .assign("u", "a", Target.account())
                .assign("u", "b", Target.account())
                .build();
        assertThat(policy.rolesOf("u").stream().map(Assignment::role)).containsExactly("a", "b");
        assertThat(policy.rolesOf("u", Target.account()).stream().map(Role::id)).containsExactly("b", "a");
    }

    // what is unknown, and what is discarded

    @Test
    @Tag("S1")
    void nothing_is_listed_for_what_is_unknown() {
        Sample sample = large(3);
        Policy policy = sample.policy();
        for (String id : List.of("", "nobody", "Member", "member ", "t1300", "c1500", "u1200", "account")) {
            assertThat(policy.role(id)).isEmpty();
            assertThat(policy.usersOf(id)).isEmpty();
            assertThat(policy.userCount(id)).isZero();
            assertThat(policy.usersAt(Target.team(id))).isEmpty();
            assertThat(policy.usersAt(Target.chat(id))).isEmpty();
            assertThat(policy.rolesOf(id)).isEmpty();
            assertThat(policy.rolesOf(id, Target.account())).isEmpty();
            assertThat(policy.rolesOf("everywhere", Target.team(id))).isEmpty();
            assertThat(policy.parentOf(Target.chat(id))).isEmpty();
            assertThat(policy.targetsIn(Target.team(id))).isEmpty();
        }
        assertThat(policy.parentOf(Target.chat("t1"))).isEmpty();
        assertThat(policy.parentOf(Target.account())).isEmpty();
        assertThat(policy.targetsIn(Target.team("c1"))).isEmpty();
        assertThat(policy.targetsIn(Target.chat("c1"))).isEmpty();
        assertThat(policy.usersAt(Target.chat("t1"))).isEmpty();
    }

    @Test
    @Tag("S9")
    void a_discarded_role_and_its_assignments_are_listed_like_others() {
        Role old = role("old", Scope.TEAM).toBuilder().discardedAt(NOON).build();
        Policy policy = Policy.builder()
                .account("acme")
                .catalog(PermissionCatalog.empty())
                .role(role("member", Scope.ACCOUNT))
                .role(old)
                .team("t")
                .assign("ada", "old", Target.team("t"))
                .build();
        assertThat(policy.roles()).contains(old);
        assertThat(policy.role("old")).contains(old);
        assertThat(policy.users()).containsExactly("ada");
        assertThat(policy.usersOf("old")).containsExactly("ada");
        assertThat(policy.userCount("old")).isEqualTo(1);
        assertThat(policy.rolesOf("ada", Target.team("t"))).containsExactly(old);
        assertThat(policy.assignments()).containsExactly(new Assignment("ada", "old", Target.team("t")));
    }

    @Test
    @Tag("S16")
    void a_user_is_known_as_long_as_they_hold_an_assignment() {
        Policy policy = Policy.builder()
                .account("acme")
                .catalog(PermissionCatalog.empty())
                .role(role("member", Scope.ACCOUNT))
                .build();
        assertThat(policy.users()).isEmpty();
        assertThat(policy.assignments()).isEmpty();
        assertThat(policy.table().users()).isZero();
        assertThat(policy.table().user("ada")).isEqualTo(-1);
    }

    @Test
    void lists_cannot_be_changed() {
        Policy policy = large(4).policy();
        for (List<?> list : List.of(
                policy.roles(),
                policy.targets(),
                policy.targets(Scope.TEAM),
                policy.targets(Scope.ACCOUNT),
                policy.users(),
                policy.assignments(),
                policy.targetsIn(Target.team("t7")),
                policy.targetsIn(Target.account()),
                policy.usersOf("lead"),
                policy.usersAt(Target.account()),
                policy.rolesOf("everywhere"),
                policy.rolesOf("everywhere", Target.team("t0")))) {
            assertThat(list).isNotEmpty();
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.remove(0));
        }
    }

    // a large policy

    @Test
    void every_list_of_a_large_policy_is_that_of_plain_lists() {
        Sample sample = large(5);
        Policy policy = sample.policy();
        assertThat(policy.roles()).containsExactlyInAnyOrderElementsOf(sample.roles());
        List<Target> teams = IntStream.range(0, 1_300)
                .mapToObj(i -> "t" + i)
                .sorted(BY_CODE_POINTS)
                .map(Target::team)
                .toList();
        assertThat(policy.targets(Scope.ACCOUNT)).containsExactly(Target.account());
        assertThat(policy.targets(Scope.TEAM)).isEqualTo(teams);
        assertThat(policy.targets(Scope.CHAT)).isEqualTo(chats(sample, team -> true));
        assertThat(policy.targets())
                .isEqualTo(Stream.concat(teams.stream(), chats(sample, team -> true).stream())
                        .toList());
        assertThat(policy.targetsIn(Target.account()))
                .isEqualTo(Stream.concat(teams.stream(), chats(sample, Objects::isNull).stream())
                        .toList());
        assertThat(policy.users()).isEqualTo(sample.users(a -> true));
        assertThat(policy.assignments()).isEqualTo(sample.assignments(a -> true));
        for (Role role : sample.roles()) {
            List<String> expected = sample.users(a -> a.role().equals(role.id()));
            assertThat(policy.usersOf(role.id())).isEqualTo(expected);
            assertThat(policy.userCount(role.id())).isEqualTo(expected.size());
        }
        for (String user : sample.users(a -> true)) {
            assertThat(policy.rolesOf(user))
                    .isEqualTo(sample.assignments(a -> a.user().equals(user)));
        }
        sample.chats()
                .forEach((chat, team) -> assertThat(policy.parentOf(Target.chat(chat)))
                        .contains(team == null ? Target.account() : Target.team(team)));
        teams.forEach(team -> assertThat(policy.parentOf(team)).contains(Target.account()));
        for (String team : List.of("t7", "t0", "t1", "t2", "t3", "t1299")) {
            assertThat(policy.targetsIn(Target.team(team))).isEqualTo(chats(sample, team::equals));
        }
        targets(sample)
                .forEach(target -> assertThat(policy.usersAt(target))
                        .isEqualTo(sample.users(a -> a.target().equals(target))));
        assertThat(policy.usersAt(Target.chat("c3")).size()).isGreaterThanOrEqualTo(700);
        assertThat(policy.rolesOf("everywhere")).hasSizeGreaterThanOrEqualTo(1_000);
        assertThat(policy.targetsIn(Target.team("t7"))).hasSizeGreaterThanOrEqualTo(700);
    }

    /** The chats whose team, null for the account, is such a one. */
    private static List<Target> chats(Sample sample, Predicate<String> team) {
        return sample.chats().keySet().stream()
                .filter(chat -> team.test(sample.chats().get(chat)))
                .sorted(BY_CODE_POINTS)
                .map(Target::chat)
                .toList();
    }

    @Test
    void the_roles_of_a_user_at_a_target_are_those_of_plain_lists() {
        Sample sample = large(6);
        List<Target> targets = targets(sample).toList();
        for (String user : List.of("everywhere", "u0", "u1", "u699", "u700", "u1199", "nobody")) {
            Set<Assignment> own =
                    new LinkedHashSet<>(sample.assignments(a -> a.user().equals(user)));
            for (Target target : targets) {
                assertThat(sample.policy().rolesOf(user, target).stream().map(Role::id))
                        .containsExactlyElementsOf(own.stream()
                                .filter(a -> a.target().equals(target))
                                .map(Assignment::role)
                                .toList());
            }
        }
    }

    // the dense form

    @Test
    void ids_and_ordinals_lead_to_each_other() {
        Sample sample = large(7);
        PolicyTable table = sample.policy().table();
        assertThat(table.targets()).isEqualTo(1 + 1_300 + 1_500);
        assertThat(table.users()).isEqualTo(sample.policy().users().size());
        assertThat(table.roles()).isEqualTo(5);
        assertThat(table.target(Target.account())).isZero();
        targets(sample)
                .forEach(target ->
                        assertThat(table.targetOf(table.target(target))).contains(target));
        sample.policy()
                .users()
                .forEach(user -> assertThat(table.userId(table.user(user))).contains(user));
        sample.roles()
                .forEach(role -> assertThat(table.roleOf(table.role(role.id()))).contains(role));
        assertThat(table.target(Target.chat("c3").inTeam("nowhere"))).isEqualTo(table.target(Target.chat("c3")));
        assertThat(table.target(Target.chat("t1"))).isEqualTo(-1);
        assertThat(table.user("nobody")).isEqualTo(-1);
        assertThat(table.role("nothing")).isEqualTo(-1);
    }

    @Test
    void places_are_those_of_the_lists() {
        Sample sample = large(8);
        PolicyTable table = sample.policy().table();
        assertThat(table.parent(0)).isEqualTo(-1);
        targets(sample).skip(1).forEach(target -> {
            String team = target.scope().equals(Scope.CHAT) ? sample.chats().get(target.id()) : null;
            assertThat(table.parent(table.target(target)))
                    .isEqualTo(team == null ? 0 : table.target(Target.team(team)));
        });
        for (Target team : sample.policy().targets(Scope.TEAM)) {
            int ordinal = table.target(team);
            assertThat(walk(after -> table.nextChild(ordinal, after)))
                    .isEqualTo(
                            ordinals(chats(sample, team.id()::equals).stream().map(table::target)));
        }
        assertThat(walk(after -> table.nextChild(0, after)))
                .isEqualTo(ordinals(Stream.concat(
                        sample.policy().targets(Scope.TEAM).stream().map(table::target),
                        chats(sample, Objects::isNull).stream().map(table::target))));
        assertThat(table.nextChild(table.target(Target.chat("c3")), -1)).isEqualTo(-1);
    }

    @Test
    void holdings_are_those_of_the_lists() {
        Sample sample = large(9);
        Policy policy = sample.policy();
        PolicyTable table = policy.table();
        for (String user : policy.users()) {
            int ordinal = table.user(user);
            List<Integer> where = walk(after -> table.nextTarget(ordinal, after));
            assertThat(where).isEqualTo(ordinals(policy.rolesOf(user).stream().map(a -> table.target(a.target()))));
            for (int target : where) {
                int roleSet = table.roleSet(ordinal, target);
                Target at = table.targetOf(target).orElseThrow();
                assertThat(IntStream.range(0, table.size(roleSet)).mapToObj(i -> table.role(roleSet, i)))
                        .isSorted()
                        .map(role -> table.roleOf(role).orElseThrow())
                        .containsExactlyInAnyOrderElementsOf(policy.rolesOf(user, at));
                assertThat(onPath(table, user, at)).contains(roleSet);
            }
        }
        targets(sample)
                .forEach(target -> assertThat(walk(after -> table.nextUser(table.target(target), after)))
                        .isEqualTo(ordinals(policy.usersAt(target).stream().map(table::user))));
    }

    private static List<Integer> onPath(PolicyTable table, String user, Target target) {
        List<Integer> visited = new ArrayList<>();
        table.forEachOnPath(user, target, visited::add);
        return visited;
    }

    @Test
    void the_role_sets_on_a_path_are_those_at_its_places() {
        Sample sample = large(11);
        PolicyTable table = sample.policy().table();
        for (String user : List.of("everywhere", "u0", "u1", "u699", "u700", "u1199")) {
            int ordinal = table.user(user);
            targets(sample).forEach(target -> {
                List<Integer> expected = new ArrayList<>();
                for (int place = table.target(target); place >= 0; place = table.parent(place)) {
                    expected.add(table.roleSet(ordinal, place));
                }
                if (!target.isAccount()) {
                    expected.addAll(Collections.nCopies(3 - expected.size(), 0));
                }
                List<Integer> held = expected.stream().filter(set -> set != 0).toList();
                assertThat(onPath(table, user, target)).containsExactlyInAnyOrderElementsOf(held);
                List<Integer> tested = new ArrayList<>();
                boolean any = table.anyOnPath(
                        user,
                        target,
                        (set, word) -> {
                            assertThat(word).isEqualTo(42);
                            tested.add(set);
                            return set != 0 ? 1L << 7 : 0;
                        },
                        42 * 64 + 7);
                assertThat(any).isEqualTo(!held.isEmpty());
                assertThat(tested).as("every place is tested").containsExactlyInAnyOrderElementsOf(expected);
                for (int looked : expected) {
                    assertThat(table.anyOnPath(user, target, (set, word) -> set == looked ? 1 : 0, 0))
                            .isTrue();
                }
            });
        }
    }

    @Test
    void nothing_is_held_on_the_path_of_what_is_unknown() {
        Sample sample = large(12);
        PolicyTable table = sample.policy().table();
        Target known = Target.chat("c3");
        assertThat(onPath(table, "u0", known)).isNotEmpty();
        for (Target target : List.of(
                Target.team("nowhere"),
                Target.chat("nowhere"),
                Target.chat("nowhere").inTeam("t7"),
                known.inTeam("t8"),
                known.inTeam("nowhere"),
                known.inAccount())) {
            assertThat(onPath(table, "everywhere", target))
                    .as(target.toString())
                    .isEmpty();
            assertThat(table.anyOnPath("everywhere", target, (set, word) -> set != 0 ? 1 : 0, 0))
                    .isFalse();
        }
        assertThat(onPath(table, "everywhere", known.inTeam("t7")))
                .isEqualTo(onPath(table, "everywhere", known))
                .isNotEmpty();
        assertThat(onPath(table, "nobody", known)).isEmpty();
        assertThat(table.anyOnPath("nobody", known, (set, word) -> set != 0 ? 1 : 0, 0))
                .isFalse();
    }

    @Test
    void each_set_of_roles_has_one_number() {
        PolicyTable table = large(10).policy().table();
        List<List<Integer>> sets = IntStream.range(0, table.roleSets())
                .mapToObj(set -> IntStream.range(0, table.size(set))
                        .mapToObj(i -> table.role(set, i))
                        .toList())
                .toList();
        assertThat(sets).doesNotHaveDuplicates();
        assertThat(sets.get(0)).isEmpty();
        assertThat(sets).hasSize(8);
    }

    @Test
    void a_number_out_of_range_stands_for_nothing_else() {
        PolicyTable table = Policy.builder()
                .account("acme")
                .catalog(PermissionCatalog.empty())
                .role(role("member", Scope.ACCOUNT))
                .assign("ada", "member", Target.account())
                .build()
                .table();
        List<IntUnaryOperator> readers = List.of(
                n -> Objects.hashCode(table.userId(n)),
                n -> Objects.hashCode(table.targetOf(n)),
                n -> Objects.hashCode(table.roleOf(n)),
                n -> table.parent(n),
                n -> table.nextChild(n, -1),
                n -> table.nextTarget(n, -1),
                n -> table.nextUser(n, -1),
                n -> table.roleSet(n, 0),
                n -> table.size(n + 1),
                n -> table.role(n + 1, 0));
        for (int n : new int[] {-2, 1, 2, 511, 512, 1_024, 1 << 27, Integer.MAX_VALUE - 1}) {
            for (int i = 0; i < readers.size(); i++) {
                IntUnaryOperator reader = readers.get(i);
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .as("reader %d of number %d", i, n)
                        .isThrownBy(() -> reader.applyAsInt(n));
            }
        }
    }

    private static List<Integer> walk(IntUnaryOperator next) {
        List<Integer> ordinals = new ArrayList<>();
        for (int ordinal = next.applyAsInt(-1); ordinal >= 0; ordinal = next.applyAsInt(ordinal)) {
            ordinals.add(ordinal);
        }
        return ordinals;
    }

    private static List<Integer> ordinals(Stream<Integer> ordinals) {
        return List.copyOf(ordinals.collect(Collectors.toCollection(TreeSet::new)));
    }

    // equality

    @Test
    void two_policies_are_equal_when_all_their_parts_are() {
        PermissionCatalog catalog =
                PermissionCatalog.builder().group("user", "read").build();
        List<Policy.Builder> builders = List.of(
                plain("acme", catalog, PolicyRules.standard()),
                plain("acne", catalog, PolicyRules.standard()),
                plain(
                        "acme",
                        PermissionCatalog.builder().group("user", "read", "x").build(),
                        PolicyRules.standard()),
                plain("acme", catalog, PolicyRules.builder().nameMax(60).build()),
                plain("acme", catalog, PolicyRules.standard()).revision(1),
                plain("acme", catalog, PolicyRules.standard()).role(role("more", Scope.TEAM)),
                plain("acme", catalog, PolicyRules.standard()).team("more"),
                plain("acme", catalog, PolicyRules.standard()).chat("more"),
                plain("acme", catalog, PolicyRules.standard()).chat("more", "t"),
                plain("acme", catalog, PolicyRules.standard()).assign("eve", "member", Target.account()),
                plain("acme", catalog, PolicyRules.standard()).assign("ada", "lead", Target.team("t")));
        for (int i = 0; i < builders.size(); i++) {
            for (int j = 0; j < builders.size(); j++) {
                Policy a = builders.get(i).build();
                Policy b = builders.get(j).build();
                assertThat(a.equals(b)).as("%d, %d", i, j).isEqualTo(i == j);
                assertThat(i == j && a.hashCode() != b.hashCode()).isFalse();
            }
        }
    }

    private static Policy.Builder plain(String account, PermissionCatalog catalog, PolicyRules rules) {
        return Policy.builder()
                .account(account)
                .catalog(catalog)
                .rules(rules)
                .role(role("member", Scope.ACCOUNT))
                .role(role("lead", Scope.TEAM))
                .team("t")
                .chat("c", "t")
                .assign("ada", "member", Target.account());
    }
}
