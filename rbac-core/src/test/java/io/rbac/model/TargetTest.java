package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "account, account, \"\"",
                "team/support, team, support",
                "chat/c-42, chat, c-42",
                "team/account, team, account",
                "chat/a/b, chat, a/b",
                "chat//, chat, /",
                "team/team/x, team, team/x",
                "\"chat/ c \", chat, \" c \"",
                "chat/%2f, chat, %2f",
                "chat/*, chat, *"
            })
    void all_after_the_first_slash_is_the_id(String text, String scope, String id) {
        Target target = Target.parse(text);
        assertThat(target.scope()).isEqualTo(ScopeTree.standard().scope(scope));
        assertThat(target.id()).isEqualTo(id);
        assertThat(target.parent()).isEmpty();
        assertThat(target).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "account/",
                "account/x",
                "Account",
                "ACCOUNT",
                " account",
                "team",
                "team/",
                "chat",
                "chat/",
                "Team/x",
                "chats/x",
                "/x",
                "team:x",
                "user/x"
            })
    void any_other_text_is_no_target(String text) {
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> Target.parse(text))
                .satisfies(e -> assertThat(e.violations())
                        .containsExactly(Violation.of(
                                Violation.Code.MALFORMED,
                                "",
                                text,
                                "`" + text + "` is not a target: expected `account`, `team/ID` or `chat/ID`")));
    }

    @Test
    void the_locale_of_the_words_does_not_matter() {
        assertThatExceptionOfType(PolicyViolationException.class).isThrownBy(() -> Target.parse("\u0130team/x"));
    }

    @Test
    void scope_id_and_place_make_a_target() {
        Target chat = Target.chat("c");
        assertThat(chat.inTeam("t").parent()).contains(Target.team("t"));
        assertThat(chat.inAccount().parent()).contains(Target.account());
        assertThat(chat.inTeam("t").inAccount()).isEqualTo(chat.inAccount());
        assertThat(chat.inTeam("t").withoutParent()).isEqualTo(chat);
        assertThat(chat.withoutParent()).isSameAs(chat);
        Target[] different = {
            Target.account(),
            Target.team(""),
            Target.chat(""),
            Target.team("c"),
            chat,
            Target.chat("C"),
            chat.inTeam("t"),
            chat.inTeam("u"),
            chat.inAccount()
        };
        for (int i = 0; i < different.length; i++) {
            for (int j = 0; j < different.length; j++) {
                assertThat(different[i].equals(different[j])).isEqualTo(i == j);
            }
        }
        assertThat(Target.chat("c").inTeam("t")).isEqualTo(chat.inTeam("t")).hasSameHashCodeAs(chat.inTeam("t"));
        assertThat(chat.inTeam("t")).hasToString("chat/c (in team/t)");
        assertThat(chat.inAccount()).hasToString("chat/c (in account)");
    }

    @Test
    void any_target_but_the_account_can_be_given_with_a_parent() {
        assertThat(Target.team("x").inAccount().parent()).contains(Target.account());
        assertThat(Target.team("x").inTeam("y").parent()).contains(Target.team("y"));
        assertThat(Target.team("x").in(Target.chat("y")).parent()).contains(Target.chat("y"));
        assertThatIllegalStateException()
                .isThrownBy(() -> Target.account().inTeam("x"))
                .withMessage("the account has no parent");
        assertThatIllegalStateException()
                .isThrownBy(() -> Target.account().inAccount())
                .withMessage("the account has no parent");
    }

    @Test
    void the_given_parent_of_a_given_parent_is_dropped() {
        Target team = Target.team("t");
        assertThat(Target.chat("c").in(team.inAccount()))
                .isEqualTo(Target.chat("c").in(team));
        assertThat(Target.chat("c").in(team.inAccount()).parent()).contains(team);
    }

    @Test
    void the_account_has_no_other_target_of_its_scope() {
        Scope org = ScopeTree.builder().scope("org").build().account();
        for (Scope account : List.of(Scope.ACCOUNT, org)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Target.of(account, "x"))
                    .withMessage("the scope is the account's own: expected `Target.account()`");
        }
        assertThat(Target.account().isAccount()).isTrue();
        assertThat(Target.of(Scope.TEAM, "").isAccount()).isFalse();
        assertThat(Target.account().id()).isEmpty();
    }
}
