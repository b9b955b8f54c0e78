package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.test.Sketch.Assignment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What {@code Policy.builder} accepts and what it refuses. */
@Domain(Sketches.class)
class BuilderProperties {

    /** P27. */
    @Property
    void a_right_policy_is_never_refused(@ForAll Sketch sketch) {
        assertThatCode(() -> SketchPolicy.policy(sketch)).as("%s", sketch).doesNotThrowAnyException();
    }

    /** P27. */
    @Property
    void a_broken_policy_is_refused_with_all_that_is_wrong_and_nothing_else(@ForAll RandomSketch.Broken broken) {
        Sketch named = named(broken.sketch());
        if (Validity.problems(named).isEmpty()) {
            assertThatCode(() -> SketchPolicy.policy(named)).doesNotThrowAnyException();
        } else {
            assertThat(problemsOf(refusal(named))).as("problems of\n%s", named).isEqualTo(expectedProblems(named));
        }
    }

    /** P27: a role without a name cannot even be made. */
    @Property
    void a_role_without_a_name_is_refused_at_once(@ForAll Sketch sketch) {
        SketchRole nameless = SketchRole.of("nameless", Scope.ACCOUNT).withTexts(null, null);
        assertThat(problemsOf(refusal(sketch.withRole(nameless))))
                .containsExactly(new Problem("NAME_MISSING", "/name"));
    }

    /** P11. */
    @Property
    void what_is_stated_twice_is_reported_at_its_second_place(@ForAll Sketch sketch) {
        Sketch twice = sketch;
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < sketch.roles().size(); i++) {
            twice = twice.withRole(sketch.roles().get(i));
            paths.add("/roles/" + (sketch.roles().size() + i) + "/id");
        }
        for (int i = 0; i < sketch.teams().size(); i++) {
            twice = twice.withTeam(sketch.teams().get(i));
            paths.add("/teams/" + (sketch.teams().size() + i));
        }
        for (int i = 0; i < sketch.chats().size(); i++) {
            twice = twice.withChat(sketch.chats().get(i).id(), null);
            paths.add("/chats/" + (sketch.chats().size() + i) + "/id");
        }
        for (int i = 0; i < sketch.assignments().size(); i++) {
            Assignment assignment = sketch.assignments().get(i);
            twice = twice.withAssignment(assignment.user(), assignment.role(), assignment.target());
            paths.add("/assignments/" + (sketch.assignments().size() + i));
        }
        Sketch stated = twice;
        if (!paths.isEmpty()) {
            assertThat(problemsOf(refusal(stated)))
                    .isEqualTo(paths.stream()
                            .map(path -> new Problem("DUPLICATE_ID", path))
                            .collect(Collectors.toSet()));
        }
    }

    /** P27, P60 without a document between: what was built says what was given. */
    @Property
    void a_policy_reads_back_as_it_was_given(@ForAll Sketch sketch) {
        Oracle oracle = Oracle.of(sketch);
        Sketch expected = sketch.withRoles(oracle.roles())
                .withTeams(oracle.teams())
                .withChats(oracle.chats())
                .withAssignments(oracle.assignments());
        Policy policy = SketchPolicy.policy(sketch);
        Sketch read = SketchPolicy.sketch(policy);
        assertThat(read).isEqualTo(expected);
        assertThat(SketchPolicy.policy(read)).isEqualTo(policy).hasSameHashCodeAs(policy);
    }

    private static PolicyViolationException refusal(Sketch sketch) {
        PolicyViolationException refusal =
                catchThrowableOfType(PolicyViolationException.class, () -> SketchPolicy.policy(sketch));
        assertThat(refusal).as("refusal of\n%s", sketch).isNotNull();
        assertThat(refusal.total()).isEqualTo(refusal.violations().size());
        return refusal;
    }

    private static Set<Problem> problemsOf(PolicyViolationException refusal) {
        return refusal.violations().stream().map(BuilderProperties::problem).collect(Collectors.toSet());
    }

    private static Problem problem(Violation violation) {
        return new Problem(violation.code().name(), violation.path());
    }

    /**
     * What {@link Validity} finds, but that an assignment with another problem, which is reported in any case, is not
     * also called a duplicate.
     */
    private static Set<Problem> expectedProblems(Sketch sketch) {
        List<Problem> problems = Validity.problems(sketch);
        return problems.stream()
                .filter(problem -> !problem.code().equals("DUPLICATE_ID")
                        || problems.stream().noneMatch(other -> other.path().startsWith(problem.path() + "/")))
                .collect(Collectors.toSet());
    }

    /** Gives each role that has no name one that no other role has and the rules allow. */
    private static Sketch named(Sketch sketch) {
        Sketch named = sketch;
        for (int i = 0; i < sketch.roles().size(); i++) {
            SketchRole role = sketch.roles().get(i);
            if (role.name() == null) {
                Collection<String> taken =
                        named.roles().stream().map(SketchRole::name).toList();
                named = named.withRole(
                        i, role.withTexts(RandomWords.numbered("No", taken::contains), role.description()));
            }
        }
        return named;
    }
}
