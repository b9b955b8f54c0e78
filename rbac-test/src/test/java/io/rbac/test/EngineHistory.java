package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.AccountChecker;
import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionChecker;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.test.EditModel.Applied;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * A random history of several accounts in a live engine, next to the model of it. After each step every question about
 * any account is answered as by the model.
 */
final class EngineHistory implements AutoCloseable {
    /** Rules under which a host can build a policy that breaks those of the engine. */
    static final PlainRules LENIENT =
            PlainRules.standard().withName(0, null, true, false).withDefaults(PlainScope.ACCOUNT, 0, null);

    private static final List<String> ACCOUNTS = List.of("north", "south", "west");
    private static final int QUESTIONS = 4;

    private final LiveEngine live;
    private final EngineSteps steps;
    private final PlainPolicy start;
    private final List<LiveAccount> accounts =
            ACCOUNTS.stream().map(LiveAccount::new).toList();
    private final Tally tally;

    EngineHistory(LiveEngine.Setup setup, PlainPolicy start, Choices choices, Tally tally) {
        this.start = start.withRevision(0);
        this.tally = tally;
        this.live = new LiveEngine(setup, start);
        this.steps = new EngineSteps(live);
        steps.begin(live.engines().get(0), 0);
        for (LiveAccount account : accounts.subList(0, 2)) {
            steps.begin(live.engines().get(0), 0);
            steps.create(account, first(account, choices));
        }
    }

    private PlainPolicy first(LiveAccount account, Choices choices) {
        PlainPolicy first = start.withAccount(account.id());
        return marked(account.id().equals(ACCOUNTS.get(0)) ? first : edited(first, choices), account.id());
    }

    /** Returns a policy after some random batches. */
    private static PlainPolicy edited(PlainPolicy plain, Choices choices) {
        PlainPolicy edited = plain;
        for (int i = 0; i < 3; i++) {
            if (EditModel.apply(edited, RandomBatches.next(choices, edited), 1) instanceof Applied applied) {
                edited = applied.result();
            }
        }
        return edited;
    }

    /** Returns a policy with targets, a role and a user, as far as the rules allow, that no other account has. */
    private static PlainPolicy marked(PlainPolicy plain, String account) {
        PlainPolicy marked = plain;
        PlainTarget zebra = zebra(plain, account);
        PlainTarget yak = yak(plain, account);
        if (plain.scopes().contains(zebra.scope())) {
            marked = marked.withTarget(zebra, PlainTarget.account());
        }
        if (PlainPaths.mayLieIn(plain, yak.scope(), zebra.scope())) {
            marked = marked.withTarget(yak, zebra);
        }
        PlainRole role = PlainRole.of("xerus-" + account, plain.allowedScopes().get(0));
        marked = marked.withRole(role.withTexts("x" + account, null));
        marked = RoleEdits.find(plain, role.id()) == null
                        && Validity.violations(marked).isEmpty()
                ? marked
                : plain;
        for (PlainRole each : marked.roles()) {
            if (each.scope().isAccount()) {
                PlainPolicy more = marked.withAssignment("wolf-" + account, each.id(), PlainTarget.account());
                return Validity.violations(more).isEmpty() ? more : marked;
            }
        }
        return marked;
    }

    /** Returns a target of the widest scope below the account's; a team if there is none. */
    private static PlainTarget zebra(PlainPolicy plain, String account) {
        PlainScope scope =
                plain.scopes().size() == 1 ? PlainScope.TEAM : plain.scopes().get(1);
        return PlainTarget.of(scope, "zebra-" + account);
    }

    /** Returns a target of the narrowest scope; a chat if there is none below the account's. */
    private static PlainTarget yak(PlainPolicy plain, String account) {
        List<PlainScope> scopes = plain.scopes();
        PlainScope scope = scopes.size() == 1 ? PlainScope.CHAT : scopes.get(scopes.size() - 1);
        return PlainTarget.of(scope, "yak-" + account);
    }

    LiveEngine live() {
        return live;
    }

    List<LiveAccount> accounts() {
        return accounts;
    }

    Map<String, Integer> outcomes() {
        return steps.outcomes();
    }

    List<Object> transcript() {
        return steps.transcript();
    }

    /** Takes one random step, and then asks everything. */
    void step(int number, Choices choices) {
        PermissionEngine through = choices.oneOf(live.engines());
        LiveAccount account = choices.oneOf(accounts);
        steps.begin(through, number);
        if (!account.exists() && !choices.oneIn(3)) {
            steps.create(account, replacement(account, choices));
            steps.begin(through, number);
        }
        switch (choices.below(24)) {
            case 15 -> steps.commit(account, foreign(account, choices), null, choices.oneIn(2));
            case 16, 17 -> steps.replace(account, replacement(account, choices));
            case 18, 19 -> steps.create(account, replacement(account, choices));
            case 20, 21 -> steps.commitAs(account, choices.oneIn(2) ? "user1" : "nobody", batch(account, choices));
            case 22, 23 -> steps.remove(account);
            default -> commitBatch(number, account, choices);
        }
        assertAll(Choices.seeded(choices.below(1 << 16)));
    }

