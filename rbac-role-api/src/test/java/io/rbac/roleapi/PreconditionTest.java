package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags, and edits that name one. */
class PreconditionTest {

    private static String current(AcceptanceWorld world) {
        return '"' + world.policy().version().toString() + '"';
    }

    private static RoleRequest delete(AcceptanceWorld world, String id, String... ifMatch) {
        RoleRequest request = world.signed("DELETE", world.role(id));
        for (String value : ifMatch) {
            request = request.header("If-Match", value);
        }
        return request;
    }

    @ParameterizedTest
    @EnumSource
    void a_read_has_the_version_of_the_account_as_its_entity_tag(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);

        AcceptanceWorldAnswer created = world.createRole(product.roleBody("R")).created();

        assertThat(created.header("ETag")).isEqualTo(current(world));
        assertThat(world.get(world.role(created.id())).ok().header("ETag")).isEqualTo(current(world));
        assertThat(world.get(world.roles()).ok().header("ETag")).isEqualTo(current(world));
        assertThat(world.get(world.role("nobody")).is(404).header("ETag")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void what_was_put_or_deleted_has_no_entity_tag(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        String id = world.createRole(product.roleBody("R")).created().id();
        String body = product == AcceptanceWorldProduct.TRILLET ? "{\"name\":\"S\"}" : product.roleBody("S");

        assertThat(world.send("PUT", world.role(id), body).ok().header("ETag")).isEmpty();
        assertThat(world.delete(world.role(id)).ok().header("ETag")).isEmpty();
    }

    @Test
    void what_was_patched_has_one() {
        AcceptanceWorld world = AcceptanceWorld.freya();
        String id = world.createRole("{'name':'R'}").created().id();

        AcceptanceWorldAnswer patched =
                world.send("PATCH", world.role(id), "{\"name\":\"S\"}").ok();

        assertThat(patched.header("ETag")).isEqualTo(current(world));
    }

    @ParameterizedTest
    @EnumSource
    void an_edit_is_made_on_the_version_that_it_names_and_on_no_other(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        String id = world.createRole(product.roleBody("R")).created().id();
        String old = current(world);
        world.host("other", Scope.ACCOUNT);

        world.send(delete(world, id, old)).refused(412, Code.CONFLICT);

        world.send(delete(world, id, current(world))).ok();
    }

    @Test
    void one_of_several_entity_tags_is_enough() {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        world.host("r", Scope.ACCOUNT);
        world.host("s", Scope.ACCOUNT);
        world.host("t", Scope.ACCOUNT);

        world.send(delete(world, "r", "\"other\" , ," + current(world))).ok();
        world.send(delete(world, "s", "\"with,comma\"", current(world))).ok();
        world.send(delete(world, "t", "*")).ok();
    }

    @Test
    void a_weak_entity_tag_is_none_to_edit_by() {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        world.host("r", Scope.ACCOUNT);

        world.send(delete(world, "r", "W/" + current(world))).refused(412, Code.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "\"abc", "\"a\" \"b\"", "*, \"a\"", ",", "w/\"a\""})
    void a_header_that_is_not_of_its_form_is_never_ignored(String header) {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        world.host("r", Scope.ACCOUNT);

        world.send(delete(world, "r", header)).refused(400, Code.MALFORMED);
    }

    @Test
    void callers_who_may_not_edit_learn_only_that() {
        AcceptanceWorld pulse = AcceptanceWorld.pulse();
        pulse.host("r", Scope.ACCOUNT);
        AcceptanceWorld max = pulse.asUser("max");

        max.send(delete(max, "r", "\"old\"")).refused(403, Code.FORBIDDEN);
        max.send(delete(max, "nobody", "\"old\"")).refused(403, Code.FORBIDDEN);
    }

    @Test
    void what_is_not_there_is_404_whatever_is_named() {
        AcceptanceWorld world = AcceptanceWorld.pulse();

        world.send(delete(world, "nobody", "\"old\"")).refused(404, Code.ROLE_NOT_FOUND);
        world.send(delete(world, "nobody", "*")).refused(404, Code.ROLE_NOT_FOUND);
    }

    @Test
    void a_read_is_answered_whatever_is_named() {
        AcceptanceWorld world = AcceptanceWorld.pulse();

        world.send(world.signed("GET", world.roles())
                        .header("If-Match", "\"old\"")
                        .header("If-None-Match", current(world)))
                .ok();
    }

    @Test
    void a_version_that_another_process_committed_is_known() {
        InMemoryPolicyStore store = new InMemoryPolicyStore();
        AcceptanceWorld world = AcceptanceWorld.of(
                AcceptanceWorldProduct.TRILLET, RoleDialect.trillet(), store, UnaryOperator.identity());
        world.host("r", Scope.ACCOUNT);
        try (PermissionEngine other = PermissionEngine.builder()
                .catalog(world.product().catalog())
                .rules(RoleDialect.trillet().rules())
                .store(store)
                .build()) {
            other.commit(world.account(), Change.assign("u", "r", Target.account()));

            world.send(delete(
                            world,
                            "r",
                            '"' + other.policy(world.account()).version().toString() + '"'))
                    .ok();
        }
    }

    @Test
    void the_status_is_that_of_the_dialect() {
        AcceptanceWorld world = AcceptanceWorld.of(
                AcceptanceWorldProduct.TRILLET, RoleDialect.trillet().withStatus(Code.CONFLICT, 428));
        world.host("r", Scope.ACCOUNT);

        world.send(delete(world, "r", "\"old\"")).refused(428, Code.CONFLICT);
    }
}
