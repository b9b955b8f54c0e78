package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.model.Change;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyRules.EmptyRoles;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a dialect needs of its engine, and that everything that the vendors leave open can be changed. */
class RoleDialectTest {

    private static AcceptanceWorld pulse(RoleDialect dialect) {
        return AcceptanceWorld.of(AcceptanceWorldProduct.PULSE, dialect);
    }

    private static RoleDialect pulseRules(UnaryOperator<PolicyRules.Builder> change) {
        RoleDialect pulse = RoleDialect.pulse();
        return pulse.withRules(change.apply(pulse.rules().toBuilder()).build());
    }

    // what is fixed

    @Test
    void the_rules_of_trillet() {
        assertThat(RoleDialect.trillet().name()).isEqualTo("trillet");
        assertThat(RoleDialect.trillet().rules())
                .isEqualTo(PolicyRules.builder()
                        .nameMin(1)
                        .nameMax(null)
                        .allowsBlankNames(true)
                        .descriptionMax(null)
                        .scopes(Set.of(Scope.ACCOUNT))
                        .defaultScope(Scope.ACCOUNT)
                        .requiresRights(true)
                        .defaults(Scope.ACCOUNT, 0, null)
                        .deletion(Deletion.DELETE)
                        .build());
    }

    @Test
    void the_rules_of_pulse() {
        assertThat(RoleDialect.pulse().name()).isEqualTo("pulse");
        assertThat(RoleDialect.pulse().rules())
                .isEqualTo(PolicyRules.builder()
                        .nameMin(1)
                        .nameMax(50)
                        .allowsBlankNames(false)
                        .allowsDescriptions(false)
                        .defaultScope(Scope.TEAM)
                        .defaults(Scope.ACCOUNT, 1, null)
                        .emptyRoles(EmptyRoles.DEFAULTS)
                        .deletion(Deletion.DISCARD)
                        .allowsSystemRoleNames(true)
                        .allowsSystemRoleDefaults(true)
                        .build());
        assertThat(ScopeTree.standard().scopes())
                .allMatch(scope -> RoleDialect.pulse().rules().allows(scope));
    }

    @Test
    void the_rules_of_freya() {
        assertThat(RoleDialect.freya().name()).isEqualTo("freya");
        assertThat(RoleDialect.freya().rules())
                .isEqualTo(PolicyRules.builder()
                        .nameMin(1)
                        .nameMax(60)
                        .allowsBlankNames(true)
                        .descriptionMax(500)
                        .scopes(Set.of(Scope.ACCOUNT))
                        .defaultScope(Scope.ACCOUNT)
                        .defaults(Scope.ACCOUNT, 1, 1)
                        .rolesPerTarget(1)
                        .deletion(Deletion.REFUSE)
                        .allowsSystemRoleNames(false)
                        .allowsSystemRoleDefaults(false)
                        .build());
    }

    @Test
    void the_default_base_path_is_that_of_the_vendor() {
        assertThat(RoleDialect.trillet().basePath()).isEqualTo("/v1/api/roles-and-permissions");
        assertThat(RoleDialect.pulse().basePath()).isEqualTo("/api/v1");
        assertThat(RoleDialect.freya().basePath()).isEqualTo("/api/v2");
        assertThat(RoleDialect.freya().withBasePath("/mine").basePath()).isEqualTo("/mine");
    }

    @Test
    void ids_have_the_form_of_the_product_and_are_distinct() {
        requireIds(RoleDialect.trillet(), "[0-9a-f]{24}");
        requireIds(RoleDialect.pulse(), "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        requireIds(RoleDialect.freya(), "[A-Za-z0-9_-]{8,}");
    }

    private static void requireIds(RoleDialect dialect, String form) {
        Supplier<String> ids = dialect.ids();
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String id = ids.get();
            assertThat(id).matches(form);
            made.add(id);
        }
        assertThat(made).hasSize(1_000);
    }

    // options

