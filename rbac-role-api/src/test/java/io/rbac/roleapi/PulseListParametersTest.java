package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.model.Change;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Filters, order and pages of the list of roles. */
class PulseListParametersTest {

    private final AcceptanceWorld world = AcceptanceWorld.pulse();

    PulseListParametersTest() {
        for (String name : List.of("Alpha", "Beta", "Gamma", "Delta")) {
            world.host(name, name.equals("Delta") ? Scope.CHAT : Scope.TEAM);
        }
        world.host(Change.updateRole(
                "Beta", RoleUpdate.builder().name("Be:ta, two").build()));
        world.host(Change.deleteRole("Gamma"));
        world.host(Change.deleteRole("Delta"));
    }

    private List<String> ids(String query) {
        return AcceptanceWorldProduct.texts(
                world.get(world.roles() + '?' + query).ok().at("/data"), "/id");
    }

    /** Returns the listed ids in alphabetical order, with the system roles by their initials. */
    private String listed(String query) {
        return ids(query).stream()
                .map(id -> id.startsWith("account-") || id.startsWith("team-") || id.startsWith("chat-")
                        ? id.charAt(0) + id.substring(id.indexOf('-'), id.indexOf('-') + 2)
                        : id)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private void refuses(String query) {
        AcceptanceWorldAnswer answer = world.get(world.roles() + '?' + query);

        assertThat(answer.status()).as("the status of `%s`", query).isIn(400, 422);
        assertThat(answer.at("/errors/0/source/parameter").isTextual())
                .as("the parameter in %s", answer)
                .isTrue();
    }

    @Test
    void equal_and_not_equal() {
        assertThat(listed("filter[name]=eq:Alpha")).isEqualTo("Alpha");
        assertThat(listed("filter[name]=eq:alph")).isEmpty();
        assertThat(listed("filter[name]=!eq:Alpha")).isEqualTo("Beta Delta Gamma a-a a-m c-a t-a t-m");
        assertThat(listed("filter[default]=eq:true")).isEqualTo("a-m t-m");
        assertThat(listed("filter[default]=!eq:true")).isEqualTo("Alpha Beta Delta Gamma a-a c-a t-a");
        assertThat(listed("filter[scope]=eq:chat")).isEqualTo("Delta c-a");
        assertThat(listed("filter[scope]=!eq:team")).isEqualTo("Delta a-a a-m c-a");
        assertThat(listed("filter[role_type]=eq:custom")).isEqualTo("Alpha Beta Delta Gamma");
        assertThat(ids("filter[account_id]=eq:" + world.account())).hasSize(9);
        assertThat(listed("filter[account_id]=!eq:" + world.account())).isEmpty();
    }

    @Test
    void greater_and_less() {
        assertThat(listed("filter[name]=gt:Alpha&filter[role_type]=eq:custom")).isEqualTo("Beta Delta Gamma");
        assertThat(listed("filter[name]=gte:Alpha&filter[role_type]=eq:custom")).isEqualTo("Alpha Beta Delta Gamma");
        assertThat(listed("filter[name]=lt:Delta&filter[role_type]=eq:custom")).isEqualTo("Alpha Beta");
        assertThat(listed("filter[name]=lte:Delta&filter[role_type]=eq:custom")).isEqualTo("Alpha Beta Delta");
        String gamma =
                world.get(world.role("Gamma")).attributes().path("discarded_at").textValue();
        assertThat(listed("filter[discarded_at]=eq:" + gamma)).isEqualTo("Gamma");
        assertThat(listed("filter[discarded_at]=gt:" + gamma)).isEqualTo("Delta");
        assertThat(listed("filter[discarded_at]=gte:" + gamma)).isEqualTo("Delta Gamma");
        assertThat(listed("filter[discarded_at]=lt:" + gamma)).isEmpty();
        assertThat(listed("filter[discarded_at]=lte:" + gamma)).isEqualTo("Gamma");
        assertThat(listed("filter[discarded_at]=lt:2999-01-01T00:00:00Z")).isEqualTo("Delta Gamma");
    }

    @Test
    void prefix_suffix_and_contained() {
        assertThat(listed("filter[name]=pre:Al")).isEqualTo("Alpha");
        assertThat(listed("filter[name]=suf:ta")).isEqualTo("Delta");
        assertThat(listed("filter[name]=suf:two")).isEqualTo("Beta");
        assertThat(listed("filter[name]=ct:amm")).isEqualTo("Gamma");
        assertThat(listed("filter[name]=!ct:a")).isEmpty();
        assertThat(listed("filter[name]=!ct:ta&filter[role_type]=eq:custom")).isEqualTo("Alpha Gamma");
    }

    @Test
    void one_of_and_none_of() {
        assertThat(listed("filter[name]=in:Alpha,Gamma")).isEqualTo("Alpha Gamma");
        assertThat(listed("filter[name]=in:Alpha")).isEqualTo("Alpha");
        assertThat(listed("filter[scope]=in:chat,team&filter[role_type]=eq:custom"))
                .isEqualTo("Alpha Beta Delta Gamma");
        assertThat(listed("filter[scope]=!in:chat,team")).isEqualTo("a-a a-m");
        assertThat(listed("filter[name]=!in:Alpha,Gamma&filter[role_type]=eq:custom"))
                .isEqualTo("Beta Delta");
    }

    @Test
    void blank_and_present() {
        String kept = "Alpha Beta a-a a-m c-a t-a t-m";
        assertThat(listed("filter[discarded_at_blank]=1")).isEqualTo(kept);
        assertThat(listed("filter[discarded_at_present]=1")).isEqualTo("Delta Gamma");
        assertThat(listed("filter[discarded_at]=blank:1")).isEqualTo(kept);
        assertThat(listed("filter[discarded_at]=present:1")).isEqualTo("Delta Gamma");
        assertThat(listed("filter[name_blank]=1")).isEmpty();
        assertThat(ids("filter[name_present]=1")).hasSize(9);
    }

    @Test
    void all_filters_hold_together() {
        assertThat(listed("filter[scope]=eq:team&filter[role_type]=eq:custom&filter[discarded_at_blank]=1"))
                .isEqualTo("Alpha Beta");
        assertThat(listed("filter[name]=gt:B&filter[name]=lt:E")).isEqualTo("Beta Delta");
        assertThat(listed("filter[name]=eq:Alpha&filter[name]=eq:Gamma")).isEmpty();
    }

    @Test
    void brackets_and_values_may_be_escaped() {
        assertThat(listed("filter%5Bname%5D=eq%3AAlpha")).isEqualTo("Alpha");
        assertThat(listed("filter[name]=eq:Be:ta,%20two")).isEqualTo("Beta");
        assertThat(listed("filter[name]=eq:Be:ta,+two")).isEqualTo("Beta");
        assertThat(listed("filter[name]=eq:Be%3Ata%2C%20two&")).isEqualTo("Beta");
    }

    @Test
    void the_default_order_is_that_of_creation() {
        assertThat(ids(""))
                .containsExactly(
                        "account-admin",
                        "account-member",
                        "chat-admin",
                        "team-admin",
                        "team-member",
                        "Alpha",
                        "Beta",
                        "Gamma",
                        "Delta");
        assertThat(ids("filter[role_type]=eq:custom&sort=name")).containsExactly("Alpha", "Beta", "Delta", "Gamma");
        assertThat(ids("filter[role_type]=eq:custom&sort=-name")).containsExactly("Gamma", "Delta", "Beta", "Alpha");
        assertThat(ids("filter[role_type]=eq:custom&sort=-created_at"))
                .containsExactly("Delta", "Gamma", "Beta", "Alpha");
        assertThat(ids("filter[role_type]=eq:custom&sort=scope,-name"))
                .containsExactly("Delta", "Gamma", "Beta", "Alpha");
        assertThat(ids("filter[role_type]=eq:custom&sort=-default,created_at"))
                .containsExactly("Alpha", "Beta", "Gamma", "Delta");
    }

    @Test
    void pages_are_parts_of_the_list() {
        List<String> all = ids("");
        for (int size = 1; size <= 10; size++) {
            List<String> joined = new ArrayList<>();
            for (int number = 1; number <= 10; number++) {
                List<String> page = ids("page[number]=" + number + "&page[size]=" + size);
                assertThat(page).hasSizeLessThanOrEqualTo(size);
                joined.addAll(page);
            }
            assertThat(joined).isEqualTo(all);
        }
        assertThat(ids("page[size]=2")).isEqualTo(all.subList(0, 2));
        assertThat(ids("sort=-name&filter[role_type]=eq:custom&page%5Bsize%5D=2&page%5Bnumber%5D=2"))
                .containsExactly("Beta", "Alpha");
        assertThat(ids("page[number]=1000000&page[size]=10")).isEmpty();
    }

    @Test
    void unknown_filters_orders_and_pages_are_refused() {
        for (String query : List.of(
                "filter[nope]=eq:x",
                "filter[name]=like:x",
                "filter[name]=EQ:x",
                "filter[users][name]=ct:Peter",
                "filter=x",
                "filter[]=eq:x",
                "filter[name",
                "filter[default]=eq:maybe",
                "filter[discarded_at]=gt:yesterday",
                "filter[nope_blank]=1",
                "sort=nope",
                "sort=name,nope",
                "sort=name,-",
                "page[number]=0",
                "page[number]=-1",
                "page[number]=x",
                "page[number]=99999999999999999999",
                "page[size]=0",
                "page[size]=-1",
                "page[size]=1.5",
                "page[offset]=1",
                "page=2",
                "nope=1")) {
            refuses(query);
        }
    }

    private void refuses(String query, Code code) {
        world.get(world.roles() + '?' + query).refused(400, code);
    }

    @Test
    void an_attribute_to_sort_by_is_given_once() {
        world.get(world.roles()
                        + "?sort=name,-id,scope,default,role_type,discarded_at,created_at,updated_at,account_id")
                .ok();
        refuses("sort=name,-id,name", Code.DUPLICATE_KEY);
        refuses("sort=name,-name", Code.DUPLICATE_KEY);
        refuses("sort=name&sort=id", Code.DUPLICATE_KEY);
        refuses("sort=" + "name,-id,".repeat(500) + "name", Code.LIMIT_EXCEEDED);
        refuses("sort=" + "x,".repeat(1_000), Code.LIMIT_EXCEEDED);
    }

    @Test
    void a_query_has_at_most_16_filters() {
        world.get(world.roles() + '?' + "filter[name]=!ct:x&".repeat(16)).ok();
        refuses("filter[name]=!ct:x&".repeat(17), Code.LIMIT_EXCEEDED);
        refuses("filter[name]=!ct:x&".repeat(1_000), Code.LIMIT_EXCEEDED);
    }

    @Test
    void a_list_in_a_filter_has_at_most_100_values() {
        assertThat(listed("filter[name]=in:" + "x,".repeat(99) + "Alpha")).isEqualTo("Alpha");
        refuses("filter[name]=in:" + "x,".repeat(100) + "Alpha", Code.LIMIT_EXCEEDED);
        refuses("filter[name]=!in:" + ",".repeat(8_000), Code.LIMIT_EXCEEDED);
    }

    @Test
    void what_to_include_is_given_once() {
        String members = "/api/v1/chats/chat-1/members?";
        world.get(members + "include=roles").ok();
        world.get(members + "include=roles&include=roles").refused(400, Code.DUPLICATE_KEY);
        world.get(members + "include=roles,roles").refused(422, Code.UNKNOWN_FIELD);
        world.get(members + "include=roles&".repeat(500)).refused(400, Code.LIMIT_EXCEEDED);
    }

    @Test
    void a_query_has_at_most_32_parameters() {
        AcceptanceWorld lenient = AcceptanceWorld.of(
                AcceptanceWorldProduct.PULSE, RoleDialect.pulse().withLenientReading(true));
        lenient.get(lenient.roles() + '?' + "x=1&".repeat(32)).ok();
        lenient.get(lenient.roles() + '?' + "x=1&".repeat(33)).refused(400, Code.LIMIT_EXCEEDED);
    }

    @Test
    void a_page_without_a_size_has_30_roles() {
        for (int i = 0; i < 40; i++) {
            world.host("role-" + i, Scope.TEAM);
        }
        List<String> all = ids("");

        assertThat(ids("page[number]=1")).isEqualTo(all.subList(0, 30));
        assertThat(ids("page[number]=2")).isEqualTo(all.subList(30, all.size()));
        assertThat(all).hasSize(49);
    }

    @Test
    void a_bad_escape_in_the_query_is_refused() {
        for (String query : List.of("filter[name]=eq:%", "filter[name]=eq:%zz", "%=1", "filter[name]=eq:%C3%28")) {
            assertThat(world.get(world.roles() + '?' + query).status()).isIn(400, 422);
        }
    }

    @Test
    void the_members_of_a_chat_are_shown_with_their_roles_if_included() {
        world.host("Talk", Scope.CHAT, "message:read");
        world.host(Change.assign("max", "Talk", Target.chat("chat-1")));

        AcceptanceWorldAnswer plain = world.get("/api/v1/chats/chat-1/members").ok();
        assertThat(AcceptanceWorldProduct.texts(plain.at("/data"), "/id")).containsExactly("admin", "max");
        assertThat(AcceptanceWorldProduct.texts(plain.at("/data"), "/type")).containsOnly("chat_member");
        assertThat(plain.json().has("included")).isFalse();

        AcceptanceWorldAnswer with =
                world.get("/api/v1/chats/chat-1/members?include=roles").ok();
        JsonNode max = with.at("/data/1");
        assertThat(max.at("/relationships/roles/data"))
                .isEqualTo(AcceptanceWorldAnswer.tree("[{\"type\":\"role\",\"id\":\"Talk\"}]"));
        assertThat(AcceptanceWorldProduct.texts(with.at("/included"), "/id"))
                .containsExactlyInAnyOrder("chat-admin", "Talk");
        assertThat(AcceptanceWorldProduct.texts(with.at("/included"), "/type")).containsOnly("role");

        assertThat(world.asAccount().get("/api/v1/chats/nope/members").is(404).codes())
                .containsExactly("TARGET_NOT_FOUND");
        assertThat(world.get("/api/v1/chats/chat-1/members?include=nope").status())
                .isIn(400, 422);
        assertThat(AcceptanceWorldProduct.texts(
                        world.get("/api/v1/chats/chat-2/members").ok().at("/data"), "/id"))
                .containsExactly("admin");
    }
}
