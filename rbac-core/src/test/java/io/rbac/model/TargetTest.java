package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "account, ACCOUNT, \"\"",
                "team/support, TEAM, support",
                "chat/c-42, CHAT, c-42",
                "team/account, TEAM, account",
                "chat/a/b, CHAT, a/b",
                "chat//, CHAT, /",
                "team/team/x, TEAM, team/x",
                "\"chat/ c \", CHAT, \" c \"",
                "chat/%2f, CHAT, %2f",
                "chat/*, CHAT, *"
            })
    void all_after_the_first_slash_is_the_id(String text, Scope scope, String id) {
        Target target = Target.parse(text);
        assertThat(target.scope()).isEqualTo(scope);
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
    void only_a_chat_can_be_given_with_a_parent() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Target.team("x").inAccount())
                .withMessage("only a chat can be given with a parent, not `team/x`");
        assertThatIllegalStateException()
                .isThrownBy(() -> Target.account().inTeam("x"))
                .withMessage("only a chat can be given with a parent, not `account`");
    }

    @Test
    void a_target_that_has_no_parent_is_named_in_printable_characters_and_not_at_length() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Target.team("a\nb".repeat(2_000)).inAccount())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThanOrEqualTo(1_024));
    }
}
