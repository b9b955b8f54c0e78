package com.example.twoprocesses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TwoProcessesTest {

    @BeforeAll
    static void require_postgresql() {
        try {
            EmbeddedPostgres.start().close();
        } catch (IOException | IllegalStateException e) {
            if (Boolean.getBoolean("rbac.postgresql.required")) {
                throw new IllegalStateException("PostgreSQL cannot start here", e);
            }
            Assumptions.abort("PostgreSQL cannot start here: " + e.getMessage());
        }
    }

    @Test
    void the_other_process_answers_rightly_and_refuses_what_it_cannot_know() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TwoProcesses.run(new PrintStream(bytes, true, UTF_8));

        List<String> lines = bytes.toString(UTF_8).lines().toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(1)).endsWith("Process one: yes. Process two: yes");
        assertThat(lines.get(2)).endsWith("[Notes, Plan for spring]");
        assertThat(lines.get(3)).contains("took and gave bob's role 20 times");
        assertThat(lines.get(4)).contains("Process two still answers yes");
        assertThat(lines.get(5)).startsWith("After 4 seconds: refused: ");
    }
}