    /** Commits one random batch to an account. */
    void commitBatch(int number, LiveAccount account, Choices choices) {
        steps.begin(live.engines().get(0), number);
        steps.commit(account, batch(account, choices), expected(account, choices), choices.oneIn(2));
    }

    private List<Edit> batch(LiveAccount account, Choices choices) {
        return account.exists() ? RandomBatches.next(choices, account.plain()) : List.of();
    }

    /** Returns an expected revision: mostly none, else the current one, an old one or a future one. */
    private static @Nullable Long expected(LiveAccount account, Choices choices) {
        long current = account.exists() ? account.plain().revision() : 0;
        return switch (choices.below(10)) {
            case 6, 7 -> current;
            case 8 -> current - 1 - choices.below((int) Math.max(1, current));
            case 9 -> choices.oneIn(3) ? Long.MAX_VALUE : Long.valueOf(current + 1 + choices.below(3));
            default -> null;
        };
    }

    /**
     * Returns a policy that the account had before, that of another one, an edited one, or one that may break the
     * rules.
     */
    private PlainPolicy replacement(LiveAccount account, Choices choices) {
        List<PlainPolicy> past = account.past();
        LiveAccount other = choices.oneOf(accounts);
        PlainPolicy before = past.isEmpty() ? start : choices.oneOf(past);
        return switch (choices.below(4)) {
            case 1 -> (other.exists() ? other.plain() : before).withAccount(account.id());
            case 2 -> edited(before.withAccount(account.id()), choices);
            case 3 ->
                before.withAccount(account.id())
                        .withRoles(before.roles().stream()
                                .map(role -> role.withDefault(false))
                                .toList());
            default -> before.withAccount(account.id());
        };
    }

    /** Returns an edit that names what another account has, or nearly. */
    private List<Edit> foreign(LiveAccount account, Choices choices) {
        String other = choices.oneOf(
                ACCOUNTS.stream().filter(id -> !id.equals(account.id())).toList());
        String near = choices.oneIn(2) ? other : other.substring(1);
        String role = "xerus-" + near;
        PlainTarget zebra = zebra(start, near);
        PlainTarget yak = yak(start, near);
        String user = account.exists() ? new Picks(choices, account.plain()).user() : "user1";
        return List.of(
                switch (choices.below(10)) {
                    case 0 -> new Edit.Assign(user, role, PlainTarget.account());
                    case 1 -> new Edit.Connect(user, zebra);
                    case 2 -> new Edit.Connect(user, yak);
                    case 3 -> new Edit.UpdateRole(role, Edit.Attributes.named("mine"));
                    case 4 -> new Edit.DeleteRole(role);
                    case 5 -> new Edit.RemoveTarget(zebra);
                    case 6 -> new Edit.MoveTarget(yak(start, account.id()), zebra);
                    case 7 -> new Edit.AddTarget(PlainTarget.of(yak.scope(), "new"), zebra);
                    case 8 -> new Edit.SetUsers(role, zebra, List.of("wolf-" + near));
                    default -> new Edit.AssignToAll(role);
                });
    }

    /** Every question about any account is answered as by the model. */
    void assertAll(Choices choices) {
        for (LiveAccount account : accounts) {
            for (PermissionEngine engine : live.engines()) {
                if (account.exists()) {
                    assertShown(engine, account);
                    hold(engine, account, choices);
                } else {
                    assertAbsent(engine, account);
                }
            }
            askAll(account, choices);
            if (live.isNotified()) {
                assertThat(live.replay().plain(account.id())).isEqualTo(account.exists() ? account.plain() : null);
            }
        }
    }

    private void assertShown(PermissionEngine engine, LiveAccount account) {
        Policy policy = engine.policy(account.id());
        if (live.keepsObjects()) {
            assertThat(policy).isSameAs(account.shown());
        } else {
            assertThat(PolicyConverter.plain(policy)).isEqualTo(account.plain());
        }
        assertThat(engine.violations(account.id())).isEmpty();
    }

    private static void hold(PermissionEngine engine, LiveAccount account, Choices choices) {
        if (account.checkers().isEmpty() || choices.oneIn(8)) {
            account.checkers().add(engine.checker(account.id()));
        }
        if (choices.oneIn(8)) {
            account.hold(engine.matrix(account.id()));
        }
        if (choices.oneIn(3)) {
            String user = RandomPlainPolicy.questions(choices, account.plain(), 1)
                    .get(0)
                    .user();
            account.hold(
                    choices.oneIn(2)
                            ? engine.user(account.id(), user)
                            : choices.oneOf(account.checkers()).user(user));
        }
    }

