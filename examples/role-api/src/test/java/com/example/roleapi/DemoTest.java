package com.example.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.roleapi.Caller;
import io.rbac.roleapi.RoleRequest;
import io.rbac.roleapi.RoleResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the demos protect: their administrators, their tokens, and themselves from bodies of strangers. */
class DemoTest {

    private static RoleResponse send(DemoApi api, String method, String target, String token, String type, String body)
            throws IOException {
        RoleRequest head = RoleRequest.of(method, target)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type);
        return api.handle(head, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_only_owner_of_freya_cannot_lose_their_role() throws Exception {
        try (DemoApi api = DemoApi.open(new FreyaDemo(), new InMemoryPolicyStore())) {
            RoleResponse response = send(
                    api,
                    "PUT",
                    "/api/v2/workspaces/" + FreyaDemo.WORKSPACE + "/members/user_owner",
                    FreyaDemo.OWNER_TOKEN,
                    "application/json",
                    "{\"roleId\":\"role_member\"}");

            assertThat(response.status()).as(response.text()).isEqualTo(409);
            assertThat(Curl.tree(response.text()).at("/details/0/code").textValue())
                    .isEqualTo("LAST_HOLDER");
        }
    }

    @Test
    void the_only_administrator_of_pulse_cannot_lose_their_role() throws Exception {
        try (DemoApi api = DemoApi.open(new PulseDemo(), new InMemoryPolicyStore())) {
            JsonNode roles = Curl.tree(send(
                            api,
                            "GET",
                            "/api/v1/roles?filter[name]=eq:Account+Member",
                            PulseDemo.ADMIN_TOKEN,
                            "application/vnd.api+json",
                            "")
                    .text());
            RoleResponse response = send(
                    api,
                    "POST",
                    "/api/v1/account_memberships",
                    PulseDemo.ADMIN_TOKEN,
                    "application/vnd.api+json",
                    "{\"data\":{\"attributes\":{\"user_id\":\"" + PulseDemo.ADMIN + "\",\"role_ids\":[\""
                            + roles.at("/data/0/id").textValue() + "\"]}}}");

            assertThat(response.status()).as(response.text()).isEqualTo(409);
            assertThat(Curl.tree(response.text()).at("/errors/0/code").textValue())
                    .isEqualTo("last_holder");
        }
    }

    @Test
    void the_body_of_an_unknown_caller_is_not_read() throws Exception {
        for (Demo demo : Demo.all()) {
            try (DemoApi api = DemoApi.open(demo, new InMemoryPolicyStore())) {
                RoleRequest head = RoleRequest.of("POST", demo.roles())
                        .header("Authorization", "Bearer guessed")
                        .header("x-api-key", "guessed");

                assertThat(api.handle(head, new UnreadableBody()).status()).isEqualTo(401);
            }
        }
    }

    private static final class UnreadableBody extends InputStream {
        @Override
        public int read() {
            throw new AssertionError("the body was read");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return read();
        }
    }

    @Test
    void a_token_is_compared_with_the_known_ones_and_not_looked_up() {
        Map<String, Caller> callers = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Caller get(Object token) {
                throw new AssertionError("the token was looked up");
            }
        };
        callers.put("first", Caller.account("a"));
        callers.put("second", Caller.account("b"));

        assertThat(Demo.find("first", callers)).contains(Caller.account("a"));
        assertThat(Demo.find("second", callers)).contains(Caller.account("b"));
        assertThat(Demo.find("", callers)).isEmpty();
        assertThat(Demo.find("secon", callers)).isEmpty();
        assertThat(Demo.find("second ", callers)).isEmpty();
        assertThat(Demo.find("SECOND", callers)).isEmpty();
    }
}
