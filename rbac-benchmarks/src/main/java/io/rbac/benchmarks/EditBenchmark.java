package io.rbac.benchmarks;

import io.rbac.benchmarks.workload.World;
import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionChecker;
import io.rbac.model.Change;
import io.rbac.model.Rights;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An edit through an engine over a store in memory, and the first answer after it. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms12g", "-Xmx12g", "-Xmn1g", "-XX:+UseParallelGC"})
@State(org.openjdk.jmh.annotations.Scope.Thread)
public class EditBenchmark {

    private static final int USERS = 10;

    @Param({"S", "M", "L"})
    String world = "";

    private World all = Worlds.named("S");
    private PermissionEngine engine =
            PermissionEngine.builder().catalog(all.catalog()).build();
    private PermissionChecker checker = Matrices.none();
    private SplittableRandom random = new SplittableRandom(1);
    private Rights[] rights = {};
    private int[] teamRoles = {};
    private int teams;
    private int chats;

    @Setup
    public void setUp() {
        all = Worlds.named(world);
        engine = PermissionEngine.builder()
                .catalog(all.catalog())
                .cacheBytes(8L << 30)
                .build();
        engine.create(all.policy());
        checker = engine.checker(all.account());
        random = new SplittableRandom(2);
        rights = new Rights[] {
            all.catalog().rights("group_0:read"), all.catalog().rights("group_1:read")
        };
        teamRoles = IntStream.range(0, all.roles())
                .filter(i -> all.role(i).scope().equals(Scope.TEAM))
                .toArray();
        teams = (int) IntStream.range(0, all.targets())
                .filter(i -> all.target(i).scope().equals(Scope.TEAM))
                .count();
        chats = all.targets() - teams - 1;
        YoungGeneration.touch();
    }

    @TearDown
    public void tearDown() {
        engine.close();
    }

    private boolean committed(Change change, String user, Target target) {
        engine.commit(all.account(), change);
        return checker.hasPermission(user, "group_0:read", target);
    }

    private String role() {
        return all.role(teamRoles[random.nextInt(teamRoles.length)]).id();
    }

    private String user() {
        return all.user(random.nextInt(all.users()));
    }

    private Target team() {
        return all.target(1 + random.nextInt(teams));
    }

    /** Replaces the rights of one role. */
    @Benchmark
    public boolean roleRights() {
        RoleUpdate update =
                RoleUpdate.builder().rights(rights[random.nextInt(2)]).build();
        return committed(Change.updateRole(role(), update), user(), team());
    }

    /** Adds or removes one assignment. */
    @Benchmark
    public boolean assignment() {
        String user = user();
        Target team = team();
        Change change =
                random.nextBoolean() ? Change.assign(user, role(), team) : Change.setRoles(user, team, List.of(role()));
        return committed(change, user, team);
    }

    @Benchmark
    public boolean moveChat() {
        Target chat = all.target(1 + teams + random.nextInt(chats));
        return committed(Change.moveChat(chat.id(), team().id()), user(), chat);
    }

    /** Sets the users of a role in a team to ten. */
    @Benchmark
    public boolean setUsers() {
        List<String> users =
                IntStream.range(0, USERS).mapToObj(i -> user()).distinct().toList();
        Target team = team();
        return committed(Change.setUsers(role(), team, users), users.get(0), team);
    }
}
