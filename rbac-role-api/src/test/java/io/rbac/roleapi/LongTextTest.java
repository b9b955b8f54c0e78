package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Role;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.store.jdbc.JdbcPolicyStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names and descriptions where the rules set no limit, over files: the limit is then 100,000 code points. */
class LongTextTest {

    private static final int MAX = 100_000;

    /** One code point. */
    private static final String TWO_CHARS = "\uD83D\uDE00";

    @TempDir
    Path folder;

    private final List<Throwable> failures = new ArrayList<>();
    private JdbcPolicyStore store;

    @BeforeEach
    void open() {
        store = JdbcPolicyStore.sqlite(folder.resolve("rbac.db")).createSchema().build();
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** A product whose rules set no limit. */
    private AcceptanceWorld world(AcceptanceWorldProduct product) {
        RoleDialect dialect = product.dialect();
        return AcceptanceWorld.of(
                product,
                dialect.withRules(dialect.rules().toBuilder()
                        .nameMax(null)
                        .allowsDescriptions(true)
                        .descriptionMax(null)
                        .build()),
                store,
                options -> options.onFailure(failures::add));
    }

    private static String body(AcceptanceWorldProduct product, String fields) {
        return switch (product) {
            case TRILLET -> "{" + fields + ",\"permissions\":[]}";
            case PULSE -> "{\"data\":{\"type\":\"role\",\"attributes\":{" + fields + "}}}";
            case FREYA -> "{" + fields + "}";
        };
    }

    @ParameterizedTest
    @EnumSource
    void a_longer_name_is_refused(AcceptanceWorldProduct product) {
        AcceptanceWorld world = world(product);

        world.createRole(body(product, "\"name\":\"" + "n".repeat(MAX + 1) + '"'))
                .refused(product.invalid(), Code.NAME_TOO_LONG);

        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_longer_description_is_refused(AcceptanceWorldProduct product) {
        AcceptanceWorld world = world(product);
        String id = world.createRole(product.roleBody("R")).created().id();

        world.put(world.role(id), body(product, "\"description\":\"" + "d".repeat(MAX + 1) + '"'))
                .refused(product.invalid(), Code.DESCRIPTION_TOO_LONG);

        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_longest_name_and_description_are_stored(AcceptanceWorldProduct product) {
        AcceptanceWorld world = world(product);
        Map<String, String> texts = new HashMap<>();
        for (String character : List.of("n", TWO_CHARS)) {
            String text = character.repeat(MAX);
            texts.put(
                    world.createRole(body(product, "\"name\":\"" + text + "\",\"description\":\"" + text + '"'))
                            .created()
                            .id(),
                    text);
        }

        store.close();
        store = JdbcPolicyStore.sqlite(folder.resolve("rbac.db")).createSchema().build();
        Policy stored = store.load(world.account()).orElseThrow().policy();
        texts.forEach((id, text) -> {
            Role role = stored.role(id).orElseThrow();
            assertThat(role.name()).isEqualTo(text);
            assertThat(role.description()).contains(text);
        });
    }

    @Test
    void a_name_of_trillet_of_any_length_is_no_failure_of_the_store() {
        AcceptanceWorld world = world(AcceptanceWorldProduct.TRILLET);
        for (String character : List.of("n", "\u00e4", TWO_CHARS)) {
            requireNoFailure(world, character, MAX / 2, MAX - 1, MAX, MAX + 1, 2 * MAX);
        }
    }

    private void requireNoFailure(AcceptanceWorld world, String character, int... lengths) {
        for (int length : lengths) {
            String name = character.repeat(length);

            assertThat(world.createRole(body(AcceptanceWorldProduct.TRILLET, "\"name\":\"" + name + '"'))
                            .status())
                    .as("the status of %s characters `%s`", length, character)
                    .isEqualTo(length <= MAX ? 201 : 400);
        }
        assertThat(failures).isEmpty();
    }
}
