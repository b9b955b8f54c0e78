package io.rbac.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.engine.PermissionEngine;
import io.rbac.jakarta.RequiresPermission.Match;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Target;
import io.rbac.review.AccessInvariant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.PathParam;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BeansTest {

    private static Caller current = Caller.of(null, null);

    @ApplicationScoped
    static class Application {

        @Produces
        @Singleton
        PermissionCatalog catalog() {
            return Chats.CATALOG;
        }

        @Produces
        @Dependent
        Caller caller() {
            return current;
        }
    }

    @ApplicationScoped
    static class Messages {

        @RequiresPermission(value = "message:delete", at = "chat/{chat}")
        String delete(@Nullable String chat) {
            return "deleted in " + chat;
        }

        @RequiresPermission(value = "message:create", at = "chat/{id}")
        String number(int id) {
            return "written in " + id;
        }

        @RequiresPermission(value = "message:create", at = "chat/{chatId}")
        String bound(String other, @PathParam("chatId") String id) {
            return "written in " + id;
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

        String free() {
            return "free";
        }
    }

    static class Inherited {

        String inherited() {
            return "inherited";
        }
    }

    @ApplicationScoped
    @RequiresPermission("message:delete")
    static class Reports extends Inherited {

        @RequiresPermission(value = "message:create", at = "chat/c-42")
        String own() {
            return "own";
        }
    }

    private final List<WeldContainer> containers = new ArrayList<>();

    private WeldContainer start(Class<?>... beans) {
        WeldContainer container = new Weld()
                .disableDiscovery()
                .addExtension(new RbacExtension())
                .addBeanClasses(beans)
                .initialize();
        containers.add(container);
        return container;
    }

    private WeldContainer started() {
        WeldContainer container = start(Application.class, Messages.class, Reports.class);
        container.select(PermissionEngine.class).get().create(Chats.policy());
        return container;
    }

    @AfterEach
    void stop() {
        containers.stream().filter(WeldContainer::isRunning).forEach(WeldContainer::close);
        current = Caller.of(null, null);
    }

    private static void be(String user) {
        current = Caller.of("acme", user);
    }

    private static PermissionDeniedException denied(Runnable call) {
        return catchThrowableOfType(PermissionDeniedException.class, call::run);
    }

    @Test
    void a_user_who_has_the_permission_there_may_call_and_others_may_not() {
        Messages messages = started().select(Messages.class).get();
        be("ada");
        assertThat(messages.delete("c-42")).isEqualTo("deleted in c-42");
        be("bob");
        PermissionDeniedException denial = denied(() -> messages.delete("c-42"));
        assertThat(denial.account()).contains("acme");
        assertThat(denial.user()).isEqualTo("bob");
        assertThat(denial.permission()).isEqualTo("message:delete");
        assertThat(denial.target()).isEqualTo(Target.chat("c-42"));
    }

    @Test
    void the_id_is_the_parameter_of_that_name_or_that_is_bound_to_it() {
        Messages messages = started().select(Messages.class).get();
        be("bob");
        assertThat(messages.number(7)).isEqualTo("written in 7");
        assertThat(denied(() -> messages.number(8)).target()).isEqualTo(Target.chat("8"));
        assertThat(messages.bound("x", "c-42")).isEqualTo("written in c-42");
        assertThat(denied(() -> messages.bound("c-42", "x"))).isNotNull();
        be("ada");
        assertThat(denied(() -> messages.delete(null)).target()).isEqualTo(Target.chat(""));
    }

    @Test
    void one_of_several_permissions_is_enough_or_all_are_needed() {
        Messages messages = started().select(Messages.class).get();
        be("ada");
        assertThat(messages.any()).isEqualTo("any");
        assertThat(denied(messages::all).permission()).isEqualTo("message:create");
        be("bob");
        assertThat(messages.any()).isEqualTo("any");
        assertThat(messages.all()).isEqualTo("all");
        be("eve");
        assertThat(denied(messages::any)).isNotNull();
    }

    @Test
    void on_a_type_it_holds_for_each_method_that_has_none_of_its_own() {
        Reports reports = started().select(Reports.class).get();
        be("ada");
        assertThat(reports.inherited()).isEqualTo("inherited");
        assertThat(denied(reports::own)).isNotNull();
        be("bob");
        assertThat(denied(reports::inherited)).isNotNull();
        assertThat(reports.own()).isEqualTo("own");
    }

    @Test
    void whoever_is_not_known_may_call_nothing_that_is_annotated() {
        Messages messages = started().select(Messages.class).get();
        assertThatThrownBy(messages::any).isInstanceOf(UnknownCallerException.class);
        current = Caller.of(null, "ada");
        assertThatThrownBy(messages::any).isInstanceOf(UnknownCallerException.class);
        current = Caller.of("globex", "ada");
        assertThat(denied(messages::any).account()).contains("globex");
        assertThat(messages.free()).isEqualTo("free");
    }

    @Test
    void the_engine_is_closed_with_the_container() {
        WeldContainer container = started();
        PermissionEngine engine = container.select(PermissionEngine.class).get();
        container.close();
        assertThatIllegalStateException().isThrownBy(() -> engine.matrix("acme"));
    }

    @ApplicationScoped
    static class OwnEngine {

        static final PermissionEngine ENGINE =
                PermissionEngine.builder().catalog(Chats.CATALOG).build();

        @Produces
        @Singleton
        PermissionEngine engine() {
            return ENGINE;
        }
    }

    @Test
    void an_engine_of_the_application_takes_the_place_of_the_one_that_is_made() {
        WeldContainer container = start(Application.class, Messages.class, OwnEngine.class);
        assertThat(container.select(PermissionEngine.class).get()).isSameAs(OwnEngine.ENGINE);
    }

    @ApplicationScoped
    static class Invariants {

        @Produces
        @Singleton
        AccessInvariant readersOnly() {
            return AccessInvariant.implies("message:delete", "message:read");
        }
    }

    @Test
    void invariants_that_are_beans_hold_for_the_engine_that_is_made() {
        PermissionEngine engine = start(Application.class, Messages.class, Invariants.class)
                .select(PermissionEngine.class)
                .get();
        engine.create(Chats.policy());
        assertThatThrownBy(() -> engine.commit(
                        "acme",
                        Change.updateRole(
                                "moderator",
                                RoleUpdate.builder()
                                        .rights(Chats.CATALOG.rights("message:delete"))
                                        .build())))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageContaining("message:read");
    }

    @ApplicationScoped
    static class Wrong {

        @RequiresPermission("mesage:delete")
        void misspelt() {}

        @RequiresPermission(value = "message:read", at = "chat/{id}")
        void noValue(String chat) {}

        @RequiresPermission(value = "message:read", at = "chat/{id}")
        void noId(List<String> id) {}

        @RequiresPermission(value = "message:read", at = "chat/{id}")
        void right(UUID id) {}

        @RequiresPermission("typing:show")
        void neverGranted() {}

        @RequiresPermission("message:read")
        static void neverIntercepted() {}
    }

    private static List<String> problems(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof InvalidRulesException)) {
            cause = cause.getCause();
        }
        assertThat(cause).as("what stopped the container: %s", thrown).isNotNull();
        return ((InvalidRulesException) cause).problems();
    }

    @Test
    void a_wrong_annotation_stops_the_container_and_all_of_them_are_reported() {
        String type = Wrong.class.getName() + ".";
        assertThat(problems(catchThrowable(() -> start(Application.class, Wrong.class))))
                .containsExactlyInAnyOrder(
                        type + "misspelt(): `mesage:delete` is not a permission of the catalog; did you mean"
                                + " `message:delete`?",
                        type + "noValue(String): nothing has a value for `{id}`: expected a parameter of this name",
                        type
                                + "noId(List): the parameter `id` is a java.util.List: expected a string, a UUID, an integer"
                                + " or an enum",
                        type
                                + "neverGranted(): nobody can have `typing:show` at `account`: only roles of [chat] may hold"
                                + " it",
                        type
                                + "neverIntercepted(): the call cannot be intercepted: expected a method that is not"
                                + " private or static");
    }

    @ApplicationScoped
    static class NoCaller {

        @Produces
        @Singleton
        PermissionCatalog catalog() {
            return Chats.CATALOG;
        }
    }

    @Test
    void a_container_without_a_caller_does_not_start() {
        assertThat(problems(catchThrowable(() -> start(NoCaller.class, Messages.class))))
                .containsExactly(
                        "there is no bean of the type io.rbac.jakarta.Caller: expected who calls, or a bean of the"
                                + " type io.rbac.jakarta.AccountResolver");
    }
}
