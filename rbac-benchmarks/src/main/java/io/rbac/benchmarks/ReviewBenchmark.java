package io.rbac.benchmarks;

import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.World;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.review.AccessDiff;
import io.rbac.review.Explanation;
import io.rbac.review.PolicyLint;
import io.rbac.review.PolicyReview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reviews of a policy, beside the loops over other public methods that would be written instead. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms16g", "-Xmx16g", "-Xmn1g", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class ReviewBenchmark {

    private static final int QUESTIONS = 1 << 10;
    private static final int EDITS = 1 << 4;

    @Param({"S", "M", "L"})
    String world = "";

    private PermissionMatrix matrix = Matrices.none();
    private PolicyReview review = PolicyReview.of(matrix);
    private Questions questions = Questions.NONE;
    private final List<PermissionMatrix> edited = new ArrayList<>();
    private Iterator<String> users = List.<String>of().iterator();
    private int next;

    @Setup
    public void setUp() {
        World all = Worlds.named(world);
        matrix = PermissionMatrix.compile(all.policy());
        review = PolicyReview.of(matrix);
        questions = Questions.about(all, QUESTIONS, false, Questions.Answers.MIXED);
        for (int i = 0; i < QUESTIONS; i++) {
            boolean answer = questions.answer(i);
            requireEqual(answer, explain(i).isGranted());
            requireEqual(answer, !explainByHand(i).isEmpty());
        }
        for (int i = 0; i < EDITS; i++) {
            Role role = matrix.policy().roles().stream()
                    .filter(candidate -> candidate.scope().isAccount())
                    .findFirst()
                    .orElseThrow();
            Change change = Change.assign("new-" + i, role.id(), Target.account());
            Policy after = matrix.policy().apply(List.of(change), Instant.EPOCH).policy();
            edited.add(matrix.updatedTo(after));
        }
        YoungGeneration.touch();
    }

    private static void requireEqual(boolean expected, boolean found) {
        if (expected != found) {
            throw new IllegalStateException("a review has another answer than a check");
        }
    }

    private int next(int size) {
        next = next + 1 & size - 1;
        return next;
    }

    @Benchmark
    public Explanation explain() {
        return explain(next(QUESTIONS));
    }

    private Explanation explain(int i) {
        return review.explain(questions.user(i), questions.key(i), questions.target(i));
    }

    /** The assignments that grant, and nothing of what else an explanation says. */
    @Benchmark
    public List<Assignment> explainByHand() {
        return explainByHand(next(QUESTIONS));
    }

    private List<Assignment> explainByHand(int i) {
        Policy policy = matrix.policy();
        List<Target> path = new ArrayList<>();
        Target place = questions.target(i);
        while (!place.isAccount()) {
            path.add(place);
            place = policy.parentOf(place).orElse(Target.account());
        }
        path.add(place);
        String key = questions.key(i);
        return policy.rolesOf(questions.user(i)).stream()
                .filter(assignment -> path.contains(assignment.target()))
                .filter(assignment -> {
                    Role role = policy.role(assignment.role()).orElseThrow();
                    return role.isActive() && role.rights().contains(key);
                })
                .toList();
    }

    /** One user of those who can do something somewhere; all questions are gone through, one after the other. */
    @Benchmark
    public String whoCan() {
        while (!users.hasNext()) {
            int i = next(QUESTIONS);
            users = review.whoCan(questions.key(i), questions.target(i)).stream()
                    .iterator();
        }
        return users.next();
    }

    @Benchmark
    public String whoCanByHand() {
        while (!users.hasNext()) {
            int i = next(QUESTIONS);
            Stream<String> found = matrix.policy().users().stream()
                    .filter(user -> matrix.hasPermission(user, questions.permission(i), questions.target(i)));
            users = found.iterator();
        }
        return users.next();
    }

    @Benchmark
    public int whereCan() {
        int i = next(QUESTIONS);
        return review.whereCan(questions.user(i), questions.key(i)).count();
    }

    @Benchmark
    public long whereCanByHand() {
        int i = next(QUESTIONS);
        String user = questions.user(i);
        return Stream.concat(Stream.of(Target.account()), matrix.policy().targets().stream())
                .filter(target -> matrix.hasPermission(user, questions.permission(i), target))
                .count();
    }

    /** What one new user gains. */
    @Benchmark
    public long diffAfterOneEdit() {
        AccessDiff diff = AccessDiff.between(matrix, edited.get(next(EDITS)));
        return diff.gains().count() + diff.losses().count();
    }

    /** Two policies that have nothing in memory in common, and differ in all that one user may do. */
    @Benchmark
    public long diffOfTwo(Unrelated unrelated) {
        AccessDiff diff = AccessDiff.between(matrix, unrelated.other);
        return diff.gains().count() + diff.losses().count();
    }

    /** At how many targets which users have other rights. */
    @Benchmark
    public long diffOfTwoByHand(Unrelated unrelated) {
        List<Target> targets = Stream.concat(Stream.of(Target.account()), matrix.policy().targets().stream())
                .toList();
        long count = 0;
        for (String user : matrix.policy().users()) {
            UserPermissions one = matrix.user(user);
            UserPermissions other = unrelated.other.user(user);
            count += targets.stream()
                    .filter(target -> !one.rightsAt(target).equals(other.rightsAt(target)))
                    .count();
        }
        return count;
    }

    @Benchmark
    public int lint() {
        return PolicyLint.standard().check(matrix).size();
    }

    @Benchmark
    public String fingerprint() {
        return matrix.fingerprint();
    }

    /** The same account, built anew without its first user. */
    @State(Scope.Thread)
    public static class Unrelated {

        private PermissionMatrix other = Matrices.none();

        @Setup
        public void setUp(ReviewBenchmark benchmark) {
            World all = Worlds.named(benchmark.world);
            Policy.Builder builder = all.places();
            for (int user = 1; user < all.users(); user++) {
                for (int i = all.start(user); i < all.start(user + 1); i++) {
                    builder.assign(
                            all.user(user), all.role(all.assignedRole(i)).id(), all.target(all.assignedTarget(i)));
                }
            }
            other = PermissionMatrix.compile(builder.build());
        }
    }
}
