package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A folder with everything below it is moved to and fro between two others while threads read. One user may {@code left}
 * in one of the two, and {@code right} in the other: whoever sees the folder in both, or in neither, has both rights or
 * none.
 */
class SubtreeMovesTest {
    private static final int MOVES = 1_500;
    private static final int READERS = 3;

    /** With the account, one of the two parents and the page below, the longest path that there is. */
    private static final int FOLDERS = 13;

    private static final ScopeTree TREE = ScopeTree.builder()
            .scope("org")
            .nestingScope("folder")
            .scope("page")
            .build();
    private static final Scope FOLDER = TREE.scope("folder");
    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .scopes(TREE)
            .group("page", "left", "right")
            .build();
    private static final Rights BOTH = CATALOG.allRights();
    private static final Target LEFT = Target.of(FOLDER, "left");
    private static final Target RIGHT = Target.of(FOLDER, "right");
    private static final Target MOVED = Target.of(FOLDER, "f0");

    private final List<Target> below = new ArrayList<>();

    private static Role role(String id, Scope scope, String... keys) {
        return Role.builder(id, scope)
                .name(id)
                .defaultRole(scope.isAccount())
                .rights(CATALOG.rights(keys))
                .build();
    }

    /** Returns a policy in which folders lie in one another, each with a page, the first one in the left one. */
    private Policy policy() {
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(role("member", TREE.account()))
                .role(role("lefty", FOLDER, "page:left"))
                .role(role("righty", FOLDER, "page:right"))
                .target(LEFT)
                .target(RIGHT)
                .assign("ada", "lefty", LEFT)
                .assign("ada", "righty", RIGHT);
        Target parent = LEFT;
        for (int i = 0; i < FOLDERS; i++) {
            Target folder = Target.of(FOLDER, "f" + i);
            Target page = Target.of(TREE.scope("page"), "p" + i);
            builder.target(folder, parent).target(page, folder);
            below.addAll(List.of(folder, page));
            parent = folder;
        }
        return builder.build();
    }

    @Test
    @Tag("P22")
    @Tag("S11")
    @Tag("S13")
    void no_reader_sees_a_moved_subtree_in_both_parents_or_in_neither() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (PermissionEngine engine =
                PermissionEngine.builder().catalog(CATALOG).build()) {
            engine.create(policy());
            AtomicBoolean moving = new AtomicBoolean(true);
            Map<Target, AtomicInteger> seen = Map.of(LEFT, new AtomicInteger(), RIGHT, new AtomicInteger());
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Choices choices = Choices.seeded(i);
                readers.add(threads.submit(() -> read(engine, moving, seen, choices)));
            }
            move(engine, moving, seen, readers);
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(engine.policy("acme").revision()).isEqualTo(1 + MOVES + MOVES / 5);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Moves the folder, at first once it was seen where it is, and now and then does something else that it must survive. */
    private static void move(
            PermissionEngine engine, AtomicBoolean moving, Map<Target, AtomicInteger> seen, List<Future<?>> readers) {
        try {
            for (int i = 0; i < MOVES; i++) {
                AtomicInteger here = seen.get(i % 2 == 0 ? LEFT : RIGHT);
                while (here.get() == 0 && readers.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
                engine.commit("acme", Change.moveTarget(MOVED, i % 2 == 0 ? RIGHT : LEFT));
                if (i % 5 == 4) {
                    engine.commit("acme", other(i / 5));
                }
            }
        } finally {
            moving.set(false);
        }
    }

    private static Change other(int number) {
        Target target = Target.of(FOLDER, "other");
        return switch (number % 4) {
            case 0 -> Change.addTarget(target, Target.of(FOLDER, "f3"));
            case 1 -> Change.assign("user" + number, "member", Target.account());
            case 2 -> Change.removeTarget(target);
            default ->
                Change.updateRole(
                        "member", RoleUpdate.builder().name("Member " + number).build());
        };
    }

    private void read(PermissionEngine engine, AtomicBoolean moving, Map<Target, AtomicInteger> seen, Choices choices) {
        PermissionChecker checker = engine.checker("acme");
        do {
            Target target = choices.oneOf(below);
            assertThat(engine.hasPermission("acme", "ada", "page:left", Target.account()))
                    .isFalse();
            assertThat(checker.hasAny("ada", BOTH, target))
                    .as("any right at %s", target)
                    .isTrue();
            assertThat(checker.hasAll("ada", BOTH, target))
                    .as("both rights at %s", target)
                    .isFalse();
            PermissionMatrix pinned = engine.matrix("acme");
            Target parent = pinned.policy().parentOf(MOVED).orElseThrow();
            for (Target each : below) {
                assertThat(pinned.rightsOf("ada", each))
                        .as("rights at %s", each)
                        .isEqualTo(CATALOG.rights(parent.equals(LEFT) ? "page:left" : "page:right"));
            }
            seen.get(parent).incrementAndGet();
        } while (moving.get());
    }
}
