package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PolicyRules;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** A role that is shown and sent back is unchanged. */
class RoundTripProperties {

    private static final List<String> CHARACTERS = List.of(
            "a",
            "Z",
            " ",
            "\"",
            "\\",
            "/",
            "'",
            "`",
            "<",
            "&",
            "%",
            "{",
            "ä",
            "\u0301",
            "中",
            "\uD83D\uDE00",
            "\u00A0",
            "-");

    @Property(tries = 150)
    @Tag("P61")
    void trillet(@ForAll long seed) {
        check(AcceptanceWorld.trillet(), new Random(seed));
    }

    @Property(tries = 150)
    @Tag("P61")
    void pulse(@ForAll long seed) {
        check(AcceptanceWorld.pulse(), new Random(seed));
    }

    @Property(tries = 150)
    @Tag("P61")
    void freya(@ForAll long seed) {
        check(AcceptanceWorld.freya(), new Random(seed));
    }

    private static String text(Random random, int max) {
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(max); i > 1; i--) {
            text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return text.toString();
    }

    private static void check(AcceptanceWorld world, Random random) {
        PolicyRules rules = world.policy().rules();
        List<Scope> scopes = world.policy().catalog().scopes().scopes().stream()
                .filter(rules::allows)
                .toList();
        Scope scope = scopes.get(random.nextInt(scopes.size()));
        List<String> keys = world.policy().catalog().rightsOfScope(scope).stream()
                .map(Permission::key)
                .filter(key -> random.nextInt(3) == 0)
                .toList();
        RoleUpdate.Builder attributes = RoleUpdate.builder()
                .name(text(random, rules.nameLength().max().orElse(200)))
                .rights(world.rights(keys.toArray(String[]::new)))
                .defaultRole(world.product() == AcceptanceWorldProduct.PULSE && random.nextBoolean());
        if (rules.allowsDescriptions() && random.nextBoolean()) {
            attributes.description(random.nextInt(5) == 0 ? "" : text(random, 300));
        }
        world.host(Change.createRole("r/1", scope, attributes.build()));
        if (scope.isAccount()) {
            for (int i = random.nextInt(4); i > 0; i--) {
                world.host(Change.assign("u" + random.nextInt(9), "r/1", Target.account()));
            }
        }
        Policy before = world.policy();

        AcceptanceWorldAnswer shown = world.get(world.role("r/1")).ok();
        AcceptanceWorldAnswer answer = world.send(
                        "PUT", world.role("r/1"), sendable(world, shown).toString())
                .ok();

        assertThat(world.policy()).as("after %s", shown).isSameAs(before);
        if (world.product() != AcceptanceWorldProduct.TRILLET) {
            assertThat(answer.role()).isEqualTo(shown.role());
        }
        assertThat(world.get(world.role("r/1")).ok().json()).isEqualTo(shown.json());
        copies(world, shown);
    }

    private static JsonNode sendable(AcceptanceWorld world, AcceptanceWorldAnswer shown) {
        if (world.product() == AcceptanceWorldProduct.PULSE) {
            return shown.json();
        }
        ObjectNode sent = shown.role().deepCopy();
        if (world.product() == AcceptanceWorldProduct.TRILLET) {
            ArrayNode keys = sent.putArray("permissions");
            shown.role().get("permissions").forEach(permission -> keys.add(permission.get("key")));
        }
        return sent;
    }

    /** A role created from a shown one, without the read-only attributes, is equal except for its id and times. */
    private static void copies(AcceptanceWorld world, AcceptanceWorldAnswer shown) {
        JsonNode sent = sendable(world, shown).deepCopy();
        ObjectNode attributes =
                (ObjectNode) (world.product() == AcceptanceWorldProduct.PULSE ? sent.at("/data/attributes") : sent);
        attributes.remove(List.of(
                "_id",
                "id",
                "workspaceId",
                "isSystem",
                "isDefault",
                "memberCount",
                "assignable",
                "createdAt",
                "updatedAt",
                "account_id",
                "role_type"));
        if (world.product() == AcceptanceWorldProduct.PULSE) {
            ((ObjectNode) sent.get("data")).remove("id");
        }

        String id = world.send("POST", world.roles(), sent.toString()).created().id();

        assertThat(id).isNotEqualTo("r/1");
        assertThat(world.stored(id).name()).isEqualTo(world.stored("r/1").name());
        assertThat(world.stored(id).description()).isEqualTo(world.stored("r/1").description());
        assertThat(world.stored(id).rights()).isEqualTo(world.stored("r/1").rights());
        assertThat(world.stored(id).scope()).isEqualTo(world.stored("r/1").scope());
        assertThat(world.stored(id).isDefault()).isEqualTo(world.stored("r/1").isDefault());
    }
}
