package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import io.rbac.model.Target;
import io.rbac.spring.RequiresPermission.Match;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.PathVariable;

class RequiresPermissionTest {

    @RequiresPermission(value = "message:create", at = "chat/{chat}")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Writes {}

    interface Exports {
        @RequiresPermission("report:export")
        String export();
    }

    static class Messages {

        @RequiresPermission(value = "message:delete", at = "chat/{chatId}")
        String delete(@Nullable String chatId) {
            return "deleted in " + chatId;
        }

        @RequiresPermission(value = "message:create", at = "chat/{id}")
        String number(long id) {
            return "written in " + id;
        }

        @RequiresPermission(value = "message:create", at = "chat/{id}")
        String uuid(UUID id) {
            return "written in " + id;
        }

        @RequiresPermission(value = "message:create", at = "chat/{chatId}")
        String bound(String other, @PathVariable("chatId") String id) {
            return "written in " + id;
        }

        @RequiresPermission(value = "message:read", at = "chat/c-1")
        String fixed() {
            return "read";
        }

        @RequiresPermission(
                value = {"message:create", "message:delete"},
                at = "chat/c-42",
                match = Match.ANY)
        String any() {
            return "any";
        }

        @RequiresPermission(
                value = {"message:read", "message:create"},
                at = "chat/c-42")
        String all() {
            return "all";
        }

        @Writes
        String meta(String chat) {
            return "written in " + chat;
        }

        String free() {
            return "free";
        }
    }

    static class Exporter implements Exports {

        @Override
        public String export() {
            return "exported";
        }
    }

    @RequiresPermission("report:export")
    static class Reports {

        String inherited() {
            return "inherited";
        }

        @RequiresPermission(value = "message:read", at = "chat/c-1")
        String own() {
            return "own";
        }
    }

    static final List<PermissionDecision> DECISIONS = new ArrayList<>();

    @Import(Chats.Base.class)
    static class App {

        @Bean
        Messages messages() {
            return new Messages();
        }

        @Bean
        Exports exports() {
            return new Exporter();
        }

        @Bean
        Reports reports() {
            return new Reports();
        }

        @Bean
        DecisionListener decisions() {
            return DECISIONS::add;
        }
    }

    private final AnnotationConfigApplicationContext context = Chats.start(App.class);
    private final Messages messages = context.getBean(Messages.class);
    private final Exports exports = context.getBean(Exports.class);
    private final Reports reports = context.getBean(Reports.class);

    @AfterEach
    void close() {
        context.close();
        SecurityContextHolder.clearContext();
        DECISIONS.clear();
    }

    private static PermissionDecision denied(String user, Runnable call) {
        AuthorizationDeniedException thrown =
                catchThrowableOfType(AuthorizationDeniedException.class, () -> Chats.run(user, call));
        assertThat(thrown).as("the call is denied").isNotNull();
        assertThat(thrown.getAuthorizationResult()).isInstanceOf(PermissionDecision.class);
        return (PermissionDecision) thrown.getAuthorizationResult();
    }

    @Test
    void a_user_who_has_the_permission_there_may_call() {
        assertThat(Chats.as("ada", () -> messages.delete("c-42"))).isEqualTo("deleted in c-42");
        assertThat(Chats.as("eve", messages::fixed)).isEqualTo("read");
    }

    @Test
    void a_denial_carries_account_user_permissions_and_target() {
        PermissionDecision decision = denied("bob", () -> messages.delete("c-42"));
        assertThat(decision.isGranted()).isFalse();
        assertThat(decision.account()).contains("acme");
        assertThat(decision.user()).contains("bob");
        assertThat(decision.permissions()).containsExactly("message:delete");
        assertThat(decision.target()).contains(Target.chat("c-42"));
        assertThat(decision)
                .hasToString("PermissionDecision[denied, account=acme, user=bob, permissions=[message:delete],"
                        + " target=chat/c-42]");
    }

    @Test
    void the_id_comes_from_the_parameter_whatever_its_type() {
        assertThat(Chats.as("bob", () -> messages.number(7))).isEqualTo("written in 7");
        denied("bob", () -> messages.number(8));
        UUID unknown = UUID.fromString("00000000-0000-0000-0000-000000000001");
        assertThat(denied("bob", () -> messages.uuid(unknown)).target()).contains(Target.chat(unknown.toString()));
    }

    @Test
    void a_parameter_that_is_bound_to_a_name_goes_by_that_name() {
        assertThat(Chats.as("bob", () -> messages.bound("c-1", "c-42"))).isEqualTo("written in c-42");
        denied("bob", () -> messages.bound("c-42", "c-1"));
    }

    @Test
    void an_id_is_never_read_as_a_target_of_another_scope() {
        assertThat(denied("ada", () -> messages.delete("c-42/../account")).target())
                .contains(Target.chat("c-42/../account"));
        denied("ada", () -> messages.delete(""));
    }

    @Test
    void a_call_without_an_id_is_denied() {
        assertThat(denied("ada", () -> messages.delete(null)).target()).isEmpty();
    }

    @Test
    void one_of_several_permissions_is_enough_or_all_are_needed() {
        assertThat(Chats.as("ada", messages::any)).isEqualTo("any");
        assertThat(Chats.as("bob", messages::any)).isEqualTo("any");
        denied("eve", messages::any);
        assertThat(Chats.as("bob", messages::all)).isEqualTo("all");
        denied("ada", messages::all);
    }

    @Test
    void it_works_as_a_meta_annotation_and_on_an_interface() {
        assertThat(Chats.as("bob", () -> messages.meta("c-42"))).isEqualTo("written in c-42");
        denied("ada", () -> messages.meta("c-42"));
        assertThat(Chats.as("ada", exports::export)).isEqualTo("exported");
        denied("bob", exports::export);
    }

    @Test
    void on_a_type_it_holds_for_each_method_that_has_none_of_its_own() {
        assertThat(Chats.as("ada", reports::inherited)).isEqualTo("inherited");
        denied("eve", reports::inherited);
        assertThat(Chats.as("eve", reports::own)).isEqualTo("own");
    }

    @Test
    void a_method_without_it_is_not_looked_at() {
        assertThat(messages.free()).isEqualTo("free");
        assertThat(DECISIONS).isEmpty();
    }

    @Test
    void nobody_may_call_without_being_authenticated() {
        assertThatThrownBy(() -> messages.delete("c-42"))
                .isInstanceOf(AuthenticationCredentialsNotFoundException.class);
        SecurityContextHolder.getContext()
                .setAuthentication(new AnonymousAuthenticationToken(
                        "key", "ada", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
        assertThatThrownBy(() -> messages.delete("c-42"))
                .isInstanceOfSatisfying(
                        AuthorizationDeniedException.class,
                        e -> assertThat(((PermissionDecision) e.getAuthorizationResult()).user())
                                .isEmpty());
    }

    @Test
    void outside_a_request_each_call_is_answered_from_the_current_policy() {
        PermissionEngine engine = context.getBean(PermissionEngine.class);
        denied("eve", () -> messages.delete("c-42"));
        engine.commit("acme", Change.assign("eve", "moderator", Target.account()));
        assertThat(Chats.as("eve", () -> messages.delete("c-42"))).isEqualTo("deleted in c-42");
    }

    @Test
    void every_decision_is_reported() {
        assertThat(Chats.as("ada", () -> messages.delete("c-42"))).isNotNull();
        denied("bob", () -> messages.delete("c-42"));
        assertThat(DECISIONS).extracting(PermissionDecision::isGranted).containsExactly(true, false);
    }
}
