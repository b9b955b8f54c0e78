package io.rbac.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyRules.EmptyRoles;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sentence about who may administer, in both directions. The actor is {@code ann}; what they hold is said by each
 * test. Each kind of change needs a permission of its own, {@code change:ASSIGN} and so on.
 */
class AdminGuardTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("doc", "read", "write", "share")
            .group("msg", Set.of(Scope.TEAM, Scope.CHAT), "post")
            .group("admin", "escalate", "other")
            .group("change", kinds().map(Change.Kind::name).toArray(String[]::new))
            .build();

    private static final AdminGuard GUARD = guard().build();

    private static final Target ACCOUNT = Target.account();
    private static final Target SUPPORT = Target.team("support");
    private static final Target SALES = Target.team("sales");
    /** Lies in the team support. */
    private static final Target C1 = Target.chat("c1");
    /** Lies in the account. */
    private static final Target C2 = Target.chat("c2");

    /** The kinds of change that an actor can make. */
    private static Stream<Change.Kind> kinds() {
        return Stream.of(Change.Kind.values()).filter(kind -> !kind.isHostOnly());
    }

    private static AdminGuard.Builder guard() {
        AdminGuard.Builder guard = AdminGuard.builder(CATALOG);
        kinds().forEach(kind -> guard.needs(needed(kind), kind));
        return guard;
    }

    /** A guard under which only the rights that are given away are judged. */
    private static AdminGuard.Builder freeGuard() {
        return freeExcept(null);
    }

    /** A guard that says nothing yet about one kind; all others are free. */
    private static AdminGuard.Builder freeExcept(Change.Kind leftOut) {
        return AdminGuard.builder(CATALOG)
                .free(kinds().filter(kind -> kind != leftOut).toArray(Change.Kind[]::new));
    }

    private static Permission needed(Change.Kind kind) {
        return CATALOG.permission("change:" + kind);
    }

    private static Rights rights(String... keys) {
        return CATALOG.rights(keys);
    }

    private static RoleUpdate update(String... keys) {
        return RoleUpdate.builder().rights(rights(keys)).build();
    }

    private static RoleUpdate named(String... keys) {
        return RoleUpdate.builder().name("N").rights(rights(keys)).build();
    }

    private static RoleUpdate makeDefault() {
        return RoleUpdate.builder().defaultRole(true).build();
    }

    private static Role.Builder role(String id, Scope scope, String... keys) {
        return Role.builder(id, scope).name(id).rights(rights(keys));
    }

    /** What there is apart from what ann holds; {@code change} roles hold every permission that is needed. */
    private static Policy.Builder world() {
        return world(PolicyRules.standard());
    }

    private static Policy.Builder world(PolicyRules rules) {
        Rights change = CATALOG.rightsOfGroup("change");
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(rules)
                .role(role("member", Scope.ACCOUNT, "doc:read")
                        .defaultRole(true)
                        .build())
                .role(role("teammate", Scope.TEAM, "doc:write")
                        .defaultRole(true)
                        .build())
                .role(role("guest", Scope.CHAT, "msg:post").defaultRole(true).build())
                .role(role("admin", Scope.ACCOUNT).rights(change).build())
                .role(role("team-admin", Scope.TEAM).rights(change).build())
                .role(role("chat-admin", Scope.CHAT).rights(change).build())
                .role(role("reader", Scope.ACCOUNT, "doc:read").build())
                .role(role("writer", Scope.ACCOUNT, "doc:write").build())
                .role(role("boss", Scope.ACCOUNT, "doc:write", "doc:share").build())
                .role(role("lead", Scope.TEAM, "doc:write", "doc:share").build())
                .role(role("poster", Scope.TEAM, "msg:post").build())
                .role(role("host", Scope.CHAT, "doc:share").build())
                .role(role("former", Scope.ACCOUNT, "doc:share")
                        .discardedAt(Instant.EPOCH)
                        .build())
                .role(role("team-former", Scope.TEAM, "doc:share")
                        .discardedAt(Instant.EPOCH)
                        .build())
                .role(role("owner", Scope.ACCOUNT, "doc:share")
                        .type(RoleType.SYSTEM)
                        .build())
                .role(role("old-owner", Scope.ACCOUNT, "doc:share")
                        .type(RoleType.SYSTEM)
                        .discardedAt(Instant.EPOCH)
                        .build())
                .role(role("escalator", Scope.ACCOUNT, "admin:escalate").build())
                .role(role("team-escalator", Scope.TEAM, "admin:escalate").build())
                .role(role("chat-escalator", Scope.CHAT, "admin:escalate").build())
                .team("support")
                .team("sales")
                .chat("c1", "support")
                .chat("c2");
    }

    /** Every refusal as {@code CODE path value}; the value of a {@code FORBIDDEN} is left out. */
    private static List<String> refusals(AdminGuard guard, Policy.Builder world, String actor, Change... changes) {
        return refused(guard, world.build(), actor, changes).stream()
                .map(v -> v.code() + " " + v.path()
                        + (v.code() == Violation.Code.FORBIDDEN
                                ? ""
                                : " " + v.value().orElseThrow()))
                .toList();
    }

    private static List<Violation> refused(AdminGuard guard, Policy policy, String actor, Change... changes) {
        try {
            guard.check(PermissionMatrix.compile(policy), actor, List.of(changes));
            return List.of();
        } catch (PolicyViolationException e) {
            return e.violations();
        }
    }

    /** Ann holds every permission that is needed, at the account, and what was added to the world. */
    private static List<String> refusals(Policy.Builder world, Change... changes) {
        return refusals(GUARD, asAdmin(world), "ann", changes);
    }

    private static Policy.Builder asAdmin(Policy.Builder world) {
        boolean isAdmin = world.build().rolesOf("ann", ACCOUNT).stream()
                .anyMatch(role -> role.id().equals("admin"));
        return isAdmin ? world : world.assign("ann", "admin", ACCOUNT);
    }

    @Nested
    class What_a_guard_is_made_of {

        @Test
        void every_kind_of_change_that_is_left_out_is_named() {
            AdminGuard.Builder none = AdminGuard.builder(CATALOG);

            assertThatIllegalArgumentException()
                    .isThrownBy(none::build)
                    .withMessage("no permission is given for "
                            + String.join(
                                    ", ", kinds().map(kind -> "`" + kind + '`').toList())
                            + ": expected `needs` or `free` for every kind of change");
        }

        @ParameterizedTest
        @MethodSource("io.rbac.guard.AdminGuardTest#kinds")
        void a_single_kind_that_is_left_out_is_refused(Change.Kind leftOut) {
            AdminGuard.Builder guard = freeExcept(leftOut);

            assertThatIllegalArgumentException()
                    .isThrownBy(guard::build)
                    .withMessage("no permission is given for `" + leftOut
                            + "`: expected `needs` or `free` for every kind of change");
        }

        @Test
        void a_kind_is_named_once() {
            Permission read = CATALOG.permission("doc:read");
            List<Consumer<AdminGuard.Builder>> again = List.of(
                    guard -> guard.free(Change.Kind.ASSIGN),
                    guard -> guard.needs(read, Change.Kind.ASSIGN),
                    guard -> guard.needsAny(List.of(read), Change.Kind.ASSIGN),
                    guard -> guard.needsAt(Scope.TEAM, read, Change.Kind.ASSIGN),
                    guard -> guard.needsAnyAt(Scope.TEAM, List.of(read), Change.Kind.ASSIGN),
                    guard -> guard.freeAt(Scope.TEAM, Change.Kind.ASSIGN));
            for (Consumer<AdminGuard.Builder> naming : again) {
                AdminGuard.Builder guard = guard();
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> naming.accept(guard))
                        .withMessage("`ASSIGN` is given twice: expected each kind of change once");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AdminGuard.builder(CATALOG)
                            .needs(read, Change.Kind.ASSIGN, Change.Kind.CONNECT, Change.Kind.ASSIGN))
                    .withMessage("`ASSIGN` is given twice: expected each kind of change once");
        }

        @Test
        void a_kind_is_named_once_for_each_scope() {
            AdminGuard.Builder guard = AdminGuard.builder(CATALOG)
                    .needsAt(Scope.TEAM, CATALOG.permission("doc:read"), Change.Kind.ASSIGN)
                    .needsAt(Scope.CHAT, CATALOG.permission("doc:read"), Change.Kind.ASSIGN);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guard.freeAt(Scope.TEAM, Change.Kind.ASSIGN))
                    .withMessage("`ASSIGN` is given twice: expected each kind of change once");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guard.needs(CATALOG.permission("doc:read"), Change.Kind.ASSIGN))
                    .withMessage("`ASSIGN` is given twice: expected each kind of change once");
        }

        /** What each group stands for, in the words of the builder. */
        private static final Map<BiFunction<AdminGuard.Builder, Permission, AdminGuard.Builder>, Set<Change.Kind>>
                GROUPS = Map.of(
                        AdminGuard.Builder::needsForRoles,
                        EnumSet.of(
                                Change.Kind.CREATE_ROLE,
                                Change.Kind.UPDATE_ROLE,
                                Change.Kind.DELETE_ROLE,
                                Change.Kind.RESTORE_ROLE),
                        AdminGuard.Builder::needsForMemberships,
                        EnumSet.of(
                                Change.Kind.ASSIGN,
                                Change.Kind.UNASSIGN,
                                Change.Kind.CONNECT,
                                Change.Kind.SET_ROLES,
                                Change.Kind.SET_USERS,
                                Change.Kind.ASSIGN_TO_ALL,
                                Change.Kind.REMOVE_USER),
                        AdminGuard.Builder::needsForTargets,
                        EnumSet.of(Change.Kind.ADD_TARGET, Change.Kind.MOVE_TARGET, Change.Kind.REMOVE_TARGET));

        @Test
        void a_group_stands_for_its_kinds_and_the_groups_for_all() {
            Permission read = CATALOG.permission("doc:read");
            GROUPS.forEach((group, kinds) -> {
                AdminGuard.Builder rest = AdminGuard.builder(CATALOG)
                        .free(kinds().filter(kind -> !kinds.contains(kind)).toArray(Change.Kind[]::new));
                AdminGuard.Builder one = AdminGuard.builder(CATALOG)
                        .free(kinds().filter(kind -> !kinds.contains(kind)).toArray(Change.Kind[]::new))
                        .needs(read, kinds.toArray(Change.Kind[]::new));
                assertThat(group.apply(rest, read).build()).isEqualTo(one.build());
            });
            AdminGuard all = AdminGuard.builder(CATALOG)
                    .needsForRoles(read)
                    .needsForMemberships(read)
                    .needsForTargets(read)
                    .build();
            assertThat(all)
                    .isEqualTo(AdminGuard.builder(CATALOG)
                            .needs(read, kinds().toArray(Change.Kind[]::new))
                            .build());
            assertThat(GROUPS.values().stream().flatMap(Set::stream))
                    .containsExactlyInAnyOrderElementsOf(kinds().toList());
        }

        @Test
        void a_group_is_named_once() {
            Permission read = CATALOG.permission("doc:read");
            Permission write = CATALOG.permission("doc:write");
            GROUPS.forEach((group, kinds) -> {
                AdminGuard.Builder guard = group.apply(AdminGuard.builder(CATALOG), read);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> group.apply(guard, write))
                        .withMessage(
                                "`" + kinds.iterator().next() + "` is given twice: expected each kind of change once");
            });
        }

        /** What is said of a kind by itself. */
        private static Stream<UnaryOperator<AdminGuard.Builder>> sayings() {
            Permission share = CATALOG.permission("doc:share");
            Permission other = CATALOG.permission("admin:other");
            return Stream.of(
                    guard -> guard.free(Change.Kind.ASSIGN),
                    guard -> guard.needs(share, Change.Kind.ASSIGN),
                    guard -> guard.needsAny(List.of(share, other), Change.Kind.ASSIGN),
                    guard -> guard.needsAt(Scope.ACCOUNT, share, Change.Kind.ASSIGN)
                            .needsAnyAt(Scope.TEAM, List.of(share, other), Change.Kind.ASSIGN)
                            .freeAt(Scope.CHAT, Change.Kind.ASSIGN));
        }

        @ParameterizedTest
        @MethodSource("sayings")
        void what_is_said_of_a_kind_takes_precedence_over_its_group_in_whichever_order(
                UnaryOperator<AdminGuard.Builder> saying) {
            Permission read = CATALOG.permission("doc:read");
            Permission write = CATALOG.permission("doc:write");
            UnaryOperator<AdminGuard.Builder> groups = guard ->
                    guard.needsForRoles(read).needsForMemberships(write).needsForTargets(read);
            AdminGuard before =
                    groups.apply(saying.apply(AdminGuard.builder(CATALOG))).build();
            AdminGuard after =
                    saying.apply(groups.apply(AdminGuard.builder(CATALOG))).build();
            AdminGuard byKind = saying.apply(AdminGuard.builder(CATALOG))
                    .needs(
                            read,
                            kinds().filter(kind -> kind.name().matches(".*_(ROLE|TARGET)"))
                                    .toArray(Change.Kind[]::new))
                    .needs(
                            write,
                            Change.Kind.UNASSIGN,
                            Change.Kind.CONNECT,
                            Change.Kind.SET_ROLES,
                            Change.Kind.SET_USERS,
                            Change.Kind.ASSIGN_TO_ALL,
                            Change.Kind.REMOVE_USER)
                    .build();

            assertThat(before).isEqualTo(byKind).hasToString(byKind.toString());
            assertThat(after).isEqualTo(byKind).hasToString(byKind.toString());
            assertThatIllegalArgumentException()
                    .as("twice, though a group was named between")
                    .isThrownBy(() -> saying.apply(groups.apply(saying.apply(AdminGuard.builder(CATALOG)))))
                    .withMessage("`ASSIGN` is given twice: expected each kind of change once");
        }

        @Test
        void a_group_holds_at_the_scopes_for_which_nothing_is_said_of_a_kind() {
            AdminGuard guard = AdminGuard.builder(CATALOG)
                    .freeAt(Scope.CHAT, Change.Kind.UNASSIGN)
                    .needsForMemberships(CATALOG.permission("doc:read"))
                    .needsAt(Scope.TEAM, CATALOG.permission("doc:write"), Change.Kind.UNASSIGN)
                    .needsForRoles(CATALOG.permission("doc:read"))
                    .needsForTargets(CATALOG.permission("doc:read"))
                    .build();

            assertThat(guard.toString())
                    .contains(
                            "UNASSIGN={account=[doc:read], team=[doc:write], chat=[]}",
                            " ASSIGN=[doc:read] ",
                            " ADD_TARGET=[doc:read] ");
            assertThat(refusals(guard, world(), "ann", Change.unassign("max", "host", C1)))
                    .isEmpty();
            assertThat(refusals(
                            guard,
                            world().assign("ann", "reader", ACCOUNT),
                            "ann",
                            Change.unassign("max", "lead", SUPPORT),
                            Change.unassign("max", "boss", ACCOUNT)))
                    .containsExactly("FORBIDDEN /changes/0");
        }

        @Test
        void a_kind_that_is_named_for_some_scopes_only_is_refused() {
            AdminGuard.Builder guard = freeExcept(Change.Kind.ASSIGN)
                    .needsAt(Scope.ACCOUNT, CATALOG.permission("doc:read"), Change.Kind.ASSIGN)
                    .needsAt(Scope.CHAT, CATALOG.permission("doc:read"), Change.Kind.ASSIGN);

            assertThatIllegalArgumentException()
                    .isThrownBy(guard::build)
                    .withMessage(
                            "no permission is given for `ASSIGN`: expected `needs` or `free` for every kind of change");
        }

        @Test
        void a_kind_may_be_free_at_places_of_a_scope() {
            AdminGuard guard = freeExcept(Change.Kind.UNASSIGN)
                    .needsAt(Scope.ACCOUNT, CATALOG.permission("doc:read"), Change.Kind.UNASSIGN)
                    .freeAt(Scope.TEAM, Change.Kind.UNASSIGN)
                    .freeAt(Scope.CHAT, Change.Kind.UNASSIGN)
                    .build();

            assertThat(refusals(guard, world(), "ann", Change.unassign("max", "lead", SUPPORT)))
                    .isEmpty();
            assertThat(refusals(guard, world(), "ann", Change.unassign("max", "reader", ACCOUNT)))
                    .containsExactly("FORBIDDEN /changes/0");
        }

        @Test
        void what_is_needed_may_differ_by_the_scope_of_the_place() {
            AdminGuard guard = freeExcept(Change.Kind.SET_ROLES)
                    .refusesEscalation(false)
                    .needsAt(Scope.ACCOUNT, CATALOG.permission("doc:read"), Change.Kind.SET_ROLES)
                    .needsAt(Scope.TEAM, CATALOG.permission("doc:write"), Change.Kind.SET_ROLES)
                    .needsAt(Scope.CHAT, CATALOG.permission("doc:share"), Change.Kind.SET_ROLES)
                    .build();

            for (Target place : List.of(ACCOUNT, SUPPORT, C1, C2)) {
                Change change = Change.setRoles("max", place, List.of());
                assertThat(refusals(guard, world().assign("ann", "reader", ACCOUNT), "ann", change)
                                .isEmpty())
                        .isEqualTo(place.scope().equals(Scope.ACCOUNT));
                assertThat(refusals(guard, world().assign("ann", "writer", ACCOUNT), "ann", change)
                                .isEmpty())
                        .isEqualTo(place.scope().equals(Scope.TEAM));
                assertThat(refusals(guard, world().assign("ann", "host", C1), "ann", change)
                                .isEmpty())
                        .isEqualTo(place.equals(C1));
            }
            assertThat(refused(guard, world().build(), "ann", Change.setRoles("max", SUPPORT, List.of())))
                    .extracting(Violation::message)
                    .containsExactly("actor `ann` may not do this at `team/support`: expected `doc:write` there");
            assertThat(refusals(
                            guard,
                            world().assign("ann", "writer", ACCOUNT),
                            "ann",
                            Change.addTeam("new"),
                            Change.setRoles("max", Target.team("new"), List.of())))
                    .as("at a place that the batch adds the permission for its kind is needed where the actor has it")
                    .isEmpty();
            assertThat(guard.toString())
                    .contains("SET_ROLES={account=[doc:read], team=[doc:write], chat=[doc:share]}", "ASSIGN=free");
        }

        @Test
        void a_needed_permission_is_named() {
            String message = "no permission is given: expected at least one, or `free` for a kind of change that needs"
                    + " none";
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AdminGuard.builder(CATALOG).needsAny(List.of(), Change.Kind.ASSIGN))
                    .withMessage(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AdminGuard.builder(CATALOG).needsAnyAt(Scope.TEAM, List.of(), Change.Kind.ASSIGN))
                    .withMessage(message);
        }

        @Test
        void what_is_for_the_host_alone_has_no_entry() {
            Permission read = CATALOG.permission("doc:read");
            List<BiConsumer<AdminGuard.Builder, Change.Kind>> namings = List.of(
                    AdminGuard.Builder::free,
                    (guard, kind) -> guard.freeAt(Scope.ACCOUNT, kind),
                    (guard, kind) -> guard.needs(read, kind),
                    (guard, kind) -> guard.needsAt(Scope.ACCOUNT, read, kind),
                    (guard, kind) -> guard.needsAny(List.of(read), kind),
                    (guard, kind) -> guard.needsAnyAt(Scope.ACCOUNT, List.of(read), kind));
            for (Change.Kind kind : List.of(Change.Kind.PURGE_ROLE, Change.Kind.PUT_SYSTEM_ROLE)) {
                for (BiConsumer<AdminGuard.Builder, Change.Kind> naming : namings) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> naming.accept(AdminGuard.builder(CATALOG), kind))
                            .withMessage("`" + kind + "` is for the host alone: expected one of "
                                    + String.join(
                                            ", ",
                                            kinds().map(each -> "`" + each + '`')
                                                    .toList()));
                }
            }
            assertThat(Stream.of(Change.Kind.values()).filter(Change.Kind::isHostOnly))
                    .containsExactly(Change.Kind.PURGE_ROLE, Change.Kind.PUT_SYSTEM_ROLE);
        }

        @Test
        void permissions_are_of_the_catalog() {
            Permission foreign =
                    PermissionCatalog.builder().group("doc", "burn").build().permission("doc:burn");
            AdminGuard.Builder guard = AdminGuard.builder(CATALOG);
            List<Runnable> namings = List.of(
                    () -> guard.needs(foreign, Change.Kind.ASSIGN),
                    () -> guard.needsAt(Scope.TEAM, foreign, Change.Kind.ASSIGN),
                    () -> guard.needsAny(List.of(CATALOG.permission("doc:read"), foreign), Change.Kind.ASSIGN),
                    () -> guard.needsAnyAt(Scope.TEAM, List.of(foreign), Change.Kind.ASSIGN),
                    () -> guard.needsForRoles(foreign),
                    () -> guard.needsForMemberships(foreign),
                    () -> guard.needsForTargets(foreign),
                    () -> guard.escalation(foreign));

            for (Runnable naming : namings) {
                assertThatThrownBy(naming::run)
                        .isInstanceOf(PolicyViolationException.class)
                        .hasMessageContaining("`doc:burn` is not a permission of the catalog");
            }
        }

        @Test
        void permissions_of_an_equal_catalog_stand_for_their_keys() {
            PermissionCatalog copy = PermissionCatalog.builder()
                    .group("change", "ASSIGN")
                    .group("doc", "write")
                    .build();
            AdminGuard.Builder guard =
                    freeExcept(Change.Kind.ASSIGN).needs(copy.permission("change:ASSIGN"), Change.Kind.ASSIGN);

            assertThat(refusals(guard.build(), world(), "ann", Change.assign("eve", "admin", ACCOUNT)))
                    .hasSize(2)
                    .first()
                    .isEqualTo("FORBIDDEN /changes/0");
            Rights foreign = copy.rights("doc:write");
            assertThat(refusals(
                            world(),
                            Change.updateRole(
                                    "reader",
                                    RoleUpdate.builder().rights(foreign).build())))
                    .containsExactly("ESCALATION /changes/0 doc:write");
        }

        @Test
        @Tag("B94")
        void nothing_may_be_null() {
            AdminGuard.Builder guard = AdminGuard.builder(CATALOG);
            Permission read = CATALOG.permission("doc:read");
            PermissionMatrix matrix = PermissionMatrix.compile(world().build());
            List<Change> none = List.of();
            List<Runnable> calls = List.of(
                    () -> AdminGuard.builder(null),
                    () -> guard.needs(null, Change.Kind.ASSIGN),
                    () -> guard.needs(read, (Change.Kind) null),
                    () -> guard.needsAt(null, read, Change.Kind.ASSIGN),
                    () -> guard.needsAt(Scope.TEAM, null, Change.Kind.ASSIGN),
                    () -> guard.needsAny(null, Change.Kind.ASSIGN),
                    () -> guard.needsAny(Arrays.asList(read, null), Change.Kind.ASSIGN),
                    () -> guard.needsAnyAt(null, List.of(read), Change.Kind.ASSIGN),
                    () -> guard.free((Change.Kind) null),
                    () -> guard.freeAt(null, Change.Kind.ASSIGN),
                    () -> guard.needsForRoles(null),
                    () -> guard.needsForMemberships(null),
                    () -> guard.needsForTargets(null),
                    () -> guard.escalation(null),
                    () -> GUARD.check(null, "ann", none),
                    () -> GUARD.check(matrix, null, none),
                    () -> GUARD.check(matrix, "ann", null),
                    () -> GUARD.check(matrix, "ann", Arrays.asList((Change) null)),
                    () -> GUARD.check(matrix, null, CATALOG.allRights(), none),
                    () -> GUARD.check(matrix, "ann", null, none),
                    () -> GUARD.checkAccount(null, CATALOG.allRights(), none),
                    () -> GUARD.checkAccount(matrix, null, none),
                    () -> GUARD.checkAccount(matrix, CATALOG.allRights(), null));

            for (int i = 0; i < calls.size(); i++) {
                assertThatNullPointerException().as("call %d", i).isThrownBy(calls.get(i)::run);
            }
        }

        @Test
        void scopes_are_those_of_the_catalog() {
            PermissionCatalog folders = PermissionCatalog.builder()
                    .scopes(ScopeTree.builder()
                            .scope("org")
                            .nestingScope("folder")
                            .build())
                    .group("doc", "read")
                    .build();
            AdminGuard guard = AdminGuard.builder(folders)
                    .free(kinds().toArray(Change.Kind[]::new))
                    .build();
            PermissionMatrix matrix = PermissionMatrix.compile(world().build());

            guard.requireScopes(folders);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guard.check(matrix, "ann", List.of()))
                    .withMessage("the guard has the scopes org > folder > folder, the catalog account > team > chat:"
                            + " expected the same");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guard.check(matrix, "ann", CATALOG.allRights(), List.of()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guard.checkAccount(matrix, CATALOG.allRights(), List.of()));
            assertThatIllegalArgumentException().isThrownBy(() -> GUARD.requireScopes(folders));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AdminGuard.builder(folders).freeAt(Scope.TEAM, Change.Kind.ASSIGN))
                    .withMessage("`team` is not a scope of the catalog: expected one of [org, folder]");
            assertThat(AdminGuard.builder(PermissionCatalog.builder()
                                    .scopes(ScopeTree.builder().scope("org").build())
                                    .build())
                            .free(kinds().toArray(Change.Kind[]::new))
                            .build())
                    .isNotEqualTo(guard);
        }

        @Test
        void guards_are_equal_when_they_judge_alike() {
            assertThat(guard().build()).isEqualTo(GUARD).hasSameHashCodeAs(GUARD);
            assertThat(GUARD)
                    .isNotEqualTo(freeGuard().build())
                    .isNotEqualTo(guard().refusesEscalation(false).build())
                    .isNotEqualTo(guard().escalation(CATALOG.permission("admin:escalate"))
                            .build())
                    .isNotEqualTo(null);
        }

        @Test
        void its_text_says_what_is_needed() {
            assertThat(GUARD.toString())
                    .startsWith("AdminGuard CREATE_ROLE=[change:CREATE_ROLE] UPDATE_ROLE=[change:UPDATE_ROLE] ")
                    .doesNotContain("away");
            assertThat(freeGuard().refusesEscalation(false).build().toString())
                    .startsWith("AdminGuard CREATE_ROLE=free UPDATE_ROLE=free ")
                    .endsWith(", anything may be given away");
            assertThat(guard().escalation(CATALOG.permission("admin:escalate"))
                            .build()
                            .toString())
                    .endsWith(", anything may be given away with admin:escalate");
        }
    }

    /** One change of each kind, and the places where its permission is looked for. None gives anything away. */
    private static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(Change.createRole("new", Scope.TEAM, named()), Set.of(ACCOUNT)),
                Arguments.of(Change.updateRole("lead", update()), Set.of(ACCOUNT)),
                Arguments.of(Change.deleteRole("lead"), Set.of(ACCOUNT)),
                Arguments.of(Change.restoreRole("lead"), Set.of(ACCOUNT)),
                Arguments.of(Change.assign("max", "writer", ACCOUNT), Set.of(ACCOUNT)),
                Arguments.of(Change.assign("max", "lead", SUPPORT), Set.of(SUPPORT)),
                Arguments.of(Change.assign("max", "host", C1), Set.of(C1)),
                Arguments.of(Change.unassign("max", "writer", ACCOUNT), Set.of(ACCOUNT)),
                Arguments.of(Change.unassign("max", "lead", SUPPORT), Set.of(SUPPORT)),
                Arguments.of(Change.unassign("max", "host", C1), Set.of(C1)),
                Arguments.of(Change.connect("max", ACCOUNT), Set.of(ACCOUNT)),
                Arguments.of(Change.connect("max", SUPPORT), Set.of(SUPPORT)),
                Arguments.of(Change.connect("max", C1), Set.of(C1)),
                Arguments.of(Change.setRoles("max", SUPPORT, List.of("lead")), Set.of(SUPPORT)),
                Arguments.of(Change.setRoles("max", C1, List.of("host")), Set.of(C1)),
                Arguments.of(Change.setUsers("lead", SUPPORT, List.of("max")), Set.of(SUPPORT)),
                Arguments.of(Change.setUsers("host", C1, List.of("max")), Set.of(C1)),
                Arguments.of(Change.assignToAll("nothing"), Set.of(ACCOUNT)),
                Arguments.of(Change.removeUser("max"), Set.of(ACCOUNT)),
                Arguments.of(Change.addTeam("new"), Set.of(ACCOUNT)),
                Arguments.of(Change.removeTeam("support"), Set.of(ACCOUNT)),
                Arguments.of(Change.addChat("new"), Set.of(ACCOUNT)),
                Arguments.of(Change.addChat("new", "support"), Set.of(SUPPORT)),
                Arguments.of(Change.moveChat("c1"), Set.of(SUPPORT, ACCOUNT)),
                Arguments.of(Change.moveChat("c2", "support"), Set.of(SUPPORT, ACCOUNT)),
                Arguments.of(Change.moveChat("c1", "sales"), Set.of(SUPPORT, SALES)),
                Arguments.of(Change.moveChat("c1", "support"), Set.of(SUPPORT)),
                Arguments.of(Change.removeChat("c1"), Set.of(SUPPORT)),
                Arguments.of(Change.removeChat("c2"), Set.of(ACCOUNT)));
    }

    /** Ann holds one permission at each of these places, and max what the changes of {@link #places} give. */
    private static Policy.Builder holding(String permission, Iterable<Target> places) {
        Policy.Builder world = world().role(role("nothing", Scope.ACCOUNT).build())
                .role(role("one", Scope.ACCOUNT, permission).build())
                .role(role("team-one", Scope.TEAM, permission).build())
                .role(role("chat-one", Scope.CHAT, permission).build())
                .assign("max", "writer", ACCOUNT)
                .assign("max", "lead", SUPPORT)
                .assign("max", "host", C1)
                .assign("max", "host", C2);
        for (Target place : places) {
            world.assign(
                    "ann",
                    List.of("one", "team-one", "chat-one").get(place.scope().level()),
                    place);
        }
        return world;
    }

    private static Policy.Builder holding(String permission, Target... places) {
        return holding(permission, List.of(places));
    }

    @Nested
    class The_needed_permission {

        @ParameterizedTest
        @MethodSource("io.rbac.guard.AdminGuardTest#places")
        void is_enough_at_the_place_that_the_change_touches(Change change, Set<Target> places) {
            String key = needed(change.kind()).key();
            Policy.Builder world = holding(key, places);
            Set<Target> besides = new LinkedHashSet<>(List.of(ACCOUNT, SUPPORT, SALES, C1, C2));
            besides.removeAll(places);

            assertThat(refusals(GUARD, world, "ann", change)).isEmpty();
            assertThat(besides).isNotEmpty();
        }

        @ParameterizedTest
        @MethodSource("io.rbac.guard.AdminGuardTest#places")
        void is_needed_at_each_of_these_places(Change change, Set<Target> places) {
            String key = needed(change.kind()).key();
            for (Target lacked : places) {
                Set<Target> held = new LinkedHashSet<>(List.of(ACCOUNT, SUPPORT, SALES, C1, C2));
                held.removeIf(place -> covers(place, lacked));

                Stream<Target> all =
                        places.stream().filter(place -> held.stream().noneMatch(h -> covers(h, place)));
                assertThat(refused(GUARD, holding(key, held).build(), "ann", change))
                        .as("%s without %s", change, lacked)
                        .extracting(Violation::toString)
                        .containsExactlyInAnyOrderElementsOf(
                                all.map(place -> "FORBIDDEN at /changes/0: actor `ann` may not do this at `" + place
                                                + "`: expected `" + key + "` there")
                                        .toList());
            }
        }

        /** Whether a permission held at a place holds at another. */
        private static boolean covers(Target place, Target other) {
            return place.equals(other) || place.equals(ACCOUNT) || (place.equals(SUPPORT) && other.equals(C1));
        }

        @ParameterizedTest
        @MethodSource("io.rbac.guard.AdminGuardTest#places")
        void is_another_one_for_each_kind(Change change, Set<Target> places) {
            String key = needed(change.kind()).key();
            Rights others = CATALOG.rightsOfGroup("change").minus(rights(key));
            Policy.Builder world = holding(key, List.of())
                    .role(role("others", Scope.ACCOUNT).rights(others).build())
                    .assign("ann", "others", ACCOUNT);

            assertThat(refusals(GUARD, world, "ann", change))
                    .hasSize(places.size())
                    .containsOnly("FORBIDDEN /changes/0");
        }

        @ParameterizedTest
        @MethodSource("io.rbac.guard.AdminGuardTest#places")
        @Tag("B94")
        void is_lacked_by_an_actor_whom_the_account_does_not_know(Change change, Set<Target> places) {
            Policy.Builder world = holding(needed(change.kind()).key(), ACCOUNT);

            assertThat(refusals(GUARD, world, "nobody", change))
                    .filteredOn("FORBIDDEN /changes/0"::equals)
                    .hasSize(places.size());
        }

        @ParameterizedTest
        @MethodSource("io.rbac.guard.AdminGuardTest#places")
        void is_not_needed_where_the_guard_says_that_none_is(Change change, Set<Target> places) {
            Policy.Builder world = holding("admin:other", List.of());

            assertThat(refusals(freeGuard().build(), world, "nobody", change)).isEmpty();
        }

        @Test
        void every_kind_is_tried_above() {
            assertThat(places().map(row -> ((Change) row.get()[0]).kind()))
                    .containsAll(kinds().toList())
                    .noneMatch(Change.Kind::isHostOnly);
        }

        @Test
        void is_one_of_several() {
            Permission invite = CATALOG.permission("change:ASSIGN");
            Permission change = CATALOG.permission("change:SET_ROLES");
            AdminGuard guard = freeExcept(Change.Kind.ASSIGN)
                    .needsAny(List.of(invite, change), Change.Kind.ASSIGN)
                    .build();
            Change assign = Change.assign("max", "host", C1);

            assertThat(refusals(guard, holding("change:ASSIGN", SUPPORT), "ann", assign))
                    .isEmpty();
            assertThat(refusals(guard, holding("change:SET_ROLES", C1), "ann", assign))
                    .isEmpty();
            assertThat(refused(guard, holding("change:CONNECT", ACCOUNT).build(), "ann", assign))
                    .extracting(Violation::message)
                    .containsExactly("actor `ann` may not do this at `chat/c1`: expected `change:ASSIGN` or"
                            + " `change:SET_ROLES` there");
        }

        @Test
        void is_needed_for_what_is_there_already_too() {
            Policy.Builder world = holding("admin:other", ACCOUNT);

            assertThat(refusals(GUARD, world, "ann", Change.assign("max", "writer", ACCOUNT)))
                    .containsExactly("FORBIDDEN /changes/0");
        }

        @Test
        void is_not_won_by_a_removed_role_or_a_discarded_one() {
            Policy.Builder world = world().role(role("was-admin", Scope.ACCOUNT)
                            .rights(CATALOG.rightsOfGroup("change"))
                            .discardedAt(Instant.EPOCH)
                            .build())
                    .assign("ann", "was-admin", ACCOUNT);

            assertThat(refusals(GUARD, world, "ann", Change.addTeam("new"))).containsExactly("FORBIDDEN /changes/0");
        }

        @Test
        void is_asked_for_at_the_account_where_the_place_is_unknown() {
            Change[] changes = {
                Change.unassign("max", "lead", Target.team("nowhere")),
                Change.unassign("max", "host", Target.chat("nowhere")),
                Change.addChat("new", "nowhere"),
                Change.removeChat("nowhere"),
                Change.moveChat("nowhere", "nowhere-too")
            };

            assertThat(refusals(world(), changes)).isEmpty();
            assertThat(refusals(GUARD, world().assign("ann", "team-admin", SUPPORT), "ann", changes))
                    .containsExactly(
                            "FORBIDDEN /changes/0",
                            "FORBIDDEN /changes/1",
                            "FORBIDDEN /changes/2",
                            "FORBIDDEN /changes/3",
                            "FORBIDDEN /changes/4",
                            "FORBIDDEN /changes/4");
        }

        @Test
        void is_the_same_for_every_change_of_a_batch() {
            Policy.Builder world = world().assign("ann", "team-admin", SUPPORT);

            assertThat(refusals(
                            GUARD,
                            world,
                            "ann",
                            Change.addChat("x", "support"),
                            Change.addChat("y", "sales"),
                            Change.removeChat("c1"),
                            Change.removeChat("c2")))
                    .containsExactly("FORBIDDEN /changes/1", "FORBIDDEN /changes/3");
        }
    }

    @Nested
    @Tag("P68")
    class The_rights_of_a_role {

        @Test
        void may_be_given_to_a_new_role_as_far_as_the_actor_holds_them_at_the_account() {
            Change create = Change.createRole("new", Scope.TEAM, named("doc:write", "doc:share", "doc:read"));

            assertThat(refusals(world().assign("ann", "writer", ACCOUNT), create))
                    .containsExactly("ESCALATION /changes/0 doc:read, doc:share");
            assertThat(refusals(
                            world().assign("ann", "boss", ACCOUNT).assign("ann", "reader", ACCOUNT),
                            create,
                            Change.createRole("other", Scope.CHAT, named("doc:share"))))
                    .isEmpty();
        }

        @Test
        void may_be_none_for_anybody() {
            assertThat(refusals(world(), Change.createRole("new", Scope.ACCOUNT, named())))
                    .isEmpty();
            assertThat(refusals(
                            world(),
                            Change.createRole(
                                    Scope.ACCOUNT,
                                    RoleUpdate.builder().name("N").build())))
                    .isEmpty();
        }

        @Test
        void are_judged_at_the_account_whatever_the_actor_holds_in_a_team() {
            Policy.Builder world = world().assign("ann", "lead", SUPPORT).assign("ann", "host", C1);

            assertThat(refusals(
                            world,
                            Change.createRole("new", Scope.TEAM, named("doc:write")),
                            Change.updateRole("poster", update("doc:share"))))
                    .containsExactly("ESCALATION /changes/0 doc:write", "ESCALATION /changes/1 doc:share");
        }

        @Test
        @Tag("B88")
        void are_judged_as_far_as_an_update_adds_to_them() {
            Policy.Builder world = world().assign("ann", "reader", ACCOUNT);

            assertThat(refusals(world, Change.updateRole("writer", update("doc:write", "doc:read"))))
                    .isEmpty();
            assertThat(refusals(world, Change.updateRole("writer", update("doc:write", "doc:read", "doc:share"))))
                    .containsExactly("ESCALATION /changes/0 doc:share");
            assertThat(refusals(world, Change.updateRole("boss", update("doc:share"))))
                    .isEmpty();
            assertThat(refusals(world, Change.updateRole("boss", update()))).isEmpty();
            assertThat(refusals(
                            world,
                            Change.updateRole(
                                    "boss", RoleUpdate.builder().name("X").build())))
                    .isEmpty();
        }

        @Test
        @Tag("B89")
        void cannot_be_widened_by_who_holds_the_role() {
            assertThat(refusals(
                            world().assign("ann", "writer", ACCOUNT),
                            Change.updateRole("writer", update("doc:write", "doc:share"))))
                    .containsExactly("ESCALATION /changes/0 doc:share");
        }

        @Test
        @Tag("B91")
        void are_all_judged_when_it_is_restored() {
            assertThat(refusals(world(), Change.restoreRole("former")))
                    .containsExactly("ESCALATION /changes/0 doc:share");
            assertThat(refusals(world().assign("ann", "lead", SUPPORT), Change.restoreRole("team-former")))
                    .containsExactly("ESCALATION /changes/0 doc:share");
            assertThat(refusals(
                            world().assign("ann", "boss", ACCOUNT),
                            Change.restoreRole("former"),
                            Change.restoreRole("team-former")))
                    .isEmpty();
        }

        @Test
        void are_not_judged_when_an_active_role_is_restored() {
            assertThat(refusals(world(), Change.restoreRole("boss"))).isEmpty();
        }

        @Test
        void are_all_judged_when_it_is_made_default() {
            assertThat(refusals(world().assign("ann", "writer", ACCOUNT), Change.updateRole("boss", makeDefault())))
                    .containsExactly("ESCALATION /changes/0 doc:share");
            assertThat(refusals(world().assign("ann", "lead", SUPPORT), Change.updateRole("lead", makeDefault())))
                    .containsExactly("ESCALATION /changes/0 doc:write, doc:share");
            assertThat(refusals(world().assign("ann", "boss", ACCOUNT), Change.updateRole("lead", makeDefault())))
                    .isEmpty();
        }

        @Test
        void are_judged_as_they_become_when_it_is_made_default() {
            RoleUpdate smaller = RoleUpdate.builder()
                    .defaultRole(true)
                    .rights(rights("doc:write"))
                    .build();
            RoleUpdate larger = RoleUpdate.builder()
                    .defaultRole(true)
                    .rights(CATALOG.rightsOfGroup("doc"))
                    .build();
            Policy.Builder world = world().assign("ann", "writer", ACCOUNT);

            assertThat(refusals(world, Change.updateRole("boss", smaller))).isEmpty();
            assertThat(refusals(world, Change.updateRole("boss", larger)))
                    .containsExactly("ESCALATION /changes/0 doc:read, doc:share");
        }

        @Test
        void are_not_judged_when_it_stays_default_or_ceases_to_be() {
            RoleUpdate noDefault = RoleUpdate.builder().defaultRole(false).build();

            assertThat(refusals(
                            world(),
                            Change.updateRole("teammate", makeDefault()),
                            Change.updateRole("teammate", noDefault),
                            Change.updateRole("boss", noDefault),
                            Change.deleteRole("boss")))
                    .isEmpty();
        }

        @Test
        void are_judged_by_what_was_before_the_batch() {
            assertThat(refusals(
                            world(),
                            Change.updateRole("boss", update()),
                            Change.updateRole("boss", update("doc:write", "doc:share"))))
                    .isEmpty();
            assertThat(refusals(
                            world().assign("ann", "reader", ACCOUNT),
                            Change.updateRole("boss", update("doc:read")),
                            Change.updateRole("boss", update("doc:read", "doc:write"))))
                    .isEmpty();
        }

        @Test
        void stay_judged_where_it_is_made_default_without_them_and_gets_them_back() {
            RoleUpdate emptyDefault =
                    RoleUpdate.builder().defaultRole(true).rights(rights()).build();

            assertThat(refusals(
                            world(),
                            Change.updateRole("boss", emptyDefault),
                            Change.updateRole("boss", update("doc:write", "doc:share"))))
                    .containsExactly("ESCALATION /changes/1 doc:write, doc:share");
        }

        @Test
        void that_no_account_role_may_hold_need_the_escalation_permission() {
            Policy.Builder world = world().assign("ann", "poster", SUPPORT).assign("ann", "boss", ACCOUNT);
            Change create = Change.createRole("new", Scope.TEAM, named("doc:write", "msg:post"));
            AdminGuard guard =
                    guard().escalation(CATALOG.permission("admin:escalate")).build();

            assertThat(refusals(world, create)).containsExactly("ESCALATION /changes/0 msg:post");
            assertThat(refusals(guard, world, "ann", create)).containsExactly("ESCALATION /changes/0 msg:post");
            assertThat(refusals(guard, world.assign("ann", "escalator", ACCOUNT), "ann", create))
                    .isEmpty();
        }

        @Test
        void of_an_unknown_role_are_none() {
            assertThat(refusals(
                            world(),
                            Change.updateRole("nothing", makeDefault()),
                            Change.restoreRole("nothing"),
                            Change.assign("max", "nothing", ACCOUNT),
                            Change.setUsers("nothing", ACCOUNT, List.of("max")),
                            Change.assignToAll("nothing"),
                            Change.moveChat("nothing", "support")))
                    .isEmpty();
        }

        @Test
        void that_the_catalog_lacks_are_left_to_the_policy() {
            Rights foreign = PermissionCatalog.builder().group("x", "y").build().allRights();

            assertThat(refusals(
                            world(),
                            Change.updateRole(
                                    "boss", RoleUpdate.builder().rights(foreign).build())))
                    .isEmpty();
        }
    }

    @Nested
    @Tag("P69")
    class A_role_that_is_assigned {

        @Test
        void is_within_the_rights_of_the_actor_at_that_target() {
            Policy.Builder world = world().assign("ann", "teammate", SUPPORT);

            assertThat(refusals(
                            world,
                            Change.assign("max", "lead", SUPPORT),
                            Change.assign("max", "lead", SALES),
                            Change.assign("max", "teammate", SUPPORT),
                            Change.assign("max", "teammate", SALES)))
                    .containsExactly(
                            "ESCALATION /changes/0 doc:share",
                            "ESCALATION /changes/1 doc:write, doc:share",
                            "ESCALATION /changes/3 doc:write");
        }

        @Test
        void may_give_what_the_actor_holds_at_a_wider_place() {
            assertThat(refusals(
                            world().assign("ann", "boss", ACCOUNT),
                            Change.assign("max", "boss", ACCOUNT),
                            Change.assign("max", "lead", SUPPORT),
                            Change.assign("max", "host", C1),
                            Change.assign("max", "host", C2)))
                    .isEmpty();
            assertThat(refusals(
                            world().assign("ann", "lead", SUPPORT),
                            Change.assign("max", "host", C1),
                            Change.assign("max", "host", C2)))
                    .containsExactly("ESCALATION /changes/1 doc:share");
        }

        @Test
        @Tag("B90")
        void may_be_the_actors_own_or_that_of_a_colluder() {
            for (String user : List.of("ann", "eve")) {
                assertThat(refusals(world().assign("ann", "writer", ACCOUNT), Change.assign(user, "boss", ACCOUNT)))
                        .containsExactly("ESCALATION /changes/0 doc:share");
            }
        }

        @Test
        void is_judged_whole_though_the_user_has_the_rights_from_elsewhere() {
            assertThat(refusals(world().assign("max", "boss", ACCOUNT), Change.assign("max", "lead", SUPPORT)))
                    .containsExactly("ESCALATION /changes/0 doc:write, doc:share");
        }

        @Test
        void is_not_judged_where_the_user_holds_it_already() {
            Policy.Builder world = world().assign("max", "lead", SUPPORT).assign("max", "boss", ACCOUNT);

            assertThat(refusals(
                            world,
                            Change.assign("max", "lead", SUPPORT),
                            Change.setRoles("max", SUPPORT, List.of("lead")),
                            Change.setUsers("lead", SUPPORT, List.of("max")),
                            Change.setUsers("boss", ACCOUNT, List.of("max"))))
                    .isEmpty();
            assertThat(refusals(world, Change.assign("max", "lead", SALES)))
                    .containsExactly("ESCALATION /changes/0 doc:write, doc:share");
        }

        @Test
        void without_rights_is_anybodys_to_give() {
            assertThat(refusals(
                            world().role(role("title", Scope.TEAM).build()), Change.assign("max", "title", SUPPORT)))
                    .isEmpty();
        }

        @Test
        void may_be_a_system_role() {
            assertThat(refusals(world().assign("ann", "boss", ACCOUNT), Change.assign("max", "owner", ACCOUNT)))
                    .isEmpty();
            assertThat(refusals(world(), Change.assign("max", "owner", ACCOUNT)))
                    .containsExactly("ESCALATION /changes/0 doc:share");
        }

        @Test
        void by_naming_its_users_is_judged_for_those_who_gain_it() {
            Policy.Builder world = world().assign("max", "lead", SUPPORT);

            assertThat(refusals(world, Change.setUsers("lead", SUPPORT, List.of("max", "eve"))))
                    .containsExactly("ESCALATION /changes/0 doc:write, doc:share");
            assertThat(refusals(world, Change.setUsers("lead", SUPPORT, List.of("max"))))
                    .isEmpty();
            assertThat(refusals(world, Change.setUsers("lead", SUPPORT, List.of())))
                    .isEmpty();
            assertThat(refusals(
                            world.assign("ann", "lead", SUPPORT),
                            Change.setUsers("lead", SUPPORT, List.of("max", "eve"))))
                    .isEmpty();
        }

        @Test
        void to_every_user_is_judged_if_one_of_them_gains_it() {
            Policy.Builder all = world().assign("ann", "boss", ACCOUNT);
            Policy.Builder others = world().assign("max", "boss", ACCOUNT);
            Policy.Builder team = world().assign("ann", "lead", SUPPORT);

            assertThat(refusals(all, Change.assignToAll("boss"))).isEmpty();
            assertThat(refusals(others, Change.assignToAll("boss")))
                    .containsExactly("ESCALATION /changes/0 doc:write, doc:share");
            assertThat(refusals(team, Change.assignToAll("boss")))
                    .containsExactly("ESCALATION /changes/0 doc:write, doc:share");
        }

        @Test
        void to_every_user_is_not_judged_if_all_hold_it() {
            Policy.Builder world = world().assign("max", "boss", ACCOUNT);

            assertThat(refusals(freeGuard().build(), world, "nobody", Change.assignToAll("boss")))
                    .isEmpty();
            assertThat(refusals(
                            freeGuard().build(),
                            world,
                            "nobody",
                            Change.connect("max", SUPPORT),
                            Change.assignToAll("boss")))
                    .containsExactly("ESCALATION /changes/0 doc:write");
        }

        @Test
        void to_every_user_is_judged_for_those_whom_the_batch_brings() {
            Policy.Builder world =
                    world().role(role("title", Scope.TEAM).build()).assign("max", "boss", ACCOUNT);

            assertThat(refusals(
                            freeGuard().build(),
                            world,
                            "nobody",
                            Change.assign("eve", "title", SUPPORT),
                            Change.assignToAll("boss")))
                    .containsExactly("ESCALATION /changes/1 doc:write, doc:share");
        }

        @Test
        void is_taken_away_by_who_holds_the_needed_permission_alone() {
            Policy.Builder world = world().assign("max", "boss", ACCOUNT)
                    .assign("max", "lead", SUPPORT)
                    .assign("max", "host", C1);

            assertThat(refusals(
                            world,
                            Change.unassign("max", "boss", ACCOUNT),
                            Change.setRoles("max", SUPPORT, List.of("lead")),
                            Change.setUsers("host", C1, List.of()),
                            Change.updateRole("boss", update()),
                            Change.deleteRole("lead"),
                            Change.removeUser("max"),
                            Change.removeChat("c1"),
                            Change.removeTeam("support")))
                    .isEmpty();
        }
    }

    @Nested
    @Tag("P69")
    class A_user_who_is_connected {

        @Test
        void gets_default_roles_within_the_rights_of_the_actor_at_the_target() {
            Policy.Builder world = world().assign("max", "reader", ACCOUNT);

            assertThat(refusals(world, Change.connect("max", SUPPORT)))
                    .containsExactly("ESCALATION /changes/0 doc:write");
            assertThat(refusals(world.assign("ann", "teammate", SUPPORT), Change.connect("max", SUPPORT)))
                    .isEmpty();
            assertThat(refusals(world, Change.connect("max", C1))).containsExactly("ESCALATION /changes/0 msg:post");
        }

        @Test
        void gets_the_default_roles_of_the_account_within_the_rights_at_the_account() {
            Policy.Builder world = world().assign("ann", "team-admin", SUPPORT).assign("ann", "teammate", SUPPORT);

            assertThat(refusals(GUARD, world, "ann", Change.connect("eve", SUPPORT)))
                    .containsExactly("ESCALATION /changes/0 doc:read");
            assertThat(refusals(GUARD, world.assign("ann", "reader", ACCOUNT), "ann", Change.connect("eve", SUPPORT)))
                    .as("no permission is needed at the account")
                    .isEmpty();
        }

        @Test
        void lists_both_in_one_refusal() {
            assertThat(refused(
                            GUARD,
                            world().assign("ann", "admin", ACCOUNT).build(),
                            "ann",
                            Change.connect("eve", SUPPORT)))
                    .extracting(Violation::toString)
                    .containsExactly(
                            "ESCALATION at /changes/0: actor `ann` gives away rights without holding them: expected"
                                    + " `doc:write` at `team/support`, `doc:read` at `account`");
        }

        @Test
        void gets_nothing_where_they_hold_an_active_role() {
            assertThat(refusals(
                            world().assign("max", "poster", SUPPORT).assign("eve", "boss", ACCOUNT),
                            Change.connect("max", SUPPORT),
                            Change.connect("eve", ACCOUNT)))
                    .isEmpty();
        }

        @Test
        void gets_them_where_they_hold_none_but_discarded_roles() {
            assertThat(refusals(
                            world().assign("max", "team-former", SUPPORT).assign("max", "former", ACCOUNT),
                            Change.connect("max", SUPPORT)))
                    .containsExactly("ESCALATION /changes/0 doc:read, doc:write");
        }

        @Test
        void gets_them_at_the_account_itself() {
            assertThat(refusals(world(), Change.connect("eve", ACCOUNT)))
                    .containsExactly("ESCALATION /changes/0 doc:read");
            assertThat(refusals(world().assign("ann", "reader", ACCOUNT), Change.connect("eve", ACCOUNT)))
                    .isEmpty();
        }

        @Test
        void gets_the_roles_that_are_default_by_then() {
            RoleUpdate noDefault = RoleUpdate.builder().defaultRole(false).build();
            Policy.Builder world =
                    world().role(role("title", Scope.TEAM).build()).assign("max", "reader", ACCOUNT);

            assertThat(refusals(
                            world,
                            Change.updateRole("title", makeDefault()),
                            Change.updateRole("teammate", noDefault),
                            Change.connect("max", SUPPORT)))
                    .isEmpty();
            assertThat(refusals(world, Change.deleteRole("teammate"), Change.connect("max", SUPPORT)))
                    .isEmpty();
            assertThat(refusals(
                            world,
                            Change.deleteRole("teammate"),
                            Change.restoreRole("teammate"),
                            Change.connect("max", SUPPORT)))
                    .containsExactly("ESCALATION /changes/2 doc:write");
        }

        @Test
        void does_not_get_again_what_an_earlier_change_gave_them() {
            Policy.Builder world = world().assign("ann", "boss", ACCOUNT);

            assertThat(refusals(
                            world,
                            Change.assign("eve", "writer", ACCOUNT),
                            Change.connect("eve", SUPPORT),
                            Change.connect("eve", SUPPORT)))
                    .isEmpty();
        }

        @Test
        void gets_again_what_an_earlier_change_took_from_them() {
            Policy.Builder world = world().role(role("title", Scope.TEAM).build())
                    .assign("max", "poster", SUPPORT)
                    .assign("max", "reader", ACCOUNT);
            Change connect = Change.connect("max", SUPPORT);

            assertThat(refusals(world, Change.unassign("max", "poster", SUPPORT), connect))
                    .containsExactly("ESCALATION /changes/1 doc:write");
            assertThat(refusals(world, Change.setUsers("poster", SUPPORT, List.of()), connect))
                    .containsExactly("ESCALATION /changes/1 doc:write");
            assertThat(refusals(world, Change.deleteRole("poster"), connect))
                    .containsExactly("ESCALATION /changes/1 doc:write");
            assertThat(refusals(world, Change.removeUser("max"), connect))
                    .containsExactly("ESCALATION /changes/1 doc:read, doc:write");
            assertThat(refusals(world, Change.removeTeam("support"), Change.addTeam("support"), connect))
                    .containsExactly("ESCALATION /changes/2 doc:write");
            assertThat(refusals(world, Change.setRoles("max", SUPPORT, List.of("title")), connect))
                    .isEmpty();
            assertThat(refusals(
                            world,
                            Change.setRoles("max", SUPPORT, List.of("title")),
                            Change.unassign("max", "title", SUPPORT),
                            connect))
                    .containsExactly("ESCALATION /changes/2 doc:write");
        }

        @Test
        void keeps_counting_what_was_taken_elsewhere() {
            Policy.Builder world = world().assign("max", "poster", SUPPORT)
                    .assign("max", "poster", SALES)
                    .assign("max", "reader", ACCOUNT);

            assertThat(refusals(
                            world,
                            Change.unassign("max", "poster", SALES),
                            Change.setRoles("max", SALES, List.of("poster")),
                            Change.setUsers("poster", SALES, List.of()),
                            Change.unassign("max", "lead", SUPPORT),
                            Change.unassign("eve", "poster", SUPPORT),
                            Change.removeUser("eve"),
                            Change.removeTeam("sales"),
                            Change.connect("max", SUPPORT)))
                    .isEmpty();
        }
    }

    @Nested
    @Tag("P69")
    class The_roles_that_are_set {

        @Test
        void are_judged_as_far_as_they_are_new_to_the_user() {
            Policy.Builder world = world().assign("max", "lead", SUPPORT);

            assertThat(refusals(world, Change.setRoles("max", SUPPORT, List.of("lead", "poster", "teammate"))))
                    .containsExactly("ESCALATION /changes/0 doc:write, msg:post");
            assertThat(refusals(
                            world.assign("ann", "poster", SUPPORT),
                            Change.setRoles("max", SUPPORT, List.of("lead", "poster"))))
                    .isEmpty();
        }

        @Test
        void are_the_default_roles_where_none_is_named() {
            assertThat(refusals(world(), Change.setRoles("eve", SUPPORT, List.of())))
                    .containsExactly("ESCALATION /changes/0 doc:read, doc:write");
            assertThat(refusals(
                            world().assign("max", "poster", SUPPORT).assign("max", "boss", ACCOUNT),
                            Change.setRoles("max", SUPPORT, List.of())))
                    .containsExactly("ESCALATION /changes/0 doc:write");
            assertThat(refusals(
                            world().assign("max", "teammate", SUPPORT).assign("max", "boss", ACCOUNT),
                            Change.setRoles("max", SUPPORT, List.of())))
                    .isEmpty();
            assertThat(refusals(world().assign("max", "boss", ACCOUNT), Change.setRoles("max", ACCOUNT, List.of())))
                    .containsExactly("ESCALATION /changes/0 doc:read");
        }

        @Test
        void are_none_where_the_rules_say_so() {
            PolicyRules rules =
                    PolicyRules.builder().emptyRoles(EmptyRoles.NONE).build();

            assertThat(refusals(
                            world(rules).assign("max", "lead", SUPPORT), Change.setRoles("max", SUPPORT, List.of())))
                    .isEmpty();
        }

        @Test
        void bring_no_default_role_of_the_account_where_they_are_named() {
            assertThat(refusals(
                            world().assign("ann", "teammate", SUPPORT),
                            Change.setRoles("eve", SUPPORT, List.of("teammate"))))
                    .isEmpty();
        }
    }

    @Nested
    @Tag("P69")
    class A_chat_that_is_moved {

        /** A role of the team sales grants doc:share. */
        private Policy.Builder sales() {
            return world().role(role("seller", Scope.TEAM, "doc:share").build());
        }

        @Test
        @Tag("B92")
        void gives_the_actor_nothing_that_they_do_not_hold_there() {
            assertThat(refusals(sales().assign("ann", "seller", SALES), Change.moveChat("c1", "sales")))
                    .containsExactly("ESCALATION /changes/0 doc:share");
            assertThat(refusals(sales().assign("ann", "seller", SALES), Change.moveChat("c2", "sales")))
                    .containsExactly("ESCALATION /changes/0 doc:share");
        }

        @Test
        void gives_nobody_else_anything_either() {
            assertThat(refusals(
                            sales().assign("max", "seller", SALES).assign("eve", "poster", SALES),
                            Change.moveChat("c1", "sales")))
                    .containsExactly("ESCALATION /changes/0 doc:share, msg:post");
        }

        @Test
        void may_give_what_the_actor_holds_there_before() {
            for (String holding : List.of("boss", "lead", "host")) {
                Policy.Builder world = sales().assign("max", "seller", SALES);
                world.assign("ann", holding, holding.equals("boss") ? ACCOUNT : holding.equals("lead") ? SUPPORT : C1);

                assertThat(refusals(world, Change.moveChat("c1", "sales")))
                        .as(holding)
                        .isEmpty();
            }
        }

        @Test
        void gives_what_the_user_does_not_have_there_from_elsewhere() {
            for (String holding : List.of("boss", "lead", "host")) {
                Policy.Builder world = sales().assign("max", "seller", SALES);
                world.assign("max", holding, holding.equals("boss") ? ACCOUNT : holding.equals("lead") ? SUPPORT : C1);

                assertThat(refusals(world, Change.moveChat("c1", "sales")))
                        .as(holding)
                        .isEmpty();
            }
            assertThat(refusals(
                            sales().assign("max", "seller", SALES).assign("max", "host", C2),
                            Change.moveChat("c1", "sales")))
                    .containsExactly("ESCALATION /changes/0 doc:share");
        }

        @Test
        void is_judged_by_active_roles_of_the_new_team_alone() {
            assertThat(refusals(
                            sales().assign("max", "team-former", SALES).assign("max", "seller", SUPPORT),
                            Change.moveChat("c1", "sales")))
                    .isEmpty();
        }

        @Test
        void into_the_account_gives_nothing() {
            assertThat(refusals(
                            sales().assign("max", "boss", ACCOUNT).assign("max", "seller", SUPPORT),
                            Change.moveChat("c1")))
                    .isEmpty();
        }

        @Test
        void and_stays_where_it_is_gives_nothing() {
            assertThat(refusals(sales().assign("max", "seller", SUPPORT), Change.moveChat("c1", "support")))
                    .isEmpty();
        }

        @Test
        void into_a_team_that_the_batch_adds_gives_nothing() {
            assertThat(refusals(
                            sales().assign("max", "seller", SALES),
                            Change.addTeam("new"),
                            Change.moveChat("c1", "new")))
                    .isEmpty();
        }

        @Test
        void into_a_team_that_the_batch_removes_and_adds_again_is_judged_by_who_held_what_there() {
            Change[] changes = {Change.removeTeam("sales"), Change.addTeam("sales"), Change.moveChat("c1", "sales")};

            assertThat(refusals(sales().assign("max", "seller", SALES), changes))
                    .containsExactly("ESCALATION /changes/2 doc:share");
            assertThat(refusals(sales().assign("max", "seller", SALES).assign("ann", "host", C1), changes))
                    .isEmpty();
        }

        @Test
        void is_judged_by_the_users_before_the_batch() {
            Policy.Builder world = sales().assign("ann", "seller", SALES);

            assertThat(refusals(
                            world,
                            Change.unassign("ann", "seller", SALES),
                            Change.moveChat("c1", "sales"),
                            Change.assign("ann", "seller", SALES)))
                    .containsExactly("ESCALATION /changes/1 doc:share");
            assertThat(refusals(
                            world,
                            Change.deleteRole("seller"),
                            Change.moveChat("c1", "sales"),
                            Change.restoreRole("seller")))
                    .containsExactly("ESCALATION /changes/1 doc:share");
            assertThat(refusals(
                            world,
                            Change.updateRole("seller", update()),
                            Change.moveChat("c1", "sales"),
                            Change.updateRole("seller", update("doc:share"))))
                    .containsExactly("ESCALATION /changes/1 doc:share");
        }

        @Test
        void twice_is_judged_twice_by_where_it_lay_before_the_batch() {
            Policy.Builder world = sales().assign("max", "seller", SALES).assign("eve", "poster", SUPPORT);

            assertThat(refusals(world, Change.moveChat("c1"), Change.moveChat("c1", "support")))
                    .isEmpty();
            assertThat(refusals(world, Change.moveChat("c1"), Change.moveChat("c1", "sales")))
                    .containsExactly("ESCALATION /changes/1 doc:share");
        }
    }

    @Nested
    class The_escalation_permission {

        private final AdminGuard guard =
                guard().escalation(CATALOG.permission("admin:escalate")).build();

        private List<String> refused(Policy.Builder world, Change... changes) {
            return refusals(guard, asAdmin(world), "ann", changes);
        }

        @Test
        void lets_an_actor_give_anything_at_the_account() {
            assertThat(refused(
                            world().assign("ann", "escalator", ACCOUNT).assign("max", "lead", SALES),
                            Change.createRole("new", Scope.TEAM, named("msg:post")),
                            Change.updateRole("reader", update("doc:share")),
                            Change.restoreRole("former"),
                            Change.updateRole("boss", makeDefault()),
                            Change.assign("ann", "boss", ACCOUNT),
                            Change.assign("ann", "host", C1),
                            Change.connect("eve", SUPPORT),
                            Change.setRoles("eve", SUPPORT, List.of("lead")),
                            Change.setUsers("lead", SUPPORT, List.of("ann")),
                            Change.assignToAll("boss"),
                            Change.moveChat("c1", "sales")))
                    .isEmpty();
        }

        @Test
        void counts_where_it_is_held() {
            Policy.Builder world =
                    world().assign("ann", "team-escalator", SUPPORT).assign("max", "lead", SALES);

            assertThat(refused(
                            world,
                            Change.assign("max", "lead", SUPPORT),
                            Change.assign("max", "host", C1),
                            Change.moveChat("c1", "sales"),
                            Change.assign("max", "lead", Target.team("sales")),
                            Change.assign("eve", "lead", SALES),
                            Change.assign("max", "host", C2),
                            Change.moveChat("c2", "sales"),
                            Change.updateRole("lead", update("doc:read")),
                            Change.connect("eve", SUPPORT)))
                    .containsExactly(
                            "ESCALATION /changes/4 doc:write, doc:share",
                            "ESCALATION /changes/5 doc:share",
                            "ESCALATION /changes/6 doc:write, doc:share",
                            "ESCALATION /changes/7 doc:read",
                            "ESCALATION /changes/8 doc:read");
        }

        @Test
        void for_a_move_counts_at_the_chat_before_it() {
            Policy.Builder world = world().assign("max", "lead", SALES);

            assertThat(refused(world.assign("ann", "team-escalator", SALES), Change.moveChat("c1", "sales")))
                    .containsExactly("ESCALATION /changes/0 doc:write, doc:share, admin:escalate");
            assertThat(refused(world.assign("ann", "chat-escalator", C1), Change.moveChat("c1", "sales")))
                    .isEmpty();
        }

        @Test
        void does_not_replace_the_needed_permission() {
            assertThat(refusals(
                            guard,
                            world().assign("ann", "escalator", ACCOUNT),
                            "ann",
                            Change.assign("max", "boss", ACCOUNT)))
                    .containsExactly("FORBIDDEN /changes/0");
        }

        @Test
        void is_not_given_away_by_who_does_not_hold_it() {
            assertThat(refused(
                            world().assign("ann", "boss", ACCOUNT),
                            Change.assign("ann", "escalator", ACCOUNT),
                            Change.updateRole("boss", update("admin:escalate"))))
                    .containsExactly("ESCALATION /changes/0 admin:escalate", "ESCALATION /changes/1 admin:escalate");
        }

        @Test
        void won_in_the_same_batch_does_not_count() {
            assertThat(refused(
                            world().assign("ann", "team-escalator", SUPPORT),
                            Change.assign("ann", "chat-escalator", C1),
                            Change.moveChat("c1"),
                            Change.assign("max", "host", C1),
                            Change.assign("ann", "chat-escalator", C2)))
                    .containsExactly("ESCALATION /changes/3 admin:escalate");
        }

        @Test
        void is_worth_nothing_where_the_guard_names_none() {
            assertThat(refusals(world().assign("ann", "escalator", ACCOUNT), Change.assign("max", "boss", ACCOUNT)))
                    .containsExactly("ESCALATION /changes/0 doc:write, doc:share");
        }
    }

    @Nested
    class A_guard_that_lets_anything_be_given_away {

        private final AdminGuard guard = guard().refusesEscalation(false).build();

        @Test
        void asks_for_the_needed_permission_alone() {
            Policy.Builder world = world().assign("ann", "admin", ACCOUNT).assign("max", "lead", SALES);

            assertThat(refusals(
                            guard,
                            world,
                            "ann",
                            Change.createRole("new", Scope.TEAM, named("msg:post")),
                            Change.updateRole("reader", update("doc:share")),
                            Change.restoreRole("former"),
                            Change.assign("ann", "boss", ACCOUNT),
                            Change.connect("eve", SUPPORT),
                            Change.assignToAll("boss"),
                            Change.moveChat("c1", "sales")))
                    .isEmpty();
            assertThat(refusals(guard, world, "max", Change.assign("max", "boss", ACCOUNT)))
                    .containsExactly("FORBIDDEN /changes/0");
        }

        @Test
        void keeps_system_roles_from_actors() {
            assertThat(refusals(
                            guard,
                            world().assign("ann", "admin", ACCOUNT),
                            "ann",
                            Change.deleteRole("owner"),
                            Change.updateRole("owner", update())))
                    .containsExactly("SYSTEM_ROLE /changes/0 owner", "SYSTEM_ROLE /changes/1 owner");
        }
    }

    @Nested
    @Tag("P32")
    class A_system_role {

        private final Policy.Builder all = world().assign("ann", "boss", ACCOUNT);

        @Test
        @Tag("B62")
        void is_not_deleted_or_restored() {
            assertThat(refusals(all, Change.deleteRole("owner"), Change.restoreRole("old-owner")))
                    .containsExactly("SYSTEM_ROLE /changes/0 owner", "SYSTEM_ROLE /changes/1 old-owner");
            assertThat(refusals(all, Change.deleteRole("old-owner")))
                    .containsExactly("SYSTEM_ROLE /changes/0 old-owner");
        }

        @ParameterizedTest
        @EnumSource(Deletion.class)
        void is_not_deleted_whatever_the_rules_call_deleting(Deletion deletion) {
            PolicyRules rules = PolicyRules.builder().deletion(deletion).build();

            assertThat(refusals(world(rules), Change.deleteRole("owner")))
                    .containsExactly("SYSTEM_ROLE /changes/0 owner");
        }

        @Test
        @Tag("B62")
        void is_not_given_other_rights_be_they_more_or_fewer() {
            assertThat(refusals(
                            all,
                            Change.updateRole("owner", update()),
                            Change.updateRole("owner", update("doc:share", "doc:write")),
                            Change.updateRole("owner", update("doc:write"))))
                    .containsExactly(
                            "SYSTEM_ROLE /changes/0 owner",
                            "SYSTEM_ROLE /changes/1 owner",
                            "SYSTEM_ROLE /changes/2 owner");
        }

        @Test
        void is_not_changed_by_equal_rights_or_a_name() {
            assertThat(refusals(
                            world(),
                            Change.updateRole("owner", update("doc:share")),
                            Change.updateRole(
                                    "owner", RoleUpdate.builder().name("X").build()),
                            Change.restoreRole("owner")))
                    .isEmpty();
        }

        @Test
        void is_made_default_like_another() {
            assertThat(refusals(all, Change.updateRole("owner", makeDefault()))).isEmpty();
            assertThat(refusals(world(), Change.updateRole("owner", makeDefault())))
                    .containsExactly("ESCALATION /changes/0 doc:share");
        }

        @Test
        void is_not_put_or_purged() {
            Role put = role("owner", Scope.ACCOUNT, "doc:share").build();
            Role fresh = role("fresh", Scope.ACCOUNT).build();

            assertThat(refusals(
                            freeGuard()
                                    .escalation(CATALOG.permission("admin:escalate"))
                                    .build(),
                            all.assign("ann", "escalator", ACCOUNT),
                            "ann",
                            Change.putSystemRole(put),
                            Change.putSystemRole(fresh),
                            Change.purgeRole("old-owner")))
                    .containsExactly(
                            "SYSTEM_ROLE /changes/0 owner",
                            "SYSTEM_ROLE /changes/1 fresh",
                            "SYSTEM_ROLE /changes/2 old-owner");
        }

        @Test
        void is_named_in_the_message() {
            assertThat(refused(
                            GUARD,
                            all.build(),
                            "ann",
                            Change.putSystemRole(role("fresh", Scope.ACCOUNT).build())))
                    .extracting(Violation::message)
                    .containsExactly("role `fresh` is a system role: expected the host itself to create, delete or"
                            + " restore it and to change its rights");
        }

        @Test
        void is_refused_besides_the_needed_permission() {
            assertThat(refusals(GUARD, world(), "ann", Change.deleteRole("owner")))
                    .containsExactly("FORBIDDEN /changes/0", "SYSTEM_ROLE /changes/0 owner");
        }
    }

    @Test
    void purging_is_for_the_host_alone() {
        Policy policy = world().assign("ann", "admin", ACCOUNT).build();

        assertThat(refused(GUARD, policy, "ann", Change.purgeRole("former"), Change.purgeRole("unknown")))
                .extracting(Violation::toString)
                .containsExactly(
                        "FORBIDDEN at /changes/0: actor `ann` may not purge role `former`: expected the host itself",
                        "FORBIDDEN at /changes/1: actor `ann` may not purge role `unknown`: expected the host itself");
    }

    @Nested
    class In_one_batch {

        @Test
        void rights_that_are_won_do_not_count() {
            Policy.Builder world = world().assign("eve", "admin", ACCOUNT).assign("eve", "boss", ACCOUNT);

            assertThat(refusals(
                            GUARD,
                            world,
                            "eve",
                            Change.createRole("all", Scope.ACCOUNT, named("doc:write", "doc:share")),
                            Change.assign("max", "all", ACCOUNT)))
                    .isEmpty();
            assertThat(refusals(
                            freeGuard().build(),
                            world().role(role("open", Scope.ACCOUNT).build()).assign("ann", "open", ACCOUNT),
                            "ann",
                            Change.restoreRole("former"),
                            Change.assign("ann", "former", ACCOUNT),
                            Change.createRole("new", Scope.ACCOUNT, named("doc:share"))))
                    .containsExactly(
                            "ESCALATION /changes/0 doc:share",
                            "ESCALATION /changes/1 doc:share",
                            "ESCALATION /changes/2 doc:share");
        }

        @Test
        void the_needed_permission_that_is_won_does_not_count() {
            AdminGuard guard = freeExcept(Change.Kind.ADD_TARGET)
                    .needs(needed(Change.Kind.ADD_TARGET), Change.Kind.ADD_TARGET)
                    .refusesEscalation(false)
                    .build();

            assertThat(refusals(guard, world(), "ann", Change.assign("ann", "admin", ACCOUNT), Change.addTeam("new")))
                    .containsExactly("FORBIDDEN /changes/1");
        }

        @Test
        void rights_that_are_lost_still_count() {
            Policy.Builder world = world().assign("ann", "boss", ACCOUNT);

            assertThat(refusals(
                            world,
                            Change.unassign("ann", "admin", ACCOUNT),
                            Change.unassign("ann", "boss", ACCOUNT),
                            Change.assign("max", "boss", ACCOUNT),
                            Change.assign("max", "admin", ACCOUNT),
                            Change.removeUser("ann")))
                    .isEmpty();
        }

        @Test
        void a_team_that_it_adds_is_judged_at_the_account() {
            Target fresh = Target.team("new");

            assertThat(refusals(
                            GUARD,
                            world().assign("ann", "admin", ACCOUNT).assign("ann", "lead", SUPPORT),
                            "ann",
                            Change.addTeam("new"),
                            Change.unassign("max", "lead", fresh),
                            Change.assign("max", "lead", fresh)))
                    .containsExactly("ESCALATION /changes/2 doc:write, doc:share");
            assertThat(refusals(
                            world().assign("ann", "boss", ACCOUNT),
                            Change.addTeam("new"),
                            Change.assign("max", "lead", fresh)))
                    .isEmpty();
        }

        @Test
        void a_chat_that_it_adds_is_judged_at_its_team() {
            Target fresh = Target.chat("new");
            Policy.Builder world = world().assign("ann", "team-admin", SUPPORT)
                    .assign("ann", "team-admin", SALES)
                    .assign("ann", "lead", SUPPORT);

            assertThat(refusals(
                            GUARD, world, "ann", Change.addChat("new", "support"), Change.assign("max", "host", fresh)))
                    .isEmpty();
            assertThat(refusals(
                            GUARD,
                            world,
                            "ann",
                            Change.addChat("new", "sales"),
                            Change.assign("max", "host", fresh),
                            Change.removeChat("new")))
                    .containsExactly("ESCALATION /changes/1 doc:share");
        }

        @Test
        void a_chat_in_a_team_that_it_adds_is_judged_at_the_account() {
            Target fresh = Target.chat("new");
            Change[] changes = {Change.addTeam("new"), Change.addChat("new", "new"), Change.assign("max", "host", fresh)
            };

            assertThat(refusals(world().assign("ann", "lead", SUPPORT), changes))
                    .containsExactly("ESCALATION /changes/2 doc:share");
            assertThat(refusals(world().assign("ann", "boss", ACCOUNT), changes))
                    .isEmpty();
        }

        @Test
        void what_is_given_at_a_place_that_is_removed_and_added_again_is_new_to_everybody() {
            Policy.Builder world = world().assign("max", "lead", SUPPORT)
                    .assign("max", "host", C2)
                    .assign("max", "host", C1);

            assertThat(refusals(
                            world,
                            Change.removeTeam("support"),
                            Change.addTeam("support"),
                            Change.assign("max", "lead", SUPPORT),
                            Change.removeChat("c2"),
                            Change.addChat("c2"),
                            Change.assign("max", "host", C2),
                            Change.addChat("c1", "support"),
                            Change.assign("max", "host", C1)))
                    .containsExactly(
                            "ESCALATION /changes/2 doc:write, doc:share",
                            "ESCALATION /changes/5 doc:share",
                            "ESCALATION /changes/7 doc:share");
        }

        @Test
        void what_is_given_at_a_place_that_is_removed_and_added_again_is_judged_by_what_the_actor_held_there() {
            Change[] changes = {
                Change.removeTeam("support"),
                Change.addTeam("support"),
                Change.assign("max", "lead", SUPPORT),
                Change.removeChat("c2"),
                Change.addChat("c2", "support"),
                Change.assign("max", "host", C2),
                Change.addChat("c1"),
                Change.assign("max", "host", C1)
            };

            assertThat(refusals(world().assign("ann", "lead", SUPPORT).assign("ann", "host", C2), changes))
                    .containsExactly("ESCALATION /changes/4 doc:write");
            assertThat(refusals(world().assign("ann", "lead", SUPPORT).assign("ann", "boss", ACCOUNT), changes))
                    .isEmpty();
            assertThat(refusals(world().assign("ann", "lead", SALES).assign("ann", "host", C1), changes))
                    .containsExactly("ESCALATION /changes/2 doc:write, doc:share", "ESCALATION /changes/5 doc:share");
        }

        @Test
        void a_chat_goes_with_the_team_that_it_was_moved_into() {
            Policy.Builder world = world().assign("max", "host", C2);

            assertThat(refusals(
                            world,
                            Change.moveChat("c2", "sales"),
                            Change.removeTeam("sales"),
                            Change.addChat("c2"),
                            Change.assign("max", "host", C2)))
                    .containsExactly("ESCALATION /changes/3 doc:share");
            assertThat(refusals(world, Change.moveChat("c2", "sales"), Change.assign("max", "host", C2)))
                    .isEmpty();
            assertThat(refusals(
                            world().assign("ann", "host", C1),
                            Change.moveChat("c1"),
                            Change.removeTeam("support"),
                            Change.assign("max", "host", C1)))
                    .isEmpty();
        }

        @Test
        void a_chat_that_it_moves_is_judged_where_it_lay() {
            assertThat(refusals(
                            world().assign("ann", "lead", SUPPORT),
                            Change.moveChat("c1"),
                            Change.assign("max", "host", C1)))
                    .isEmpty();
            assertThat(refusals(
                            world().assign("ann", "host", C1).assign("ann", "lead", SALES),
                            Change.moveChat("c2", "sales")))
                    .containsExactly("ESCALATION /changes/0 doc:write, doc:share");
        }

        @Test
        void a_chat_that_it_adds_and_moves_is_like_one_that_it_adds_there() {
            Policy.Builder world = world().assign("max", "lead", SALES).assign("ann", "lead", SUPPORT);
            Change give = Change.assign("eve", "host", Target.chat("new"));

            assertThat(refusals(world, Change.addChat("new", "support"), Change.moveChat("new", "sales")))
                    .isEmpty();
            assertThat(refusals(world, Change.addChat("new", "support"), Change.moveChat("new", "sales"), give))
                    .containsExactly("ESCALATION /changes/2 doc:share");
            assertThat(refusals(world, Change.addChat("new", "sales"), Change.moveChat("new", "support"), give))
                    .isEmpty();
        }

        @Test
        void the_place_of_a_chat_is_that_which_earlier_changes_gave_it() {
            Policy.Builder world = world().assign("ann", "team-admin", SUPPORT).assign("ann", "team-admin", SALES);

            assertThat(refusals(
                            GUARD,
                            world,
                            "ann",
                            Change.moveChat("c1", "sales"),
                            Change.removeChat("c1"),
                            Change.addChat("c1", "support"),
                            Change.removeChat("c1")))
                    .isEmpty();
        }

        @Test
        void a_role_is_judged_by_its_rights_before() {
            assertThat(refusals(
                            world(),
                            Change.updateRole("boss", update()),
                            Change.assign("max", "boss", ACCOUNT),
                            Change.updateRole("boss", update("doc:write", "doc:share"))))
                    .containsExactly("ESCALATION /changes/1 doc:write, doc:share");
        }

        @Test
        void a_role_that_it_creates_is_judged_by_the_rights_it_is_created_with() {
            assertThat(refusals(
                            world().assign("ann", "writer", ACCOUNT),
                            Change.createRole("new", Scope.TEAM, named("doc:write")),
                            Change.assign("max", "new", SUPPORT),
                            Change.updateRole("new", update("doc:write", "doc:share"))))
                    .containsExactly("ESCALATION /changes/2 doc:share");
        }

        @Test
        void a_role_that_is_deleted_and_created_again_is_new() {
            PolicyRules rules = PolicyRules.builder().deletion(Deletion.DELETE).build();
            Policy.Builder world = world(rules).assign("ann", "writer", ACCOUNT).assign("max", "boss", ACCOUNT);

            assertThat(refusals(
                            world,
                            Change.deleteRole("boss"),
                            Change.createRole("boss", Scope.ACCOUNT, named("doc:share"))))
                    .containsExactly("ESCALATION /changes/1 doc:share");
            assertThat(refusals(
                            world,
                            Change.deleteRole("boss"),
                            Change.createRole("boss", Scope.ACCOUNT, named("doc:write")),
                            Change.assign("eve", "boss", ACCOUNT),
                            Change.updateRole("boss", update("doc:write", "doc:share"))))
                    .containsExactly("ESCALATION /changes/3 doc:share");
        }

        @Test
        void a_role_that_is_discarded_and_restored_is_as_before() {
            assertThat(refusals(world(), Change.deleteRole("boss"), Change.restoreRole("boss")))
                    .isEmpty();
            assertThat(refusals(
                            world(),
                            Change.restoreRole("former"),
                            Change.deleteRole("former"),
                            Change.restoreRole("former")))
                    .containsExactly("ESCALATION /changes/0 doc:share", "ESCALATION /changes/2 doc:share");
        }

        @Test
        void what_is_taken_and_given_back_is_as_before() {
            assertThat(refusals(
                            world().assign("max", "boss", ACCOUNT),
                            Change.unassign("max", "boss", ACCOUNT),
                            Change.assign("max", "boss", ACCOUNT)))
                    .isEmpty();
        }

        @Test
        void a_change_that_is_refused_is_left_out_for_the_later_ones() {
            assertThat(refusals(
                            world(),
                            Change.createRole("new", Scope.ACCOUNT, named("doc:share")),
                            Change.assign("max", "new", ACCOUNT),
                            Change.updateRole("boss", makeDefault()),
                            Change.updateRole("boss", update("doc:write"))))
                    .containsExactly("ESCALATION /changes/0 doc:share", "ESCALATION /changes/2 doc:write, doc:share");
        }

        @Test
        @Tag("P71")
        void every_refusal_is_reported() {
            assertThat(refusals(
                            GUARD,
                            world(),
                            "nobody",
                            Change.addTeam("new"),
                            Change.assign("eve", "boss", ACCOUNT),
                            Change.moveChat("c1", "sales")))
                    .containsExactly(
                            "FORBIDDEN /changes/0",
                            "FORBIDDEN /changes/1",
                            "ESCALATION /changes/1 doc:write, doc:share",
                            "FORBIDDEN /changes/2",
                            "FORBIDDEN /changes/2");
        }

        @Test
        void nothing_is_refused_where_nothing_is_changed() {
            assertThat(refusals(GUARD, world(), "nobody")).isEmpty();
        }
    }

    @Test
    @Tag("B41")
    void ids_in_refusals_are_escaped() {
        assertThat(refused(GUARD, world().build(), "a\nb", Change.addTeam("new")))
                .extracting(Violation::message)
                .allSatisfy(message -> assertThat(message).doesNotContain("\n"));
    }
}
