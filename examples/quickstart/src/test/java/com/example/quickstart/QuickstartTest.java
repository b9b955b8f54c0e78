package com.example.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    @Test
    void prints_the_answers() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Quickstart.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().map(String::strip))
                .contains(
                        "ada manages support: false",
                        "bob manages support: true",
                        "bob manages c-42, a chat of support: true",
                        "bob manages the account: false",
                        "bob in support: [user:read, user:update, team_membership:manage]",
                        "denied: user `ada` lacks `team_membership:manage` at `team/support`",
                        "bob's read-only key manages support: false",
                        "the same when read back: true",
                        "revision 2: 3 effects",
                        "eve reads in support: true",
                        "bob manages support now: false",
                        "refused: FORBIDDEN")
                .anyMatch(line -> line.startsWith("refused: TARGET_NOT_FOUND at /"));
    }
}
