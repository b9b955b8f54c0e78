package io.rbac.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.Commit;
import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitJsonTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read")
            .group("message", Set.of(Scope.CHAT), "read", "write")
            .build();
    private static final CatalogIndex INDEX = new CatalogIndex(CATALOG);
    private static final PermissionCatalog TREE_CATALOG = PermissionCatalog.builder()
            .scopes(ScopeTree.builder()
                    .scope("org")
                    .nestingScope("folder")
                    .scope("page")
                    .build())
            .group("user", "create", "read")
            .build();
    private static final Instant TIME = Instant.parse("2025-06-30T15:00:09.126Z");
    private static final String HEAD =
            "{\"revision\":2,\"account\":\"acme\",\"time\":\"2025-06-30T15:00:09.126Z\",\"changes\":[";

    private static final Role MEMBER = Role.builder("member", Scope.ACCOUNT)
            .name("Member")
            .description("d")
            .type(RoleType.SYSTEM)
            .defaultRole(true)
            .rights(CATALOG.rights("user:read"))
            .createdAt(TIME)
            .updatedAt(TIME)
            .discardedAt(TIME)
            .build();
    private static final String MEMBER_JSON = "{'id':'member','name':'Member','description':'d','scope':'account',"
            + "'type':'system','default':true,'rights':{'user':{'read':true}},'createdAt':'2025-06-30T15:00:09.126Z',"
            + "'updatedAt':'2025-06-30T15:00:09.126Z','discardedAt':'2025-06-30T15:00:09.126Z'}";

    static Stream<Arguments> changes() {
        RoleUpdate all = RoleUpdate.builder()
                .name("N")
                .description("d")
                .defaultRole(false)
                .rights(CATALOG.rights("user:read", "user:create", "message:write"))
                .build();
        RoleUpdate none =
                RoleUpdate.builder().description(null).rights(Rights.none()).build();
        return Stream.of(
                Arguments.of(
                        Change.createRole("r", Scope.TEAM, all),
                        "{'change':'createRole','id':'r','scope':'team','name':'N','description':'d','default':false,"
                                + "'rights':{'user':{'create':true,'read':true},'message':{'write':true}}}"),
                Arguments.of(new Change.CreateRole(null, null, RoleUpdate.none()), "{'change':'createRole'}"),
                Arguments.of(
                        Change.updateRole("r", none),
                        "{'change':'updateRole','role':'r','description':null,'rights':{}}"),
                Arguments.of(Change.deleteRole("r"), "{'change':'deleteRole','role':'r'}"),
                Arguments.of(Change.restoreRole("r"), "{'change':'restoreRole','role':'r'}"),
                Arguments.of(Change.purgeRole("r"), "{'change':'purgeRole','role':'r'}"),
                Arguments.of(Change.putSystemRole(MEMBER), "{'change':'putSystemRole','role':" + MEMBER_JSON + "}"),
                Arguments.of(Change.assign("u", "r", Target.account()), "{'change':'assign','user':'u','role':'r'}"),
                Arguments.of(
                        Change.assign("u", "r", Target.chat("c").inTeam("t")),
                        "{'change':'assign','user':'u','role':'r','at':'chat/c'}"),
                Arguments.of(
                        Change.unassign("u", "r", Target.team("t")),
                        "{'change':'unassign','user':'u','role':'r','at':'team/t'}"),
                Arguments.of(Change.connect("u", Target.team("t")), "{'change':'connect','user':'u','at':'team/t'}"),
                Arguments.of(
                        Change.setRoles("u", Target.chat("c"), List.of("a", "b")),
                        "{'change':'setRoles','user':'u','at':'chat/c','roles':['a','b']}"),
                Arguments.of(
                        Change.setUsers("r", Target.account(), List.of()),
                        "{'change':'setUsers','role':'r','users':[]}"),
                Arguments.of(Change.assignToAll("r"), "{'change':'assignToAll','role':'r'}"),
                Arguments.of(Change.removeUser("u"), "{'change':'removeUser','user':'u'}"),
                Arguments.of(Change.addTarget(Target.team("t")), "{'change':'addTarget','target':'team/t'}"),
                Arguments.of(
                        Change.addTarget(Target.chat("c/d"), Target.team("t")),
                        "{'change':'addTarget','target':'chat/c/d','in':'team/t'}"),
                Arguments.of(
                        Change.moveTarget(Target.chat("c"), Target.account()),
                        "{'change':'moveTarget','target':'chat/c'}"),
                Arguments.of(
                        Change.moveTarget(Target.chat("c"), Target.team("t")),
                        "{'change':'moveTarget','target':'chat/c','in':'team/t'}"),
                Arguments.of(Change.removeTarget(Target.chat("c")), "{'change':'removeTarget','target':'chat/c'}"));
    }

    static Stream<Arguments> effects() {
        Role after = MEMBER.toBuilder().discardedAt(null).build();
        String afterJson = MEMBER_JSON.replace(",'discardedAt':'2025-06-30T15:00:09.126Z'", "");
        Assignment assignment = new Assignment("u", "r", Target.team("t"));
        return Stream.of(
                Arguments.of(new Effect.RoleAdded(MEMBER), "{'effect':'roleAdded','role':" + MEMBER_JSON + "}"),
                Arguments.of(
                        new Effect.RoleChanged(MEMBER, after),
                        "{'effect':'roleChanged','before':" + MEMBER_JSON + ",'after':" + afterJson + "}"),
                Arguments.of(new Effect.RoleRemoved(MEMBER), "{'effect':'roleRemoved','role':" + MEMBER_JSON + "}"),
                Arguments.of(
                        new Effect.TargetAdded(Target.team("t"), Target.account()),
                        "{'effect':'targetAdded','target':'team/t'}"),
                Arguments.of(
                        new Effect.TargetAdded(Target.chat("c"), Target.team("t")),
                        "{'effect':'targetAdded','target':'chat/c','in':'team/t'}"),
                Arguments.of(
                        new Effect.TargetMoved(Target.chat("c"), Target.team("t"), Target.account()),
                        "{'effect':'targetMoved','target':'chat/c','before':'team/t'}"),
                Arguments.of(
                        new Effect.TargetMoved(Target.chat("c"), Target.account(), Target.team("t")),
                        "{'effect':'targetMoved','target':'chat/c','after':'team/t'}"),
                Arguments.of(
                        new Effect.TargetRemoved(Target.chat("c"), Target.team("t")),
                        "{'effect':'targetRemoved','target':'chat/c','in':'team/t'}"),
                Arguments.of(
                        new Effect.AssignmentAdded(assignment),
                        "{'effect':'assignmentAdded','user':'u','role':'r','at':'team/t'}"),
                Arguments.of(
                        new Effect.AssignmentRemoved(assignment),
                        "{'effect':'assignmentRemoved','user':'u','role':'r','at':'team/t'}"));
    }

    static Stream<Arguments> formerChanges() {
        return Stream.of(
                Arguments.of(
                        Change.assign("u", "r", Target.team("t")),
                        "{'change':'assign','user':'u','role':'r','team':'t'}"),
                Arguments.of(
                        Change.unassign("u", "r", Target.chat("c")),
                        "{'change':'unassign','user':'u','role':'r','chat':'c'}"),
                Arguments.of(Change.connect("u", Target.team("t")), "{'change':'connect','user':'u','team':'t'}"),
                Arguments.of(
                        Change.setRoles("u", Target.chat("c"), List.of("a", "b")),
                        "{'change':'setRoles','user':'u','chat':'c','roles':['a','b']}"),
                Arguments.of(
                        Change.setUsers("r", Target.team("t"), List.of()),
                        "{'change':'setUsers','role':'r','team':'t','users':[]}"),
                Arguments.of(Change.addTeam("t"), "{'change':'addTeam','team':'t'}"),
                Arguments.of(Change.removeTeam("t"), "{'change':'removeTeam','team':'t'}"),
                Arguments.of(Change.addChat("c"), "{'change':'addChat','chat':'c'}"),
                Arguments.of(Change.addChat("c", "t"), "{'change':'addChat','chat':'c','team':'t'}"),
                Arguments.of(Change.moveChat("c"), "{'change':'moveChat','chat':'c'}"),
                Arguments.of(Change.moveChat("c", "t"), "{'change':'moveChat','chat':'c','team':'t'}"),
                Arguments.of(Change.removeChat("c"), "{'change':'removeChat','chat':'c'}"));
    }

    static Stream<Arguments> formerEffects() {
        Target team = Target.team("t");
        Target chat = Target.chat("c");
        return Stream.of(
                Arguments.of(new Effect.TargetAdded(team, Target.account()), "{'effect':'teamAdded','team':'t'}"),
                Arguments.of(new Effect.TargetRemoved(team, Target.account()), "{'effect':'teamRemoved','team':'t'}"),
                Arguments.of(new Effect.TargetAdded(chat, Target.account()), "{'effect':'chatAdded','chat':'c'}"),
                Arguments.of(new Effect.TargetAdded(chat, team), "{'effect':'chatAdded','chat':'c','team':'t'}"),
                Arguments.of(
                        new Effect.TargetMoved(chat, team, Target.account()),
                        "{'effect':'chatMoved','chat':'c','before':'t'}"),
                Arguments.of(
                        new Effect.TargetMoved(chat, Target.account(), team),
                        "{'effect':'chatMoved','chat':'c','after':'t'}"),
                Arguments.of(new Effect.TargetRemoved(chat, team), "{'effect':'chatRemoved','chat':'c','team':'t'}"),
                Arguments.of(
                        new Effect.AssignmentAdded(new Assignment("u", "r", team)),
                        "{'effect':'assignmentAdded','user':'u','role':'r','team':'t'}"),
                Arguments.of(
                        new Effect.AssignmentRemoved(new Assignment("u", "r", chat)),
                        "{'effect':'assignmentRemoved','user':'u','role':'r','chat':'c'}"));
    }

    @ParameterizedTest
    @MethodSource("formerChanges")
    void a_change_is_read_as_it_was_written_when_there_were_teams_and_chats_only(Change change, String json) {
        assertThat(read(HEAD + json + "],'effects':[]}")).isEqualTo(commit(List.of(change), List.of()));
    }

    @ParameterizedTest
    @MethodSource("formerEffects")
    void an_effect_is_read_as_it_was_written_when_there_were_teams_and_chats_only(Effect effect, String json) {
        assertThat(read(HEAD + "],'effects':[" + json + "]}")).isEqualTo(commit(List.of(), List.of(effect)));
    }

    @Test
    void what_was_written_when_there_were_teams_and_chats_only_is_not_read_under_other_scopes() {
        for (String change : List.of("{'change':'addTeam','team':'t'}", "{'change':'connect','user':'u','chat':'c'}")) {
            byte[] json = (HEAD + change + "],'effects':[]}").replace('\'', '"').getBytes(UTF_8);
            assertThatThrownBy(() -> CommitJson.read(json, new CatalogIndex(TREE_CATALOG)))
                    .isInstanceOf(PolicyViolationException.class)
                    .hasMessageContaining("WRONG_TYPE at /changes/0/")
                    .hasMessageContaining("expected a target of org > folder > folder > page");
        }
    }

    @Test
    void targets_of_any_scope_are_read_as_they_were_written() {
        Scope folder = TREE_CATALOG.scopes().scope("folder");
        Target drafts = Target.of(folder, "drafts");
        Target old = Target.of(folder, "a/b c");
        Target home = Target.of(TREE_CATALOG.scopes().scope("page"), "home");
        Role role = Role.builder("r", Scope.ACCOUNT).name("R").build();
        Commit commit = commit(
                List.of(
                        Change.addTarget(old, drafts),
                        Change.moveTarget(home, old),
                        Change.assign("u", "r", home.in(drafts)),
                        Change.createRole("n", Scope.ACCOUNT, RoleUpdate.none()),
                        Change.putSystemRole(role)),
                List.of(
                        new Effect.TargetAdded(old, drafts),
                        new Effect.TargetMoved(home, Target.account(), old),
                        new Effect.RoleAdded(role)));
        byte[] json = CommitJson.write(commit, TREE_CATALOG);
        assertThat(new String(json, UTF_8))
                .contains("{\"change\":\"addTarget\",\"target\":\"folder/a/b c\",\"in\":\"folder/drafts\"}")
                .contains("{\"change\":\"moveTarget\",\"target\":\"page/home\",\"in\":\"folder/a/b c\"}")
                .contains("\"role\":\"r\",\"at\":\"page/home\"}")
                .contains("{\"change\":\"createRole\",\"id\":\"n\",\"scope\":\"org\"}")
                .contains("\"name\":\"R\",\"scope\":\"org\"")
                .contains("{\"effect\":\"targetMoved\",\"target\":\"page/home\",\"after\":\"folder/a/b c\"}");
        assertThat(CommitJson.read(json, new CatalogIndex(TREE_CATALOG))).isEqualTo(commit);
    }

    @Test
    void a_commit_with_a_scope_that_the_catalog_lacks_is_not_written() {
        Target page = Target.of(TREE_CATALOG.scopes().scope("page"), "p");
        Role role = Role.builder("r", page.scope()).name("R").build();
        for (Change change : List.of(
                Change.addTarget(page),
                Change.removeTarget(page),
                Change.moveTarget(Target.chat("c"), page),
                Change.addTarget(Target.account()),
                Change.connect("u", page),
                Change.createRole(page.scope(), RoleUpdate.none()),
                Change.putSystemRole(role))) {
            assertThat(CommitJson.write(commit(List.of(change), List.of()), CATALOG))
                    .as("%s", change)
                    .isNull();
        }
    }

    private static Commit commit(List<Change> changes, List<Effect> effects) {
        return Commit.of("acme", 2, null, TIME, null, changes, effects);
    }

    private static String text(Commit commit) {
        byte[] json = CommitJson.write(commit, CATALOG);
        assertThat(json).isNotNull();
        return new String(json, UTF_8);
    }

    private static Commit read(String json) {
        return CommitJson.read(json.replace('\'', '"').getBytes(UTF_8), INDEX);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void every_kind_of_change_has_a_form_of_its_own(Change change, String json) {
        Commit commit = commit(List.of(change), List.of());
        assertThat(text(commit)).isEqualTo(HEAD + json.replace('\'', '"') + "],\"effects\":[]}");
        assertThat(read(text(commit))).isEqualTo(commit);
    }

    @ParameterizedTest
    @MethodSource("effects")
    void every_kind_of_effect_has_a_form_of_its_own(Effect effect, String json) {
        Commit commit = commit(List.of(), List.of(effect));
        assertThat(text(commit)).isEqualTo(HEAD + "],\"effects\":[" + json.replace('\'', '"') + "]}");
        assertThat(read(text(commit))).isEqualTo(commit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-06-30T15:00:09.126Z",
                "2025-06-30T15:00:00Z",
                "1970-01-01T00:00:00.000000001Z",
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void the_time_is_kept_to_the_nanosecond(String time) {
        Commit commit = Commit.of("acme", Long.MAX_VALUE, "a", Instant.parse(time), "r", List.of(), List.of());
        assertThat(text(commit))
                .isEqualTo("{\"revision\":9223372036854775807,\"account\":\"acme\",\"time\":\"" + time
                        + "\",\"actor\":\"a\",\"reason\":\"r\",\"changes\":[],\"effects\":[]}");
        assertThat(read(text(commit))).isEqualTo(commit);
    }

    @Test
    void any_string_is_read_back_from_one_line_of_ascii() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            all.append((char) c);
        }
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < all.length(); i += 0x1000) {
            changes.add(Change.removeUser(all.substring(i, i + 0x1000)));
        }
        Commit commit = commit(changes, List.of());
        assertThat(text(commit)).matches("[ -\\x7F]*");
        assertThat(CommitJson.read(text(commit).getBytes(UTF_8), INDEX)).isEqualTo(commit);
    }

    @Test
    void rights_of_another_catalog_are_named_as_the_document_names_them() {
        PermissionCatalog other = PermissionCatalog.builder()
                .group(
                        "people",
                        Set.of(Scope.ACCOUNT, Scope.TEAM, Scope.CHAT),
                        List.of(PermissionCatalog.Action.of("see").withKey("user:read")))
                .build();
        Change change = Change.updateRole(
                "r", RoleUpdate.builder().rights(other.rights("user:read")).build());
        Commit commit = commit(List.of(change), List.of());
        assertThat(text(commit)).contains("\"rights\":{\"user\":{\"read\":true}}");
        assertThat(read(text(commit))).isEqualTo(commit);
    }

    @Test
    void what_could_not_be_read_back_is_not_written() {
        PermissionCatalog newer =
                PermissionCatalog.builder().group("user", "invite").build();
        RoleUpdate unknown =
                RoleUpdate.builder().rights(newer.rights("user:invite")).build();
        Role unknownToo = MEMBER.toBuilder().rights(newer.allRights()).build();
        Role outOfScope =
                MEMBER.toBuilder().rights(CATALOG.rights("message:read")).build();
        String longest = "x".repeat(JsonDocument.MAX_STRING_CHARS);
        assertThat(CommitJson.write(commit(List.of(Change.updateRole("r", unknown)), List.of()), CATALOG))
                .isNull();
        assertThat(CommitJson.write(commit(List.of(), List.of(new Effect.RoleAdded(unknownToo))), CATALOG))
                .isNull();
        assertThat(CommitJson.write(commit(List.of(), List.of(new Effect.RoleRemoved(outOfScope))), CATALOG))
                .isNull();
        for (String text : List.of(longest, longest + "x")) {
            List<Commit> commits = List.of(
                    Commit.of("acme", 2, text, TIME, null, List.of(), List.of()),
                    Commit.of("acme", 2, null, TIME, text, List.of(), List.of()),
                    commit(List.of(Change.removeUser(text)), List.of()),
                    commit(List.of(Change.setUsers("r", Target.account(), List.of(text))), List.of()),
                    commit(
                            List.of(),
                            List.of(new Effect.RoleAdded(
                                    MEMBER.toBuilder().name(text).build()))),
                    commit(
                            List.of(),
                            List.of(new Effect.RoleAdded(
                                    MEMBER.toBuilder().description(text).build()))));
            for (Commit commit : commits) {
                byte[] json = CommitJson.write(commit, CATALOG);
                assertThat(json == null).isEqualTo(text.length() > longest.length());
                if (json != null) {
                    assertThat(CommitJson.read(json, INDEX)).isEqualTo(commit);
                }
            }
        }
    }

    @Test
    void a_commit_of_more_than_64_mib_is_not_written() {
        Change change = Change.removeUser("\u20AC".repeat(100_000));
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 111; i++) {
            changes.add(change);
        }
        assertThat(CommitJson.write(commit(changes, List.of()), CATALOG)).hasSizeBetween(66_000_000, 1 << 26);
        changes.add(change);
        assertThat(CommitJson.write(commit(changes, List.of()), CATALOG)).isNull();
    }

    @Test
    void the_revision_is_read_wherever_it_is_and_whatever_else_is_not_understood() {
        assertThat(CommitJson.revision(
                        "{\"a\":{\"revision\":1},\"b\":[{\"revision\":2}],\"revision\":3}".getBytes(UTF_8)))
                .isEqualTo(3);
        for (String json : List.of(
                "{}",
                "[]",
                "",
                "{\"revision\":\"3\"}",
                "{\"revision\":1e3}",
                "{\"a\":{\"revision\":1}}",
                "{\"revision\":9223372036854775808}")) {
            assertThatThrownBy(() -> CommitJson.revision(json.getBytes(UTF_8)))
                    .isInstanceOf(PolicyViolationException.class)
                    .hasMessageContaining("the commit has no `revision`");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'change':'assign','user':'u'} | MISSING_FIELD at /changes/0/role",
                "{'change':'assign','user':'u','role':'r','x':1} | UNKNOWN_FIELD at /changes/0/x",
                "{'change':'assign','user':'u','role':'r','id':'i'} | UNKNOWN_FIELD at /changes/0/id",
                "{'change':'assign','user':'u','role':'r','team':'t','chat':'c'} | UNKNOWN_FIELD at /changes/0/chat",
                "{'change':'assign','user':'u','role':'r','at':'team/t','chat':'c'} | UNKNOWN_FIELD at /changes/0/chat",
                "{'change':'assign','user':'u','role':'r','at':'team'} | MALFORMED at /changes/0/at",
                "{'change':'assign','user':'u','role':'r','at':'folder/f'} | MALFORMED at /changes/0/at",
                "{'change':'addTarget'} | MISSING_FIELD at /changes/0/target",
                "{'change':'addTarget','target':'account'} | WRONG_TYPE at /changes/0/target",
                "{'change':'addTarget','target':'chat/c','team':'t'} | UNKNOWN_FIELD at /changes/0/team",
                "{'change':'moveTarget','target':'chat/c','in':null} | NULL_VALUE at /changes/0/in",
                "{'change':'removeTarget','target':'chat/c','in':'account'} | UNKNOWN_FIELD at /changes/0/in",
                "{'change':'assign','user':'u','user':'u','role':'r'} | DUPLICATE_KEY at /changes/0/user",
                "{'change':'assign','user':1,'role':'r'} | WRONG_TYPE at /changes/0/user",
                "{'change':'assign','user':null,'role':'r'} | NULL_VALUE at /changes/0/user",
                "{'change':'assign','user':'u','role':{'id':'i','name':'n','scope':'team'}} | WRONG_TYPE at /changes/0/role",
                "{'change':'putSystemRole','role':'r'} | WRONG_TYPE at /changes/0/role",
                "{'change':'putSystemRole','role':{'id':'i','name':'n'}} | MISSING_FIELD at /changes/0/role/scope",
                "{'change':'addchat','chat':'c'} | WRONG_TYPE at /changes/0/change",
                "{'change':'addChat','chat':'c','team':null} | NULL_VALUE at /changes/0/team",
                "{'chat':'c'} | WRONG_TYPE at /changes/0/change",
                "{'change':'setRoles','user':'u','roles':['a',1]} | WRONG_TYPE at /changes/0/roles/1",
                "{'change':'setRoles','user':'u','roles':'a'} | WRONG_TYPE at /changes/0/roles",
                "{'change':'updateRole','role':'r','name':null} | NULL_VALUE at /changes/0/name",
                "{'change':'updateRole','role':'r','default':'true'} | WRONG_TYPE at /changes/0/default",
                "{'change':'updateRole','role':'r','scope':'team'} | UNKNOWN_FIELD at /changes/0/scope",
                "{'change':'updateRole','role':'r','rights':{'user':{'x':true}}} | ACTION_NOT_ALLOWED at /changes/0/rights/user/x",
                "{'change':'updateRole','role':'r','rights':{'x':{'x':true}}} | UNKNOWN_GROUP at /changes/0/rights/x",
                "{'change':'createRole','scope':'Team'} | SCOPE_INVALID at /changes/0/scope",
                "7 | WRONG_TYPE at /changes/0"
            })
    void a_change_is_read_strictly(String change, String violation) {
        assertThatThrownBy(() -> read(HEAD + change + "],'effects':[]}"))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageContaining(violation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'effect':'roleAdded','role':'r'} | WRONG_TYPE at /effects/0/role",
                "{'effect':'roleChanged','before':'a','after':'b'} | WRONG_TYPE at /effects/0/before",
                "{'effect':'chatMoved','chat':'c','before':{'id':'i','name':'n','scope':'team'}} | WRONG_TYPE at /effects/0/before",
                "{'effect':'targetMoved','target':'chat/c','before':{'id':'i','name':'n','scope':'team'}} | WRONG_TYPE at /effects/0/before",
                "{'effect':'targetMoved','target':'chat/c','after':'t'} | WRONG_TYPE at /effects/0/after",
                "{'effect':'targetMoved','target':'account'} | WRONG_TYPE at /effects/0/target",
                "{'effect':'targetRemoved','target':'chat/c','after':'team/t'} | UNKNOWN_FIELD at /effects/0/after",
                "{'effect':'chatAdded','chat':'c','before':'t'} | UNKNOWN_FIELD at /effects/0/before",
                "{'effect':'teamAdded'} | MISSING_FIELD at /effects/0/team",
                "{'effect':'assign','user':'u','role':'r'} | WRONG_TYPE at /effects/0/effect"
            })
    void an_effect_is_read_strictly(String effect, String violation) {
        assertThatThrownBy(() -> read(HEAD + "],'effects':[" + effect + "]}"))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageContaining(violation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | MISSING_FIELD at /revision",
                "[] | WRONG_TYPE: the value is an array",
                "{'revision':2,'account':'a','time':'2025-06-30T15:00:09Z','changes':[]} | MISSING_FIELD at /effects",
                "{'revision':2.0,'account':'a','time':'2025-06-30T15:00:09Z','changes':[],'effects':[]} | WRONG_TYPE at /revision",
                "{'revision':2,'account':'a','time':'2025-06-30T15:00:09.0Z','changes':[],'effects':[]} | WRONG_TYPE at /time",
                "{'revision':2,'account':'a','time':'2025-06-30T15:00:09+02:00','changes':[],'effects':[]} | WRONG_TYPE at /time",
                "{'revision':2,'account':'a','time':'soon','changes':[],'effects':[]} | WRONG_TYPE at /time",
                "{'revision':2,'account':'a','time':'2025-06-30T15:00:09Z','changes':{},'effects':[]} | WRONG_TYPE at /changes",
                "{'revision':2,'account':'a','time':'2025-06-30T15:00:09Z','changes':[],'effects':[]}{} | TRAILING_CONTENT",
                "{'revision':2,'account':'a','time':'2025-06-30T15:00:09Z','changes':[],'effects':[] | MALFORMED"
            })
    void a_commit_is_read_strictly(String json, String violation) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageContaining(violation);
    }
}
