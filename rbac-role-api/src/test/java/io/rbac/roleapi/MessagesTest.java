package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.rbac.model.PermissionCatalog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests, responses and callers as values, and the builder of an API. */
class MessagesTest {

    @Test
    void a_request_is_changed_by_copies() {
        RoleRequest request = RoleRequest.of("POST", "/a?b");
        byte[] body = {1, 2};
        RoleRequest full = request.header("X-Key", "1")
                .header("x-key", "2")
                .header("A", "3")
                .body(body);
        body[0] = 9;

        assertThat(request.headers()).isEmpty();
        assertThat(request.body()).isEmpty();
        assertThat(full.method()).isEqualTo("POST");
        assertThat(full.target()).isEqualTo("/a?b");
        assertThat(full.header("X-KEY")).contains("1");
        assertThat(full.header("none")).isEmpty();
        assertThat(full.headers()).containsEntry("x-key", List.of("1", "2")).containsEntry("a", List.of("3"));
        assertThat(full.body()).containsExactly(1, 2);
        full.body()[0] = 9;
        assertThat(full.body()).containsExactly(1, 2);
        assertThat(request.body("ä").body()).isEqualTo("ä".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void all_headers_of_a_message_are_added_at_once() {
        RoleRequest request = RoleRequest.of("GET", "/").header("A", "1");
        List<String> values = new ArrayList<>(List.of("2", "3"));

        RoleRequest more = request.headers(Map.of("a", values, "B", List.of("4"), "C", List.of()));
        values.clear();

        assertThat(more.headers()).containsOnly(Map.entry("a", List.of("1", "2", "3")), Map.entry("b", List.of("4")));
        assertThat(more.header("c")).isEmpty();
        assertThat(request.headers()).containsOnlyKeys("a");
        assertThat(more)
                .isEqualTo(RoleRequest.of("GET", "/")
                        .header("b", "4")
                        .header("A", "1")
                        .header("a", "2")
                        .header("a", "3"));
        assertThatNullPointerException().isThrownBy(() -> request.header("a", null));
    }

    @Test
    void header_names_do_not_depend_on_the_locale() {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(RoleRequest.of("GET", "/").header("X-WORKSPACE-ID", "w").header("x-workspace-id"))
                    .contains("w");
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void requests_are_equal_if_their_parts_are() {
        RoleRequest request = RoleRequest.of("POST", "/a").header("B", "c").body("d");

        assertThat(request)
                .isEqualTo(RoleRequest.of("POST", "/a").header("b", "c").body("d"))
                .hasSameHashCodeAs(RoleRequest.of("POST", "/a").header("b", "c").body("d"))
                .isNotEqualTo(request.body("e"))
                .isNotEqualTo(request.header("b", "c"))
                .isNotEqualTo(RoleRequest.of("PUT", "/a").header("B", "c").body("d"))
                .isNotEqualTo(RoleRequest.of("POST", "/b").header("B", "c").body("d"))
                .isNotEqualTo(new Object());
    }

    @Test
    void the_string_of_a_request_contains_no_secret() {
        assertThat(RoleRequest.of("GET", "/a").header("x-api-key", "secret").body("secret"))
                .asString()
                .contains("GET", "/a")
                .doesNotContain("secret");
    }

    @Test
    void responses_are_equal_if_their_parts_are() {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        RoleRequest list = world.signed("GET", world.roles());
        RoleResponse response = world.api().handle(list);

        assertThat(response)
                .isEqualTo(world.api().handle(list))
                .hasSameHashCodeAs(world.api().handle(list))
                .isNotEqualTo(world.api().handle(world.signed("GET", world.role("x"))))
                .isNotEqualTo(world.api().handle(world.signed("PATCH", world.roles())))
                .isNotEqualTo(new Object());
        assertThat(response.toString()).contains("200", "[]");
        assertThat(response.text()).isEqualTo(new String(response.body(), StandardCharsets.UTF_8));
        response.body()[0] = 'x';
        assertThat(response.text()).isEqualTo("[]");
    }

    @Test
    void a_caller_is_a_user_or_the_account_itself() {
        PermissionCatalog catalog = AcceptanceWorldCatalogs.pulse();
        Caller account = Caller.account("a");
        Caller user = Caller.user("a", "u");
        Caller restricted = user.restrictedTo(catalog.rights("user:read", "user:update"));

        assertThat(account.account()).isEqualTo("a");
        assertThat(account.user()).isEmpty();
        assertThat(user.user()).contains("u");
        assertThat(user.restriction()).isEmpty();
        assertThat(restricted.account()).isEqualTo("a");
        assertThat(restricted.restriction()).contains(catalog.rights("user:read", "user:update"));
        assertThat(restricted
                        .restrictedTo(catalog.rights("user:read", "role:read"))
                        .restriction())
                .isEqualTo(Optional.of(catalog.rights("user:read")));
        assertThat(user)
                .isEqualTo(Caller.user("a", "u"))
                .hasSameHashCodeAs(Caller.user("a", "u"))
                .isNotEqualTo(account)
                .isNotEqualTo(restricted)
                .isNotEqualTo(Caller.user("b", "u"))
                .isNotEqualTo(Caller.user("a", "v"))
                .isNotEqualTo(new Object());
        assertThat(restricted.toString()).contains("u", "user:read");
        assertThat(account.toString()).contains("a");
    }

    @Test
    void an_api_needs_an_authentication() {
        AcceptanceWorld world = AcceptanceWorld.trillet();

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        RoleApi.builder(world.engine(), RoleDialect.trillet()).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RoleApi.builder(world.engine(), RoleDialect.trillet()).maxBytes(-1));
        assertThatNullPointerException()
                .isThrownBy(() ->
                        RoleApi.builder(world.engine(), RoleDialect.trillet()).authentication(null));
        assertThatNullPointerException()
                .isThrownBy(() ->
                        RoleApi.builder(world.engine(), RoleDialect.trillet()).onFailure(null));
    }
}
