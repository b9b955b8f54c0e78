package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hamcrest.Matchers.equalTo;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.model.Change;
import io.rbac.model.Target;
import io.rbac.model.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Edits that name the version which they were made from. */
class IfMatchTest {

    @RestController
    static class Readers {

        private final PermissionEngine engine;
        private final Rbac rbac;

        Readers(PermissionEngine engine, Rbac rbac) {
            this.engine = engine;
            this.rbac = rbac;
        }

        @GetMapping("/readers")
        ResponseEntity<String> read() {
            return ResponseEntity.ok()
                    .eTag(rbac.version().orElseThrow().toString())
                    .body("readers");
        }

        @PutMapping("/readers/{reader}")
        String add(@PathVariable String reader) {
            return engine.commit(rbac.ifMatch(
                            PolicyEdit.of("acme").changes(Change.assign(reader, "reader", Target.chat("c-1")))))
                    .version()
                    .toString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({Chats.Base.class, Chats.Web.class})
    static class App {

        @Bean
        Readers readers(PermissionEngine engine, Rbac rbac) {
            return new Readers(engine, rbac);
        }
    }

    private final AnnotationConfigWebApplicationContext context = Chats.startWeb(App.class);
    private final MockMvc mvc = Chats.mvc(context);
    private int readers;

    @AfterEach
    void close() {
        context.close();
    }

    private String tag() throws Exception {
        return String.valueOf(mvc.perform(get("/readers").with(user("ada")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getHeader("ETag"));
    }

    private ResultActions add(String... ifMatch) throws Exception {
        MockHttpServletRequestBuilder request = put("/readers/r-" + readers++).with(user("ada"));
        return mvc.perform(ifMatch.length == 0 ? request : request.header("If-Match", (Object[]) ifMatch));
    }

    @Test
    void an_edit_is_made_on_the_version_that_was_read_and_on_no_other() throws Exception {
        String read = tag();
        assertThat(read)
                .isEqualTo('"'
                        + context.getBean(PermissionEngine.class)
                                .policy("acme")
                                .version()
                                .toString()
                        + '"');

        add(read).andExpect(status().isOk());
        add(read)
                .andExpect(status().isPreconditionFailed())
                .andExpect(jsonPath("$.violations[0].code", equalTo("CONFLICT")));
        add("\"other\", " + read + ", " + tag()).andExpect(status().isOk());
    }

    @Test
    void without_the_header_every_version_will_do() throws Exception {
        add().andExpect(status().isOk());
        add("*").andExpect(status().isOk());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "abc", ""})
    void a_header_that_names_no_version_is_never_ignored(String header) throws Exception {
        add(header).andExpect(status().isPreconditionFailed());
    }

    @Test
    void a_weak_entity_tag_is_none_to_edit_by() throws Exception {
        add("W/" + tag()).andExpect(status().isPreconditionFailed());
    }

    @Test
    void a_header_in_several_lines_is_not_ignored() throws Exception {
        String read = tag();
        add("\"other\"", "\"another\"").andExpect(status().isPreconditionFailed());
        add("\"other\"", read).andExpect(status().isOk());
        add("\"other\"", read).andExpect(status().isPreconditionFailed());
    }

    @Test
    void what_a_header_says_cannot_be_known_outside_a_request() {
        PolicyEdit edit = PolicyEdit.of("acme").changes(Change.removeUser("zoe"));
        Rbac rbac = context.getBean(Rbac.class);
        assertThatIllegalStateException().isThrownBy(() -> rbac.ifMatch(edit));
    }

    @Test
    void there_is_no_version_of_nobody() {
        Rbac rbac = context.getBean(Rbac.class);
        assertThat(rbac.version()).isEmpty();
        assertThat(Chats.as("ada", rbac::version)).isPresent();
    }

    @Test
    void a_version_that_another_process_committed_is_known() {
        InMemoryPolicyStore store = new InMemoryPolicyStore();
        PolicyEdit edit = PolicyEdit.of("acme").changes(Change.assign("zoe", "reader", Target.chat("c-1")));
        try (PermissionEngine one = PermissionEngine.builder()
                        .catalog(Chats.CATALOG)
                        .store(store)
                        .build();
                PermissionEngine other = PermissionEngine.builder()
                        .catalog(Chats.CATALOG)
                        .store(store)
                        .build()) {
            one.create(Chats.policy("acme"));
            Version committed = other.commit(edit).version();

            assertThat(IfMatch.parse('"' + committed.toString() + '"')
                            .expectedBy(edit, one)
                            .expected())
                    .contains(committed);
            assertThat(one.policy("acme").version()).isEqualTo(committed);
        }
    }
}
