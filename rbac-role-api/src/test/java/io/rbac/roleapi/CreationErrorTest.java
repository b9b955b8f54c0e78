package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Violation.Code;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors of a creation do not mention the id that the role would have had: the client never sent one. */
class CreationErrorTest {

    private static final String GENERATED = "generated-";

    private final AtomicInteger ids = new AtomicInteger();

    private AcceptanceWorldAnswer create(AcceptanceWorldProduct product, RoleDialect dialect, String body) {
        PermissionEngine engine = PermissionEngine.builder()
                .catalog(product.catalog())
                .rules(dialect.rules())
                .guard(dialect.guard(product.catalog()))
                .ids(() -> GENERATED + ids.incrementAndGet())
                .executor(Runnable::run)
                .build();
        engine.create(product.policy(product.account(), product.catalog()));
        RoleApi api = RoleApi.builder(engine, dialect)
                .authentication(request -> Optional.of(Caller.account(product.account())))
                .build();
        RoleRequest request = product.signed(RoleRequest.of("POST", product.roles()), "t", product.account())
                .header("Content-Type", product.mediaType())
                .body(body.replace('\'', '"'));
        return AcceptanceWorldAnswer.of(product, api.handle(request));
    }

    private static String message(AcceptanceWorldProduct product, AcceptanceWorldAnswer answer) {
        return switch (product) {
            case TRILLET -> answer.at("/violations/0/message").textValue();
            case PULSE -> answer.at("/errors/0/detail").textValue();
            case FREYA -> answer.at("/details/0/message").textValue();
        };
    }

    @ParameterizedTest
    @EnumSource
    void an_error_on_create_speaks_of_the_new_role(AcceptanceWorldProduct product) {
        AcceptanceWorldAnswer answer =
                create(product, product.dialect(), product.roleBody("")).refused(product.invalid(), Code.NAME_BLANK);

        assertThat(answer.text()).doesNotContain(GENERATED);
        assertThat(message(product, answer)).startsWith("the new role has a blank name: expected ");
    }

    @ParameterizedTest
    @EnumSource
    void no_error_on_create_mentions_a_generated_id(AcceptanceWorldProduct product) {
        RoleDialect unique = product.dialect()
                .withRules(product.dialect().rules().toBuilder()
                        .nameMax(60)
                        .requiresUniqueNames(true)
                        .allowsDescriptions(true)
                        .descriptionMax(3)
                        .build());
        String long61 = "n".repeat(61);
        for (String name : List.of("", "\\n", long61)) {
            String body = product.roleBody(name);

            assertThat(create(product, unique, body).is(product.invalid()).text())
                    .as("the error for the name `%s`", name)
                    .doesNotContain(GENERATED);
            assertThat(create(product, unique, body.replace("\"name\"", "\"description\":\"long\",\"name\""))
                            .is(product.invalid())
                            .text())
                    .doesNotContain(GENERATED);
        }
    }

    @Test
    void the_error_for_a_taken_name_mentions_only_the_other_role() {
        RoleDialect dialect = RoleDialect.freya()
                .withRules(RoleDialect.freya().rules().toBuilder()
                        .requiresUniqueNames(true)
                        .build());

        AcceptanceWorldAnswer answer = create(AcceptanceWorldProduct.FREYA, dialect, "{'name':'r_member'}")
                .refused(409, Code.NAME_TAKEN);

        assertThat(answer.text()).doesNotContain(GENERATED).contains("the new role", "`r_member`");
    }

    @Test
    void errors_for_the_users_of_a_new_role_mention_no_generated_id() {
        AcceptanceWorldAnswer answer = create(
                        AcceptanceWorldProduct.TRILLET,
                        RoleDialect.trillet(),
                        "{'name':'','permissions':[],'userIds':['u',' ']}")
                .refused(400, Code.NAME_BLANK, Code.ID_INVALID);

        assertThat(answer.text()).doesNotContain(GENERATED);
    }
}
