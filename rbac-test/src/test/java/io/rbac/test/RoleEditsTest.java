package io.rbac.test;

import static io.rbac.test.EditedAcme.ACCOUNT;
import static io.rbac.test.EditedAcme.ACME;
import static io.rbac.test.EditedAcme.AT;
import static io.rbac.test.EditedAcme.HOST;
import static io.rbac.test.EditedAcme.LEAD;
import static io.rbac.test.EditedAcme.MEMBER;
import static io.rbac.test.EditedAcme.OLD;
import static io.rbac.test.EditedAcme.SUPPORT;
import static io.rbac.test.EditedAcme.applied;
import static io.rbac.test.EditedAcme.assertEffects;
import static io.rbac.test.EditedAcme.assertRefused;
import static io.rbac.test.EditedAcme.assertUnchanged;
import static io.rbac.test.EditedAcme.role;
import static io.rbac.test.EditedAcme.under;
import static io.rbac.test.EditedAcme.underDeletion;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.test.Edit.Attributes;
import io.rbac.test.Edit.CreateRole;
import io.rbac.test.Edit.DeleteRole;
import io.rbac.test.Edit.PurgeRole;
import io.rbac.test.Edit.PutSystemRole;
import io.rbac.test.Edit.RestoreRole;
import io.rbac.test.Edit.UpdateRole;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RoleEditsTest {
    private static final PlainRules STANDARD = PlainRules.standard();
    private static final PlainRules FROZEN =
            STANDARD.withEdits("defaults", "discard", new PlainRules.SystemRoles(false, false));

    private static Attributes rights(String... keys) {
        return Attributes.none().withPermissions(List.of(keys));
    }

    private static UpdateRole update(String role, Attributes attributes) {
        return new UpdateRole(role, attributes);
    }

    @Test
    void a_created_role_is_custom_and_has_the_time_of_its_commit() {
        Attributes given = new Attributes("New", true, "Of use", true, Set.of("user:read"));
        PlainRole expected = PlainRole.of("new", PlainScope.TEAM, "user:read")
                .withTexts("New", "Of use")
                .withDefault(true)
                .withTimes(AT, AT, null);
        assertEffects(ACME, List.of(new CreateRole("new", PlainScope.TEAM, given)), new EditEffect.RoleAdded(expected));
    }

    @Test
    void a_created_role_has_no_description_no_rights_and_no_default_flag_unless_given() {
        PlainPolicy result = applied(ACME, new CreateRole("new", PlainScope.CHAT, Attributes.named("New")));
        assertThat(role(result, "new"))
                .isEqualTo(PlainRole.of("new", PlainScope.CHAT)
                        .withTexts("New", null)
                        .withTimes(AT, AT, null));
    }

    @Test
    void a_role_is_created_under_an_id_that_no_role_has() {
        Attributes given = Attributes.named("New");
        assertRefused(ACME, new CreateRole(null, PlainScope.TEAM, given), "MISSING_FIELD at /changes/0/id");
        assertRefused(ACME, new CreateRole(" x", PlainScope.TEAM, given), "ID_INVALID at /changes/0/id");
        assertRefused(ACME, new CreateRole("lead", PlainScope.TEAM, given), "DUPLICATE_ID at /changes/0/id");
        assertRefused(ACME, new CreateRole("old", PlainScope.TEAM, given), "DUPLICATE_ID at /changes/0/id");
    }

    @Test
    @Tag("S12")
    void a_role_created_without_scope_gets_that_of_the_rules() {
        CreateRole edit = new CreateRole("new", null, Attributes.named("New"));
        assertRefused(ACME, edit, "MISSING_FIELD at /changes/0/scope");
        PlainPolicy withDefault = under(STANDARD.withScopes(null, PlainScope.CHAT));
        assertThat(role(applied(withDefault, edit), "new").scope()).isEqualTo(PlainScope.CHAT);
    }

    @Test
    @Tag("S3")
    void a_scope_that_the_rules_do_not_allow_is_invalid() {
        PlainPolicy flat = PlainPolicy.of("acme", PlainGroup.of("user", "read"))
                .withRules(STANDARD.withScopes(List.of(PlainScope.ACCOUNT), null))
                .withRole(MEMBER);
        assertRefused(
                flat,
                new CreateRole("new", PlainScope.TEAM, Attributes.named("New")),
                "SCOPE_INVALID at /changes/0/scope");
        assertRefused(
                flat,
                new PutSystemRole(PlainRole.of("new", PlainScope.CHAT)),
                "SCOPE_INVALID at /changes/0/role/scope");
    }

    @Test
    void every_violation_of_a_creation_is_listed() {
        Attributes given = Attributes.none()
                .withDescription("x".repeat(501))
                .withPermissions(List.of("user:read", "a/b:c~d", "user:fly"));
        assertRefused(
                ACME,
                new CreateRole(null, PlainScope.TEAM, given),
                "MISSING_FIELD at /changes/0/id",
                "NAME_MISSING at /changes/0/name",
                "DESCRIPTION_TOO_LONG at /changes/0/description",
                "PERMISSION_NOT_IN_SCOPE at /changes/0/rights/a~1b/c~0d",
                "UNKNOWN_PERMISSION at /changes/0/rights/user/fly");
        assertRefused(
                ACME,
                new CreateRole("new", null, given.withName("New").withDescription(null)),
                "MISSING_FIELD at /changes/0/scope",
                "UNKNOWN_PERMISSION at /changes/0/rights/user/fly");
    }

    @Test
    void rights_must_be_given_if_the_rules_require_them() {
        PlainPolicy strict = under(STANDARD.withRightsRequired(true));
        Attributes given = Attributes.named("New");
        assertRefused(strict, new CreateRole("new", PlainScope.TEAM, given), "RIGHTS_REQUIRED at /changes/0/rights");
        PlainPolicy result = applied(strict, new CreateRole("new", PlainScope.TEAM, given.withPermissions(List.of())));
        assertThat(role(result, "new").permissions()).isEmpty();
    }

    @Test
    @Tag("S15")
    void a_name_must_be_one_that_the_rules_allow() {
        assertRefused(ACME, update("lead", Attributes.named("")), "NAME_BLANK at /changes/0/name");
        assertRefused(ACME, update("lead", Attributes.named("\u3164")), "NAME_BLANK at /changes/0/name");
        assertRefused(ACME, update("lead", Attributes.named("a\nb")), "NAME_INVALID at /changes/0/name");
        assertRefused(ACME, update("lead", Attributes.named("x".repeat(51))), "NAME_TOO_LONG at /changes/0/name");
        assertThat(role(applied(ACME, update("lead", Attributes.named("x".repeat(50)))), "lead")
                        .name())
                .hasSize(50);
    }

    @Test
    void a_description_must_be_one_that_the_rules_allow() {
        PlainPolicy without = under(STANDARD.withDescription(false, null)).withRole(2, HOST.withTexts("Host", null));
        Attributes given = Attributes.none().withDescription("");
        assertRefused(without, update("lead", given), "DESCRIPTION_UNSUPPORTED at /changes/0/description");
        assertUnchanged(without, update("lead", Attributes.none().withDescription(null)));
    }

    @Test
    void an_update_changes_what_is_given_and_keeps_the_rest() {
        PlainRole after = MEMBER.withTexts("All", null).withTimes(1L, AT, null);
        assertEffects(
                ACME, List.of(update("member", Attributes.named("All"))), new EditEffect.RoleChanged(MEMBER, after));
    }

    @Test
    @Tag("S7")
    void given_rights_replace_the_whole_rights() {
        PlainPolicy result = applied(ACME, update("owner", rights("user:update")));
        assertThat(role(result, "owner").permissions()).containsExactly("user:update");
        assertThat(role(applied(ACME, update("owner", rights())), "owner").permissions())
                .isEmpty();
    }

    @Test
    void a_description_is_cleared_only_if_it_is_given_as_null() {
        PlainPolicy described = ACME.withRole(4, LEAD.withTexts("lead", "Leads"));
        assertUnchanged(described, update("lead", Attributes.none()));
        PlainPolicy result = applied(described, update("lead", Attributes.none().withDescription(null)));
        assertThat(role(result, "lead").description()).isNull();
    }

    @Test
    void an_update_with_what_is_there_changes_nothing() {
        Attributes same = new Attributes("Member", true, null, true, MEMBER.permissions());
        assertUnchanged(ACME, update("member", same));
        assertUnchanged(ACME, update("member", rights("user:read")));
    }

    @Test
    void an_unknown_or_discarded_role_is_not_updated() {
        assertRefused(ACME, update("gone", Attributes.none()), "ROLE_NOT_FOUND at /changes/0/role");
        assertRefused(ACME, update("Lead", Attributes.none()), "ROLE_NOT_FOUND at /changes/0/role");
        assertRefused(ACME, update("old", Attributes.named("")), "ROLE_DISCARDED at /changes/0/role");
    }

    @Test
    @Tag("S10")
    void a_system_role_keeps_its_rights() {
        assertRefused(ACME, update("host", rights("user:update")), "SYSTEM_ROLE at /changes/0/rights");
        assertRefused(
                ACME,
                update("host", rights("user:fly")),
                "SYSTEM_ROLE at /changes/0/rights",
                "UNKNOWN_PERMISSION at /changes/0/rights/user/fly");
        assertUnchanged(ACME, update("host", rights("user:read")));
    }

    @Test
    @Tag("S10")
    void a_system_role_keeps_name_description_and_default_flag_if_the_rules_say_so() {
        Attributes other = new Attributes("Other", true, "Other", true, null);
        PlainPolicy result = applied(ACME, update("host", other));
        assertThat(role(result, "host").name()).isEqualTo("Other");
        assertRefused(
                under(FROZEN),
                update("host", other),
                "SYSTEM_ROLE at /changes/0/name",
                "SYSTEM_ROLE at /changes/0/description",
                "SYSTEM_ROLE at /changes/0/default");
        assertUnchanged(under(FROZEN), update("host", new Attributes("Host", true, "Ours", false, null)));
    }

    @Test
    void every_violation_of_an_update_is_listed() {
        Attributes given = new Attributes("", true, "x".repeat(501), true, Set.of("user:fly"));
        assertRefused(
                under(FROZEN),
                update("host", given),
                "NAME_BLANK at /changes/0/name",
                "SYSTEM_ROLE at /changes/0/name",
                "DESCRIPTION_TOO_LONG at /changes/0/description",
                "SYSTEM_ROLE at /changes/0/description",
                "SYSTEM_ROLE at /changes/0/default",
                "UNKNOWN_PERMISSION at /changes/0/rights/user/fly",
                "SYSTEM_ROLE at /changes/0/rights");
    }

    @Test
    @Tag("S9")
    void a_discarded_role_keeps_its_flag_and_its_assignments() {
        PlainPolicy result = applied(ACME, new DeleteRole("mate"));
        assertThat(role(result, "mate")).isEqualTo(EditedAcme.MATE.withTimes(null, AT, AT));
        assertThat(applied(ACME, new DeleteRole("lead")).assignments()).isEqualTo(ACME.assignments());
        assertRefused(ACME, new DeleteRole("old"), "ROLE_DISCARDED at /changes/0/role");
    }

    @Test
    @Tag("S9")
    void a_role_deleted_for_good_is_removed_with_its_assignments() {
        PlainPolicy before = underDeletion("delete");
        assertEffects(
                before,
                List.of(new DeleteRole("lead")),
                new EditEffect.AssignmentRemoved(new PlainPolicy.Assignment("bob", "lead", SUPPORT)),
                new EditEffect.RoleRemoved(LEAD));
        assertThat(applied(before, new DeleteRole("old")).roles()).doesNotContain(OLD);
    }

    @Test
    @Tag("S9")
    void a_role_in_use_is_not_deleted_if_the_rules_say_so() {
        PlainPolicy before = underDeletion("refuse");
        assertRefused(before, new DeleteRole("lead"), "ROLE_IN_USE at /changes/0/role");
        assertRefused(before, new DeleteRole("old"), "ROLE_IN_USE at /changes/0/role");
        assertEffects(before, List.of(new DeleteRole("owner")), new EditEffect.RoleRemoved(EditedAcme.OWNER));
    }

    @Test
    void an_unknown_role_is_neither_deleted_nor_restored_nor_purged() {
        for (String word : List.of("discard", "delete", "refuse")) {
            assertRefused(underDeletion(word), new DeleteRole("gone"), "ROLE_NOT_FOUND at /changes/0/role");
        }
        assertRefused(ACME, new RestoreRole("gone"), "ROLE_NOT_FOUND at /changes/0/role");
        assertRefused(ACME, new PurgeRole("gone"), "ROLE_NOT_FOUND at /changes/0/role");
    }

    @Test
    @Tag("S9")
    void a_restored_role_is_what_it_was_and_active() {
        assertEffects(
                ACME, List.of(new RestoreRole("old")), new EditEffect.RoleChanged(OLD, OLD.withTimes(1L, AT, null)));
        assertUnchanged(ACME, new RestoreRole("lead"));
    }

    @Test
    @Tag("S9")
    void a_role_is_not_restored_while_its_name_is_taken() {
        PlainPolicy unique = under(STANDARD.withName(1, 50, false, true)).withRole(5, OLD.withTexts("lead", null));
        assertRefused(unique, new RestoreRole("old"), "NAME_TAKEN at /changes");
        assertThat(role(applied(unique, update("lead", Attributes.named("Head")), new RestoreRole("old")), "old")
                        .isActive())
                .isTrue();
    }

    @Test
    @Tag("S9")
    void a_discarded_role_is_purged_with_its_assignments() {
        assertEffects(
                ACME,
                List.of(new PurgeRole("old")),
                new EditEffect.AssignmentRemoved(new PlainPolicy.Assignment("bob", "old", SUPPORT)),
                new EditEffect.RoleRemoved(OLD));
        assertRefused(ACME, new PurgeRole("owner"), "ROLE_IN_USE at /changes/0/role");
    }

    @Test
    @Tag("S10")
    void the_host_creates_system_roles() {
        PlainRole given = PlainRole.of("sys", PlainScope.CHAT, "a/b:c~d").withTimes(3L, 4L, 5L);
        assertEffects(
                ACME,
                List.of(new PutSystemRole(given)),
                new EditEffect.RoleAdded(given.withSystem(true).withTimes(AT, AT, null)));
        assertRefused(
                ACME,
                new PutSystemRole(
                        given.withId("").withTexts(null, "x".repeat(501)).withPermissions(List.of("fly"))),
                "ID_INVALID at /changes/0/role/id",
                "NAME_MISSING at /changes/0/role/name",
                "DESCRIPTION_TOO_LONG at /changes/0/role/description",
                "UNKNOWN_PERMISSION at /changes/0/role/rights/unknown/fly");
    }

    @Test
    @Tag("S10")
    void the_host_replaces_the_rights_of_a_system_role_and_nothing_else() {
        PlainRole given = PlainRole.of("host", PlainScope.ACCOUNT, "user:update")
                .withTexts("Ignored".repeat(50), "Ignored")
                .withDefault(true);
        PlainRole after = HOST.withPermissions(List.of("user:update")).withTimes(null, AT, null);
        assertEffects(ACME, List.of(new PutSystemRole(given)), new EditEffect.RoleChanged(HOST, after));
        assertUnchanged(ACME, new PutSystemRole(given.withPermissions(HOST.permissions())));
        assertRefused(
                ACME,
                new PutSystemRole(given.withPermissions(List.of("a/b:c~d"))),
                "PERMISSION_NOT_IN_SCOPE at /changes/0/role/rights/a~1b/c~0d");
    }

    @Test
    @Tag("S10")
    void the_host_changes_no_scope_no_custom_role_and_no_discarded_one() {
        assertRefused(
                ACME,
                new PutSystemRole(PlainRole.of("host", PlainScope.TEAM)),
                "SCOPE_IMMUTABLE at /changes/0/role/scope");
        assertRefused(ACME, new PutSystemRole(LEAD), "DUPLICATE_ID at /changes/0/role/id");
        assertRefused(ACME, new PutSystemRole(OLD), "DUPLICATE_ID at /changes/0/role/id");
        PlainPolicy discarded = ACME.withRole(2, HOST.withTimes(null, null, 1L));
        assertRefused(discarded, new PutSystemRole(HOST), "ROLE_DISCARDED at /changes/0/role/id");
    }

    @Test
    @Tag("S10")
    void the_host_discards_and_purges_a_system_role() {
        PlainPolicy result = applied(ACME, new DeleteRole("host"), new PurgeRole("host"));
        assertThat(result.roles()).doesNotContain(HOST).hasSize(6);
    }

    @Test
    @Tag("S2")
    void a_retired_permission_is_dropped() {
        PlainPolicy retiring =
                ACME.withCatalog(ACME.groups(), List.of("user:export")).withAssignment("ada", "owner", ACCOUNT);
        PlainPolicy result = applied(retiring, update("lead", rights("user:read", "user:export")));
        assertThat(role(result, "lead").permissions()).containsExactly("user:read");
        assertUnchanged(retiring, update("lead", rights("user:update", "user:export")));
    }
}