    private static void assertAbsent(PermissionEngine engine, LiveAccount account) {
        String id = account.id();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> engine.policy(id),
                () -> engine.matrix(id),
                () -> engine.checker(id),
                () -> engine.violations(id))) {
            Assertions.assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            PolicyViolationException.class,
                            e -> assertThat(e.violations())
                                    .singleElement()
                                    .satisfies(violation ->
                                            assertThat(violation.code()).isEqualTo(Code.ACCOUNT_NOT_FOUND)))
                    .hasMessage("ACCOUNT_NOT_FOUND: there is no account `" + id + "`");
        }
    }

    /** Asks questions about this state, earlier ones, and other accounts. */
    private void askAll(LiveAccount account, Choices choices) {
        List<Question> questions = new ArrayList<>();
        if (account.exists()) {
            questions.addAll(RandomPlainPolicy.questions(choices, account.plain(), QUESTIONS));
            account.remember(questions);
        }
        for (int i = 0; i < QUESTIONS; i++) {
            List<Question> others = (i == 0 ? choices.oneOf(accounts) : account).questions();
            if (!others.isEmpty()) {
                questions.add(choices.oneOf(others));
            }
        }
        Compiled compiled = account.exists() ? Compiled.of(account.plain(), account.shown()) : null;
        for (Question question : questions) {
            boolean expected = compiled != null && compiled.expects(question);
            for (PermissionEngine engine : live.engines()) {
                assertAnswers(engine, account, question, expected);
            }
            if (compiled != null) {
                tally.count(expected, compiled.hasUnknown(question));
            }
        }
    }

    private void assertAnswers(PermissionEngine engine, LiveAccount account, Question question, boolean expected) {
        String user = question.user();
        Target target = PolicyConverter.target(question.target());
        assertAnswer(engine.hasPermission(account.id(), user, question.permission(), target), question, expected);
        assertAnswer(engine.user(account.id(), user).has(question.permission(), target), question, expected);
        List<PermissionChecker> checkers = new ArrayList<>(account.checkers());
        if (account.exists()) {
            checkers.add(engine.matrix(account.id()));
            checkers.add(engine.checker(account.id()));
        }
        for (PermissionChecker checker : checkers) {
            assertAnswer(checker.hasPermission(user, question.permission(), target), question, expected);
        }
        for (AccountChecker checker : account.checkers()) {
            assertAnswer(checker.user(user).has(question.permission(), target), question, expected);
        }
        for (AccountChecker orphan : account.orphans()) {
            assertAnswer(orphan.hasPermission(user, question.permission(), target), question, false);
            assertAnswer(orphan.user(user).has(question.permission(), target), question, false);
        }
        Permission permission = live.catalog().find(question.permission()).orElse(null);
        if (permission != null) {
            Rights rights = live.catalog().rights(permission.key());
            assertAnswer(engine.hasPermission(account.id(), user, permission, target), question, expected);
            for (PermissionChecker checker : checkers) {
                assertAnswer(checker.hasPermission(user, permission, target), question, expected);
                assertAnswer(checker.hasAny(user, rights, target), question, expected);
                assertAnswer(checker.hasAll(user, rights, target), question, expected);
            }
        }
    }

    private static void assertAnswer(boolean answer, Question question, boolean expected) {
        if (answer != expected) {
            throw new AssertionError(question + " was answered by " + answer + ", expected " + expected);
        }
    }

    /** Every matrix that was taken on the way answers what it answered then. */
    void assertHeldMatricesUnchanged() {
        for (LiveAccount account : accounts) {
            for (LiveAccount.Held held : account.held()) {
                assertThat(EditedPolicy.digest(held.matrix())).isEqualTo(held.digest());
            }
        }
    }

    /** Every user who was taken on the way is answered as by the model's policy of then. */
    void assertHeldUsersUnchanged() {
        for (LiveAccount account : accounts) {
            for (LiveAccount.HeldUser held : account.heldUsers()) {
                Oracle oracle = Oracle.of(held.plain());
                for (PlainTarget target : Universe.targets(held.plain())) {
                    assertThat(held.user().rightsAt(PolicyConverter.target(target)).stream()
                                    .map(Permission::key))
                            .as("%s at %s under\n%s", held.user(), target, held.plain())
                            .containsExactlyElementsOf(
                                    oracle.rightsOf(held.user().id(), target));
                }
            }
        }
    }

    /** What the listener received leads to the current policies. */
    void assertReceivedAll() {
        live.close();
        for (LiveAccount account : accounts) {
            assertThat(live.replay().plain(account.id())).isEqualTo(account.exists() ? account.plain() : null);
        }
    }

    @Override
    public void close() {
        live.close();
    }
}
