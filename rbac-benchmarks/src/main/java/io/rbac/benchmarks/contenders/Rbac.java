package io.rbac.benchmarks.contenders;

import io.rbac.benchmarks.workload.World;
import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.Scope;
import io.rbac.model.Target;

/** This library, through each of its entry points. */
final class Rbac {

    private Rbac() {}

    static Contender keys(World world) {
        PermissionMatrix matrix = PermissionMatrix.compile(world.policy());
        return (questions, i) -> matrix.hasPermission(questions.user(i), questions.key(i), questions.target(i));
    }

    /** The key as it stands in the code of a program. */
    static Contender literals(World world) {
        PermissionMatrix matrix = PermissionMatrix.compile(world.policy());
        return (questions, i) -> matrix.hasPermission(questions.user(i), questions.literal(i), questions.target(i));
    }

    /** Three texts; the target is made anew for each question. */
    static Contender texts(World world) {
        PermissionMatrix matrix = PermissionMatrix.compile(world.policy());
        return (questions, i) -> {
            String id = questions.place(i);
            Scope scope = questions.target(i).scope();
            Target target = scope.isAccount() ? Target.account() : Target.of(scope, id);
            return matrix.hasPermission(questions.user(i), questions.key(i), target);
        };
    }

    static Contender permissions(World world) {
        PermissionMatrix matrix = PermissionMatrix.compile(world.policy());
        return (questions, i) -> matrix.hasPermission(questions.user(i), questions.permission(i), questions.target(i));
    }

    /** A user who was looked up before, and is the only one who is asked about. */
    static Contender userPermissions(World world, String id) {
        UserPermissions user = PermissionMatrix.compile(world.policy()).user(id);
        return (questions, i) -> user.has(questions.permission(i), questions.target(i));
    }

    static Contender userKeys(World world, String id) {
        UserPermissions user = PermissionMatrix.compile(world.policy()).user(id);
        return (questions, i) -> user.has(questions.key(i), questions.target(i));
    }

    static Contender engine(World world) {
        PermissionEngine engine = engineOf(world);
        String account = world.account();
        return (questions, i) ->
                engine.hasPermission(account, questions.user(i), questions.permission(i), questions.target(i));
    }

    static Contender checker(World world) {
        PermissionChecker checker = engineOf(world).checker(world.account());
        return (questions, i) -> checker.hasPermission(questions.user(i), questions.permission(i), questions.target(i));
    }

    private static PermissionEngine engineOf(World world) {
        PermissionEngine engine = PermissionEngine.builder()
                .catalog(world.catalog())
                .rules(world.rules())
                .cacheBytes(8L << 30)
                .build();
        engine.create(world.policy());
        return engine;
    }
}
