package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rbac.jackson.RbacModule;
import io.rbac.matrix.UserRights;
import io.rbac.model.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers are shown of their own rights. */
class OwnRightsTest {

    private static AcceptanceWorld world(AcceptanceWorldProduct product) {
        return AcceptanceWorld.of(product, product.dialect().withOwnRights(true));
    }

    private static RoleResponse ask(AcceptanceWorld world, String query) {
        return world.api().handle(world.signed("GET", path(world) + query));
    }

    private static String path(AcceptanceWorld world) {
        return world.product().dialect().basePath() + "/rights";
    }

    private static String json(AcceptanceWorld world, UserRights rights) throws JsonProcessingException {
        return JsonMapper.builder()
                .addModule(new RbacModule(world.policy().catalog()))
                .build()
                .writeValueAsString(rights);
    }

    @ParameterizedTest
    @EnumSource
    void no_vendor_has_it_so_it_is_there_if_the_host_says_so(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);

        assertThat(ask(world, "").status()).isEqualTo(404);
        assertThat(ask(world(product), "").status()).isEqualTo(200);
    }

    @Test
    void it_is_what_the_modules_for_jackson_write_byte_for_byte() throws JsonProcessingException {
        AcceptanceWorld world = world(AcceptanceWorldProduct.PULSE);

        RoleResponse response = ask(world, "?at=chat/chat-1&at=team/n%C3%B6&at=account&at=chat/chat-1");

        UserRights rights = world.engine()
                .user(world.account(), "admin")
                .rightsAt(List.of(Target.chat("chat-1"), Target.team("n\u00f6")));
        assertThat(rights.rights()).isNotEmpty();
        assertThat(response.body()).isEqualTo(json(world, rights).getBytes(StandardCharsets.UTF_8));
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("ETag", '"' + rights.version().toString() + '"');
    }

    @Test
    void a_restricted_caller_has_those_of_the_rights_that_are_left() throws JsonProcessingException {
        AcceptanceWorld world = world(AcceptanceWorldProduct.PULSE);
        AcceptanceWorld restricted =
                world.as(Caller.user(world.account(), "admin").restrictedTo(world.rights("user:read")));

        assertThat(ask(restricted, "?at=chat/chat-1").text())
                .isEqualTo(json(
                        world,
                        world.engine()
                                .user(world.account(), "admin")
                                .restrictedTo(world.rights("user:read"))
                                .rightsAt(List.of(Target.chat("chat-1")))));
    }

    @Test
    void the_account_itself_may_do_everything_where_there_is_something() {
        AcceptanceWorld world = world(AcceptanceWorldProduct.PULSE).asAccount();

        String text = ask(world, "?at=chat/chat-1&at=chat/nowhere").text();

        assertThat(text)
                .startsWith("{\"account\":\"" + world.account() + "\",\"version\":")
                .endsWith(",\"chat/nowhere\":{}}}")
                .contains("\"targets\":{\"chat/chat-1\":{\"");
        assertThat(AcceptanceWorldAnswer.tree(text).at("/rights"))
                .isEqualTo(AcceptanceWorldAnswer.tree(
                        Json.rights(world.policy().catalog().allRights()).toString()));
    }

    @Test
    void who_is_not_authenticated_is_shown_nothing() {
        assertThat(ask(world(AcceptanceWorldProduct.PULSE).asToken("no such token"), "")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?at=chat", "?at=nowhere/1", "?at", "?at=chat/", "?for=bob"})
    void what_is_no_target_is_refused(String query) {
        RoleResponse response = ask(world(AcceptanceWorldProduct.PULSE), query);

        assertThat(response.status()).isEqualTo(query.startsWith("?for") ? 422 : 400);
        assertThat(response.text())
                .contains("\"source\":{\"parameter\":\"" + (query.startsWith("?for") ? "for" : "at"));
    }
}