    @ParameterizedTest
    @EnumSource
    void a_host_chooses_the_status_of_a_violation(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(
                product,
                product.dialect()
                        .withStatus(Code.NAME_MISSING, 418)
                        .withStatus(Code.ROLE_NOT_FOUND, 410)
                        .withStatus(Code.MALFORMED, 422));

        world.createRole(product.roleBody("R").replaceFirst("\"name\":\"R\",?", ""))
                .is(418);
        world.get(world.role("nope")).is(410);
        world.send("POST", world.roles(), "{").is(422);
        AcceptanceWorld usual = AcceptanceWorld.of(product);
        usual.createRole(product.roleBody("R").replaceFirst("\"name\":\"R\",?", ""))
                .is(product.invalid());
    }

    @ParameterizedTest
    @EnumSource
    void a_host_chooses_the_status_of_a_creation(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product, product.dialect().withCreatedStatus(200));

        world.createRole(product.roleBody("R")).is(200);
        AcceptanceWorld.of(product).createRole(product.roleBody("R")).is(201);
    }

    @Test
    void pulse_may_show_a_created_role_as_an_object() {
        AcceptanceWorldAnswer answer = pulse(RoleDialect.pulse().withCreatedArray(false))
                .createPulse("{'name':'R'}")
                .created();

        assertThat(answer.at("/data").isObject()).isTrue();
        assertThat(answer.at("/data/attributes/name").textValue()).isEqualTo("R");
        assertThat(pulse(RoleDialect.pulse().withCreatedArray(false).withCreatedArray(true))
                        .createPulse("{'name':'R'}")
                        .at("/data")
                        .isArray())
                .isTrue();
    }

    @Test
    void pulse_may_show_the_capability_to_edit_rights_under_a_literal_key() {
        AcceptanceWorld world = pulse(RoleDialect.pulse().withLiteralRightsEdit(true));

        JsonNode actions = world.get(world.role("team-member")).ok().at("/data/meta/permissions/actions");

        assertThat(actions)
                .isEqualTo(AcceptanceWorldAnswer.tree("{\"edit\":true,\"delete\":false,\"rights.edit\":false}"));
    }

    @Test
    @Tag("B60")
    void pulse_may_have_another_default_scope_or_none() {
        AcceptanceWorld account = pulse(pulseRules(rules -> rules.defaultScope(Scope.ACCOUNT)));
        assertThat(account.createPulse("{'name':'R'}")
                        .created()
                        .at("/data/0/attributes/scope")
                        .textValue())
                .isEqualTo("account");

        AcceptanceWorld none = pulse(pulseRules(rules -> rules.defaultScope(null)));
        none.createPulse("{'name':'R'}").refused(422, Code.MISSING_FIELD).pointing("/data/attributes/scope");
    }

    @Test
    void pulse_may_have_other_scopes_and_a_description() {
        AcceptanceWorld world = pulse(pulseRules(rules ->
                rules.allowsDescriptions(true).requiresUniqueNames(true).deletion(Deletion.DELETE)));

        String id =
                world.createPulse("{'name':'R','description':'d'}").created().id();
        world.createPulse("{'name':'R'}").refused(409, Code.NAME_TAKEN).pointing("/data/attributes/name");
        world.delete(world.role(id)).ok();
        world.get(world.role(id)).refused(404, Code.ROLE_NOT_FOUND);
    }

    @Test
    void an_empty_list_of_roles_may_mean_none() {
        AcceptanceWorld world = pulse(pulseRules(rules -> rules.emptyRoles(EmptyRoles.NONE)));

        world.setRoles("team", "{'team_id':'team-a','user_id':'max','role_ids':[]}")
                .done();

        assertThat(world.policy().rolesOf("max", Target.team("team-a"))).isEmpty();
        assertThat(world.policy().rolesOf("max", Target.account()))
                .extracting(Role::id)
                .containsExactly("account-member");
    }

    @Test
    void freya_may_let_a_role_be_deleted_that_is_in_use() {
        RoleDialect freya = RoleDialect.freya();
        AcceptanceWorld world = AcceptanceWorld.of(
                AcceptanceWorldProduct.FREYA,
                freya.withRules(
                        freya.rules().toBuilder().deletion(Deletion.DELETE).build()));
        world.host("used", Scope.ACCOUNT, "calls:read");
        world.host(Change.assign("u1", "used", Target.account()));

        world.delete(world.role("used")).ok();

        assertThat(world.may("u1", "calls:read")).isFalse();
    }

    @Test
    void lenient_reading_ignores_read_only_attributes_and_unknown_rights_that_are_false() {
        AcceptanceWorld world = pulse(RoleDialect.pulse().withLenientReading(true));

        AcceptanceWorldAnswer answer = world.createPulse("""
                        {'name':'R','scope':'account','role_type':'system','account_id':'x','discarded_at':'y',
                         'rights':{'user':{'read':true,'manage':false},'nope':{'read':false}}}""").created();

        assertThat(answer.attributes().get("role_type").textValue()).isEqualTo("custom");
        assertThat(answer.attributes().get("account_id").textValue()).isEqualTo(world.account());
        assertThat(answer.attributes().get("discarded_at").isNull()).isTrue();
        assertThat(answer.attributes().get("rights"))
                .isEqualTo(AcceptanceWorldAnswer.tree("{\"user\":{\"read\":true}}"));
        world.createPulse("{'name':'R','scope':'account','rights':{'user':{'manage':true}}}")
                .refused(422, Code.ACTION_NOT_ALLOWED);
        world.createPulse("{'name':7}").refused(422, Code.WRONG_TYPE);
        world.get(world.roles() + "?nope=1").ok();
    }

    @Test
    void invalid_options_are_refused() {
        RoleDialect dialect = RoleDialect.pulse();

        assertThatIllegalArgumentException().isThrownBy(() -> dialect.withStatus(Code.CONFLICT, 399));
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.withStatus(Code.CONFLICT, 600));
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.withCreatedStatus(199));
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.withCreatedStatus(300));
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.withBasePath("api"));
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.withBasePath("/api/"));
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.withNeeded(Change.Kind.PURGE_ROLE, "x"));
        assertThatNullPointerException().isThrownBy(() -> dialect.guard(null));
        assertThatNullPointerException().isThrownBy(() -> dialect.withRules(null));
    }

    @Test
    void a_dialect_is_a_value() {
        for (AcceptanceWorldProduct product : AcceptanceWorldProduct.values()) {
            RoleDialect dialect = product.dialect();
            List<RoleDialect> changed = List.of(
                    dialect.withStatus(Code.CONFLICT, 418),
                    dialect.withCreatedStatus(200),
                    dialect.withBasePath("/x"),
                    dialect.withBasePath(""),
                    dialect.withLenientReading(true),
                    dialect.withNeeded(Change.Kind.CREATE_ROLE, "x:y"),
                    dialect.withEscalationRefused(product != AcceptanceWorldProduct.FREYA),
                    dialect.withCreatedArray(false),
                    dialect.withLiteralRightsEdit(true),
                    dialect.withOwnRights(true),
                    dialect.withRules(dialect.rules().toBuilder()
                            .requiresUniqueNames(true)
                            .build()));

            assertThat(dialect).isEqualTo(product.dialect()).hasSameHashCodeAs(product.dialect());
            assertThat(changed).doesNotContain(dialect).doesNotHaveDuplicates();
            assertThat(dialect.withCreatedStatus(200)).isEqualTo(dialect.withCreatedStatus(200));
            assertThat(dialect.toString()).contains(dialect.name());
            assertThat(changed).allSatisfy(one -> assertThat(one.toString()).contains(dialect.name()));
        }
        assertThat(RoleDialect.trillet()).isNotEqualTo(RoleDialect.freya()).isNotEqualTo(new Object());
    }
}
