package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.engine.PolicyStore;
import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import io.rbac.test.RecordedHistory.Answer;
import io.rbac.test.RecordedHistory.Attempt;
import io.rbac.test.RecordedHistory.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Threads write and read two accounts at the same time, through one engine or through two that share a store. Their
 * outcomes and answers are recorded, and compared with the model once the order of revisions is known.
 */
class ConcurrentHistoryTest {
    private static final List<String> ACCOUNTS = List.of("north", "south");
    private static final int WRITERS = 2;
    private static final int READERS = 2;
    private static final int BATCHES = 80;
    private static final int MIN_ANSWERS = 400;
    private static final int MAX_ANSWERS = 4_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PolicyStore store = new InMemoryPolicyStore();
    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    private final AtomicInteger writing = new AtomicInteger();
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Map<String, RecordedHistory> histories = new HashMap<>();
    private final Tally tally = new Tally();
    private PlainPolicy start = PlainPolicy.of("none");
    private PermissionCatalog catalog = PermissionCatalog.builder().build();

    @BeforeEach
    void choosePolicy() {
        start = IntStream.iterate(11, seed -> seed + 1)
                .mapToObj(seed -> RandomPlainPolicy.valid(Choices.seeded(seed)))
                .filter(ConcurrentHistoryTest::isRich)
                .findFirst()
                .orElseThrow();
        catalog = PolicyConverter.catalog(start);
    }

    private static boolean isRich(PlainPolicy plain) {
        return plain.scopes().stream().filter(PlainScope::nests).count() > 1
                && plain.targets().size() > 8
                && plain.assignments().size() > 12
                && plain.rules().unknownTargets().equals("trusted");
    }

    @AfterEach
    void stopThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    /** An engine, and the highest revision of each account that some thread is known to have seen through it. */
    private final class Host {
        private final PermissionEngine engine;
        private final Map<String, AtomicLong> seen = new HashMap<>();
        private final Map<String, PermissionChecker> checkers = new HashMap<>();

        Host(long cacheBytes) {
            engine = PermissionEngine.builder()
                    .catalog(catalog)
                    .rules(PolicyConverter.rules(start))
                    .store(store)
                    .clock(() -> Instant.ofEpochMilli(now.incrementAndGet()))
                    .cacheBytes(cacheBytes)
                    .build();
            ACCOUNTS.forEach(account -> seen.put(account, new AtomicLong(1)));
        }

        void makeCheckers() {
            ACCOUNTS.forEach(account -> checkers.put(account, engine.checker(account)));
        }

        long seen(String account) {
            return seen.get(account).get();
        }

        void markSeen(String account, long revision) {
            seen.get(account).accumulateAndGet(revision, Math::max);
        }

        long storedRevision(String account) {
            return store.load(account).orElseThrow().policy().revision();
        }

        Span spanSince(String account, long min) {
            return new Span(min, storedRevision(account));
        }
    }

