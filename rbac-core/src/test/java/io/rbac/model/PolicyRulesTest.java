package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyRules.EmptyRoles;
import io.rbac.model.PolicyRules.UnknownTargets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyRulesTest {

    private interface Setting extends UnaryOperator<PolicyRules.Builder> {}

    private static final List<Setting> SETTINGS = List.of(
            b -> b.nameMin(2),
            b -> b.nameMax(60),
            b -> b.nameMax(null),
            b -> b.allowsBlankNames(true),
            b -> b.requiresUniqueNames(true),
            b -> b.allowsDescriptions(false),
            b -> b.descriptionMax(10),
            b -> b.descriptionMax(null),
            b -> b.scopes(Set.of(Scope.ACCOUNT)),
            b -> b.scopes(Set.of(Scope.ACCOUNT, Scope.CHAT)),
            b -> b.defaultScope(Scope.TEAM),
            b -> b.requiresRights(true),
            b -> b.defaults(Scope.ACCOUNT, 0, null),
            b -> b.defaults(Scope.ACCOUNT, 1, 1),
            b -> b.defaults(Scope.TEAM, 1, null),
            b -> b.defaults(Scope.CHAT, 0, 3),
            b -> b.rolesPerTarget(1),
            b -> b.emptyRoles(EmptyRoles.NONE),
            b -> b.deletion(Deletion.DELETE),
            b -> b.deletion(Deletion.REFUSE),
            b -> b.allowsSystemRoleNames(false),
            b -> b.allowsSystemRoleDefaults(false),
            b -> b.unknownTargets(UnknownTargets.TRUSTED),
            b -> b.lockout(List.of("user:read")));

    @Test
    void the_standard_rules_are_those_of_the_document() {
        PolicyRules rules = PolicyRules.standard();
        assertThat(rules.nameLength().min()).isEqualTo(1);
        assertThat(rules.nameLength().max()).hasValue(50);
        assertThat(rules.allowsBlankNames()).isFalse();
        assertThat(rules.requiresUniqueNames()).isFalse();
        assertThat(rules.allowsDescriptions()).isTrue();
        assertThat(rules.descriptionLength().max()).hasValue(500);
        assertThat(rules.scopes()).isEmpty();
        assertThat(ScopeTree.standard().scopes()).allMatch(rules::allows);
        assertThat(rules.defaults()).isEmpty();
        assertThat(rules.defaultScope()).isEmpty();
        assertThat(rules.requiresRights()).isFalse();
        assertThat(rules.defaults(Scope.ACCOUNT).min()).isEqualTo(1);
        assertThat(rules.defaults(Scope.TEAM).min()).isZero();
        assertThat(rules.defaults(Scope.CHAT).min()).isZero();
        assertThat(ScopeTree.standard().scopes().stream()
                        .map(scope -> rules.defaults(scope).max()))
                .containsOnly(OptionalInt.empty());
        assertThat(rules.rolesPerTarget()).isEmpty();
        assertThat(rules.emptyRoles()).isEqualTo(EmptyRoles.DEFAULTS);
        assertThat(rules.deletion()).isEqualTo(Deletion.DISCARD);
        assertThat(rules.allowsSystemRoleNames()).isTrue();
        assertThat(rules.allowsSystemRoleDefaults()).isTrue();
        assertThat(rules.unknownTargets()).isEqualTo(UnknownTargets.REFUSED);
        assertThat(rules.lockout()).isEmpty();
        assertThat(PolicyRules.builder().build()).isEqualTo(rules);
    }

    @Test
    void what_was_set_is_there_again() {
        PolicyRules rules = PolicyRules.builder()
                .nameMin(3)
                .nameMax(60)
                .allowsBlankNames(true)
                .requiresUniqueNames(true)
                .allowsDescriptions(false)
                .descriptionMax(7)
                .scopes(Set.of(Scope.CHAT, Scope.ACCOUNT))
                .defaultScope(Scope.CHAT)
                .requiresRights(true)
                .defaults(Scope.ACCOUNT, 1, 1)
                .defaults(Scope.CHAT, 2, null)
                .rolesPerTarget(4)
                .emptyRoles(EmptyRoles.NONE)
                .deletion(Deletion.REFUSE)
                .allowsSystemRoleNames(false)
                .allowsSystemRoleDefaults(false)
                .unknownTargets(UnknownTargets.TRUSTED)
                .lockout(List.of("user:update", "user:read", "user:update"))
                .build();
        assertThat(rules.nameLength().min()).isEqualTo(3);
        assertThat(rules.nameLength().max()).hasValue(60);
        assertThat(rules.allowsBlankNames()).isTrue();
        assertThat(rules.requiresUniqueNames()).isTrue();
        assertThat(rules.allowsDescriptions()).isFalse();
        assertThat(rules.descriptionLength().max()).hasValue(7);
        assertThat(rules.scopes().orElseThrow()).containsExactly(Scope.ACCOUNT, Scope.CHAT);
        assertThat(ScopeTree.standard().scopes().stream().filter(rules::allows))
                .containsExactly(Scope.ACCOUNT, Scope.CHAT);
        assertThat(rules.defaultScope()).contains(Scope.CHAT);
        assertThat(rules.requiresRights()).isTrue();
        assertThat(rules.defaults(Scope.ACCOUNT).min()).isEqualTo(1);
        assertThat(rules.defaults(Scope.ACCOUNT).max()).hasValue(1);
        assertThat(rules.defaults(Scope.CHAT).min()).isEqualTo(2);
        assertThat(rules.defaults(Scope.CHAT).max()).isEmpty();
        assertThat(rules.rolesPerTarget()).hasValue(4);
        assertThat(rules.emptyRoles()).isEqualTo(EmptyRoles.NONE);
        assertThat(rules.deletion()).isEqualTo(Deletion.REFUSE);
        assertThat(rules.allowsSystemRoleNames()).isFalse();
        assertThat(rules.allowsSystemRoleDefaults()).isFalse();
        assertThat(rules.unknownTargets()).isEqualTo(UnknownTargets.TRUSTED);
        assertThat(rules.lockout()).containsExactly("user:update", "user:read");
        assertThat(rules.toBuilder().build())
                .isEqualTo(rules)
                .hasSameHashCodeAs(rules)
                .hasToString(rules.toString());
    }

    @Test
    void two_rules_are_equal_when_all_their_values_are() {
        List<PolicyRules> rules = new ArrayList<>(List.of(PolicyRules.standard()));
        SETTINGS.forEach(s -> rules.add(s.apply(PolicyRules.builder()).build()));
        for (int i = 0; i < rules.size(); i++) {
            for (int j = 0; j < rules.size(); j++) {
                assertThat(rules.get(i).equals(rules.get(j))).as("%d, %d", i, j).isEqualTo(i == j);
            }
            PolicyRules copy = rules.get(i).toBuilder().build();
            assertThat(copy).isEqualTo(rules.get(i)).hasSameHashCodeAs(rules.get(i));
        }
    }

    @Test
    void rules_that_were_built_do_not_change_with_what_they_were_built_from() {
        Set<Scope> scopes = new HashSet<>(Set.of(Scope.ACCOUNT));
        List<String> lockout = new ArrayList<>(List.of("user:read"));
        PolicyRules.Builder builder = PolicyRules.builder().scopes(scopes).lockout(lockout);
        PolicyRules rules = builder.build();
        String before = rules.toString();
        scopes.add(Scope.CHAT);
        lockout.clear();
        SETTINGS.forEach(s -> assertThat(s.apply(builder)).isSameAs(builder));
        PolicyRules.Builder ofRules = rules.toBuilder();
        SETTINGS.forEach(s -> assertThat(s.apply(ofRules)).isSameAs(ofRules));
        assertThat(rules).hasToString(before);
        assertThat(rules.scopes().orElseThrow()).containsExactly(Scope.ACCOUNT);
    }

    @Test
    void a_limit_can_be_taken_away_again() {
        PolicyRules rules = PolicyRules.builder()
                .defaults(Scope.ACCOUNT, 1, 1)
                .defaults(Scope.ACCOUNT, 1, null)
                .rolesPerTarget(3)
                .rolesPerTarget(null)
                .build();
        assertThat(rules).isEqualTo(PolicyRules.standard());
    }

    static Stream<Arguments> rulesThatContradictThemselves() {
        return Stream.of(
                row(b -> b.nameMin(-1), "LIMIT_EXCEEDED at /rules/name/min: `-1` is too small: expected at least 0"),
                row(b -> b.nameMin(51), "LIMIT_EXCEEDED at /rules/name/max: `50` is too small: expected at least 51"),
                row(b -> b.nameMax(0), "LIMIT_EXCEEDED at /rules/name/max: `0` is too small: expected at least 1"),
                row(
                        b -> b.descriptionMax(-1),
                        "LIMIT_EXCEEDED at /rules/description/max: `-1` is too small: expected at least 0"),
                row(
                        b -> b.rolesPerTarget(0),
                        "LIMIT_EXCEEDED at /rules/rolesPerTarget: `0` is too small: expected at least 1"),
                row(
                        b -> b.defaults(Scope.TEAM, -1, null),
                        "LIMIT_EXCEEDED at /rules/defaults/team/min: `-1` is too small: expected at least 0"),
                row(
                        b -> b.defaults(Scope.ACCOUNT, 2, 1),
                        "LIMIT_EXCEEDED at /rules/defaults/account/max: `1` is too small: expected at least 2"),
                row(
                        b -> b.scopes(Set.of(Scope.ACCOUNT)).defaultScope(Scope.TEAM),
                        "SCOPE_INVALID at /rules/defaultScope: `team` is not among the scopes that the rules allow:"
                                + " [account]"),
                row(
                        b -> b.scopes(Set.of(Scope.TEAM)),
                        "SCOPE_INVALID at /rules/defaults/account/min: `account` is not among the scopes that the rules"
                                + " allow: [team]"),
                row(
                        b -> b.scopes(Set.of()).defaults(Scope.ACCOUNT, 0, null),
                        "SCOPE_INVALID at /rules/scopes: no scope is given: expected at least one"));
    }

    private static Arguments row(Setting setting, String message) {
        return Arguments.of(setting, message);
    }

    @ParameterizedTest
    @MethodSource("rulesThatContradictThemselves")
    void rules_that_contradict_themselves_are_not_built(Setting setting, String message) {
        PolicyViolationException thrown = catchThrowableOfType(
                PolicyViolationException.class,
                () -> setting.apply(PolicyRules.builder()).build());
        assertThat(thrown).hasMessage(message);
    }

    @Test
    void all_contradictions_are_reported_at_once() {
        PolicyViolationException thrown = catchThrowableOfType(
                PolicyViolationException.class,
                () -> PolicyRules.builder()
                        .nameMin(-1)
                        .descriptionMax(-1)
                        .rolesPerTarget(0)
                        .scopes(Set.of())
                        .defaultScope(Scope.CHAT)
                        .defaults(Scope.CHAT, 0, -1)
                        .build());
        assertThat(thrown.violations().stream().map(Violation::path))
                .containsExactly(
                        "/rules/name/min",
                        "/rules/description/max",
                        "/rules/rolesPerTarget",
                        "/rules/defaults/chat/max",
                        "/rules/defaults/account/min",
                        "/rules/defaultScope",
                        "/rules/scopes");
    }

    @Test
    void a_range_is_exceeded_by_what_is_above_its_greatest_number() {
        PolicyRules rules = PolicyRules.builder()
                .defaults(Scope.TEAM, 1, 3)
                .defaults(Scope.CHAT, 2, null)
                .build();
        PolicyRules.Range bounded = rules.defaults(Scope.TEAM);
        PolicyRules.Range unbounded = rules.defaults(Scope.CHAT);

        assertThat(bounded)
                .isEqualTo(new PolicyRules.Range(1, OptionalInt.of(3)))
                .hasToString("1 to 3");
        assertThat(bounded.isExceededBy(3)).isFalse();
        assertThat(bounded.isExceededBy(4)).isTrue();
        assertThat(bounded.isExceededBy(Long.MAX_VALUE)).isTrue();
        assertThat(unbounded)
                .isEqualTo(new PolicyRules.Range(2, OptionalInt.empty()))
                .hasToString("at least 2");
        assertThat(unbounded.isExceededBy(Long.MAX_VALUE)).isFalse();
        assertThatNullPointerException().isThrownBy(() -> new PolicyRules.Range(0, null));
        assertThatNullPointerException().isThrownBy(() -> rules.defaults(null));
        assertThat(PolicyRules.standard().nameLength()).hasToString("1 to 50");
        assertThat(PolicyRules.standard().descriptionLength()).hasToString("0 to 500");
    }

    @Test
    void the_words_are_those_of_the_document() {
        assertThat(Stream.of(EmptyRoles.values()).map(EmptyRoles::word)).containsExactly("defaults", "none");
        assertThat(Stream.of(Deletion.values()).map(Deletion::word)).containsExactly("discard", "delete", "refuse");
        assertThat(Stream.of(UnknownTargets.values()).map(UnknownTargets::word)).containsExactly("refused", "trusted");
        assertThat(ScopeTree.standard().scopes().stream().map(Scope::name)).containsExactly("account", "team", "chat");
        assertThat(Stream.of(RoleType.values()).map(RoleType::word)).containsExactly("system", "custom");
    }
}
