package io.rbac.benchmarks;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A hundred thousand users and as many chats, whose ids all have equal hash codes, or not. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-Xmn1g", "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch"})
@State(org.openjdk.jmh.annotations.Scope.Thread)
public class HostileBenchmark {

    private static final int IDS = 100_000;
    private static final int PAIRS = 17;
    private static final int QUESTIONS = 1 << 16;

    @Param({"random", "equal-hashes"})
    String ids = "";

    private String[] users = {};
    private String[] chats = {};
    private String[] askedUsers = {};
    private Target[] askedChats = {};
    private PermissionMatrix matrix = Matrices.none();
    private Map<String, Map<String, Set<String>>> held = Map.of();
    private int next;

    @Setup
    public void setUp() {
        users = new String[IDS];
        chats = new String[IDS];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < IDS; i++) {
            users[i] = id(i, "u", random);
            chats[i] = id(i, "c", random);
        }
        matrix = PermissionMatrix.compile(policy());
        held = inMaps();
        askedUsers = new String[QUESTIONS];
        askedChats = new Target[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            int asked = random.nextInt(IDS);
            askedUsers[i] = String.valueOf(users[asked].toCharArray());
            askedChats[i] = Target.chat(String.valueOf(chats[asked].toCharArray()));
        }
    }

    /** The pairs {@code Aa} and {@code BB} have equal hash codes, and so have all texts of equally many of these pairs. */
    private String id(int number, String kind, SplittableRandom random) {
        StringBuilder id = new StringBuilder(kind);
        if (ids.equals("random")) {
            return id.append(Long.toHexString(random.nextLong()))
                    .append(Long.toHexString(random.nextLong()))
                    .append(number)
                    .toString();
        }
        for (int bit = 0; bit < PAIRS; bit++) {
            id.append((number >>> bit & 1) == 0 ? "Aa" : "BB");
        }
        return id.toString();
    }

    private Policy policy() {
        PermissionCatalog catalog =
                PermissionCatalog.builder().group("chat", "read").build();
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(catalog)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .role(Role.builder("reader", Scope.CHAT)
                        .name("Reader")
                        .rights(catalog.allRights())
                        .build());
        for (String chat : chats) {
            builder.chat(chat);
        }
        for (int i = 0; i < IDS; i++) {
            builder.assign(users[i], "reader", Target.chat(chats[i]));
        }
        return builder.build();
    }

    @Benchmark
    public boolean check() {
        next = next + 1 & QUESTIONS - 1;
        return matrix.hasPermission(askedUsers[next], "chat:read", askedChats[next]);
    }

    @Benchmark
    public boolean hashMapCheck() {
        next = next + 1 & QUESTIONS - 1;
        return held.getOrDefault(askedUsers[next], Map.of())
                .getOrDefault(askedChats[next].id(), Set.of())
                .contains("chat:read");
    }

    @Benchmark
    public PermissionMatrix build() {
        return PermissionMatrix.compile(policy());
    }

    @Benchmark
    public Map<String, Map<String, Set<String>>> hashMapBuild() {
        return inMaps();
    }

    /** Returns the same policy in maps: what each user may do in each of their chats. */
    private Map<String, Map<String, Set<String>>> inMaps() {
        Map<String, String> parents = new HashMap<>();
        for (String chat : chats) {
            parents.put(chat, "account");
        }
        Map<String, Map<String, Set<String>>> built = new HashMap<>();
        for (int i = 0; i < IDS; i++) {
            if (parents.containsKey(chats[i])) {
                built.computeIfAbsent(users[i], user -> new HashMap<>())
                        .computeIfAbsent(chats[i], chat -> new HashSet<>())
                        .add("chat:read");
            }
        }
        return built;
    }
}