    @ParameterizedTest(name = "{0} engines with a cache of {1} accounts")
    @CsvSource({"1, 9", "1, 1", "1, 0", "2, 9", "2, 1", "2, 0"})
    @Tag("P27")
    @Tag("P40")
    @Tag("P42")
    @Tag("P43")
    @Tag("P44")
    @Tag("P45")
    @Tag("P46")
    @Tag("P47")
    @Tag("P48")
    @Tag("P52")
    @Tag("B55")
    @Tag("S12")
    @Tag("S13")
    void every_answer_and_every_outcome_is_that_of_one_revision(int engines, int accounts) throws Exception {
        Policy first = PolicyConverter.policy(start);
        long bytes = 2L * accounts * PermissionMatrix.compile(first).retainedBytes();
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < engines; i++) {
            hosts.add(new Host(bytes));
        }
        for (String account : ACCOUNTS) {
            PlainPolicy plain = start.withAccount(account);
            hosts.get(0).engine.create(PolicyConverter.policy(plain, catalog));
            histories.put(account, new RecordedHistory(plain));
        }
        hosts.forEach(Host::makeCheckers);
        run(hosts);
        for (String account : ACCOUNTS) {
            compareWithModel(account, hosts);
        }
        tally.assertAimed();
        assertThat(histories.values().stream()
                        .mapToInt(RecordedHistory::movedSubtrees)
                        .sum())
                .as("moved subtrees")
                .isPositive();
        long evictions = hosts.stream()
                .mapToLong(host -> host.engine.statistics().evictions())
                .sum();
        assertThat(evictions > 0).isEqualTo(accounts == 1);
        hosts.forEach(host -> host.engine.close());
    }

    private void run(List<Host> hosts) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        int seed = 0;
        for (Host host : hosts) {
            for (int i = 0; i < WRITERS; i++) {
                Choices choices = Choices.seeded(++seed);
                tasks.add(() -> write(host, choices));
            }
            for (int i = 0; i < READERS; i++) {
                int reader = ++seed;
                tasks.add(() -> {
                    try {
                        return read(host, Choices.seeded(reader), "reader " + reader);
                    } finally {
                        reading.decrementAndGet();
                    }
                });
            }
        }
        writing.set(WRITERS * hosts.size());
        reading.set(READERS * hosts.size());
        for (Future<Void> task : threads.invokeAll(tasks)) {
            task.get();
        }
    }

    private void compareWithModel(String account, List<Host> hosts) {
        RecordedHistory history = histories.get(account);
        history.fold();
        history.assertEditsWithoutEffect();
        history.assertAnswers();
        assertThat(history.effective()).isGreaterThan(history.attemptCount() / 4);
        assertThat(history.effective()).isLessThan(history.attemptCount());
        assertThat(history.revealing())
                .as("of %s answers", history.answerCount())
                .isPositive();
        assertThat(PolicyConverter.plain(store.load(account).orElseThrow().policy()))
                .isEqualTo(history.last());
        for (Host host : hosts) {
            assertThat(host.engine.policy(account).revision())
                    .isBetween(host.seen(account), history.last().revision());
        }
    }

    private @Nullable Void write(Host host, Choices choices) {
        try {
            for (int i = 0; i < BATCHES; i++) {
                if (i % 8 == 0) {
                    awaitReaders();
                }
                String account = choices.oneOf(ACCOUNTS);
                Policy policy = host.engine.policy(account);
                PlainPolicy plain = PolicyConverter.plain(policy);
                List<Edit> edits = i % 8 == 0 ? subtreeMove(choices, plain) : RandomBatches.next(choices, plain);
                PolicyEdit edit = PolicyEdit.of(account).changes(EditConverter.changes(edits, start, catalog));
                boolean expects = choices.oneIn(3);
                histories.get(account).add(edit(host, expects ? edit.expecting(policy.version()) : edit, edits));
            }
        } finally {
            writing.decrementAndGet();
        }
        return null;
    }

    /** Waits until a round of questions has ended that began after this call. */
    private void awaitReaders() {
        int underWay = reading.get();
        int before = rounds.get();
        while (rounds.get() <= before + underWay && reading.get() > 0) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** Returns the move of a target in which others lie; a random batch if none is possible. */
    private static List<Edit> subtreeMove(Choices choices, PlainPolicy plain) {
        List<PlainTarget> parents = new ArrayList<>(List.of(PlainTarget.account()));
        plain.targets().forEach(located -> parents.add(located.target()));
        List<List<Edit>> moves = new ArrayList<>();
        for (PlainTarget target : parents.subList(1, parents.size())) {
            if (PlainPaths.height(plain, target) > 1) {
                for (PlainTarget parent : parents) {
                    List<Edit> move = List.of(new Edit.MoveTarget(target, parent));
                    if (EditModel.apply(plain, move, 0) instanceof EditModel.Applied applied
                            && !applied.effects().isEmpty()) {
                        moves.add(move);
                    }
                }
            }
        }
        return moves.isEmpty() ? RandomBatches.next(choices, plain) : choices.oneOf(moves);
    }

    private static Attempt edit(Host host, PolicyEdit edit, List<Edit> edits) {
        String account = edit.account();
        Long expected = edit.expected().map(Version::revision).orElse(null);
        long min = host.seen(account);
        long stored = host.storedRevision(account);
        try {
            Commit commit = host.engine.commit(edit);
            host.markSeen(account, commit.revision());
            assertThat(commit.revision()).isGreaterThanOrEqualTo(min);
            assertThat(host.engine.policy(account).revision()).isGreaterThanOrEqualTo(commit.revision());
            return new Attempt(edits, expected, stored, host.spanSince(account, min), commit, Set.of());
        } catch (PolicyViolationException e) {
            return new Attempt(
                    edits, expected, stored, host.spanSince(account, min), null, PolicyConverter.violations(e));
        }
    }

    private @Nullable Void read(Host host, Choices choices, String name) {
        Map<String, List<Answer>> asked = new HashMap<>();
        ACCOUNTS.forEach(account -> asked.put(account, new ArrayList<>()));
        int questions = 0;
        while (questions < MIN_ANSWERS || (writing.get() > 0 && questions < MAX_ANSWERS)) {
            String account = choices.oneOf(ACCOUNTS);
            long before = host.seen(account);
            PermissionMatrix pinned = host.engine.matrix(account);
            assertThat(pinned.policy().revision()).isGreaterThanOrEqualTo(before);
            host.markSeen(account, pinned.policy().revision());
            PlainPolicy plain = PolicyConverter.plain(pinned.policy());
            for (Question question : RandomPlainPolicy.questions(choices, plain, 40)) {
                asked.get(account).add(ask(host, account, name, question, choices));
                questions++;
            }
            for (Question question : RandomPlainPolicy.questions(choices, plain, 20)) {
                assertPinned(pinned, plain, question);
            }
            rounds.incrementAndGet();
        }
        asked.forEach((account, answers) -> histories.get(account).addAll(answers));
        return null;
    }

    /** A matrix at hand answers from its own revision, whatever happens meanwhile. */
    private void assertPinned(PermissionMatrix pinned, PlainPolicy plain, Question question) {
        Compiled compiled = new Compiled(plain, Oracle.of(plain), pinned.policy(), pinned);
        synchronized (tally) {
            compiled.assertAnswer(question, tally);
        }
    }

    private Answer ask(Host host, String account, String thread, Question question, Choices choices) {
        Target target = PolicyConverter.target(question.target());
        PermissionChecker checker = host.checkers.get(account);
        Permission permission = catalog.find(question.permission()).orElse(null);
        List<Question> questions = new ArrayList<>(List.of(question));
        Rights rights = catalog.noRights();
        int way = permission == null ? choices.below(2) : choices.below(6);
        if (way > 3) {
            rights = catalog.rights(
                    question.permission(), choices.oneOf(catalog.permissions()).key());
            questions.clear();
            rights.forEach(p -> questions.add(new Question(question.user(), p.key(), question.target())));
        }
        long min = host.seen(account);
        boolean answer = switch (way) {
            case 0 -> host.engine.hasPermission(account, question.user(), question.permission(), target);
            case 1 -> checker.hasPermission(question.user(), question.permission(), target);
            case 2 -> host.engine.hasPermission(account, question.user(), permission, target);
            case 3 -> host.engine.checker(account).hasPermission(question.user(), permission, target);
            case 4 -> checker.hasAny(question.user(), rights, target);
            default -> checker.hasAll(question.user(), rights, target);
        };
        return new Answer(thread, questions, way == 5, host.spanSince(account, min), answer);
    }
}
