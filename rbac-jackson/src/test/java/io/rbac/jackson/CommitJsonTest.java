package io.rbac.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.Commit;
import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.PolicyDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final PermissionCatalog TREE_CATALOG = PermissionCatalog.builder()
            .scopes(ScopeTree.builder()
                    .scope("org")
                    .nestingScope("folder")
                    .scope("page")
                    .build())
            .group("user", "create", "read")
            .build();
    private static final Instant TIME = Instant.parse("2025-06-30T15:00:09.126Z");
    private static final Version VERSION = Version.of("0f3a5c7e9b1d2468", 2);
    private static final PolicyDigest DIGEST = PolicyDigest.parse("4b1f0c6d2a9e83575d7c1e0b9a3f6842");
    private static final String HEAD =
            "{\"version\":\"0f3a5c7e9b1d2468.2\",\"digest\":\"4b1f0c6d2a9e83575d7c1e0b9a3f6842\",\"account\":\"acme\",\"time\":\"2025-06-30T15:00:09.126Z\",\"changes\":[";

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
        byte[] json = CommitJson.write(commit, TREE_CATALOG.scopes()).orElseThrow();
        assertThat(new String(json, UTF_8))
                .contains(
                        "\"scopes\":[{\"scope\":\"org\"},{\"scope\":\"folder\",\"nests\":true},{\"scope\":\"page\"}],\"changes\"")
                .contains("{\"change\":\"addTarget\",\"target\":\"folder/a/b c\",\"in\":\"folder/drafts\"}")
                .contains("{\"change\":\"moveTarget\",\"target\":\"page/home\",\"in\":\"folder/a/b c\"}")
                .contains("\"role\":\"r\",\"at\":\"page/home\"}")
                .contains("{\"change\":\"createRole\",\"id\":\"n\",\"scope\":\"org\"}")
                .contains("\"name\":\"R\",\"scope\":\"org\"")
                .contains("{\"effect\":\"targetMoved\",\"target\":\"page/home\",\"after\":\"folder/a/b c\"}");
        assertThat(CommitJson.read(json)).isEqualTo(commit);
    }

    @Test
    void a_commit_with_a_scope_that_the_tree_lacks_is_not_written() {
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
            assertThat(CommitJson.write(commit(List.of(change), List.of()), ScopeTree.standard()))
                    .as("%s", change)
                    .isEmpty();
        }
    }

    private static Commit commit(List<Change> changes, List<Effect> effects) {
        return Commit.of("acme", VERSION, DIGEST, null, TIME, null, changes, effects);
    }

    private static String text(Commit commit) {
        return new String(CommitJson.write(commit, ScopeTree.standard()).orElseThrow(), UTF_8);
    }

    private static Commit read(String json) {
        return CommitJson.read(json.replace('\'', '"').getBytes(UTF_8));
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
        Commit commit = Commit.of(
                "acme", VERSION.at(Long.MAX_VALUE), DIGEST, "a", Instant.parse(time), "r", List.of(), List.of());
        assertThat(text(commit))
                .isEqualTo("{\"version\":\"0f3a5c7e9b1d2468.9223372036854775807\",\"digest\":\"" + DIGEST
                        + "\",\"account\":\"acme\",\"time\":\"" + time
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
        assertThat(CommitJson.read(text(commit).getBytes(UTF_8))).isEqualTo(commit);
    }

    @Test
    void a_permission_is_named_by_its_group_and_action_and_by_its_key_where_that_differs() {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .group("people", List.of(Action.of("see").withKey("user:read"), Action.of("invite")))
                .build();
        Change change = Change.updateRole(
                "r", RoleUpdate.builder().rights(catalog.allRights()).build());
        Role role = MEMBER.toBuilder().rights(catalog.allRights()).build();
        Commit commit = commit(List.of(change), List.of(new Effect.RoleAdded(role)));
        assertThat(text(commit)).contains("\"rights\":{\"people\":{\"see\":\"user:read\",\"invite\":true}}");
        Commit read = read(text(commit));
        assertThat(read).isEqualTo(commit);
        Rights rights = ((Effect.RoleAdded) read.effects().get(0)).role().rights();
        assertThat(rights).extracting(Permission::key).containsExactly("user:read", "people:invite");
        assertThat(rights).extracting(Permission::group).containsOnly("people");
        assertThat(rights).extracting(Permission::action).containsExactly("see", "invite");
    }

    @Test
    void equal_rights_of_a_commit_have_one_catalog() {
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            effects.add(new Effect.RoleAdded(MEMBER.toBuilder()
                    .name("Member " + i)
                    .rights(i == 0 ? Rights.none() : CATALOG.allRights())
                    .build()));
        }
        Commit read = read(text(commit(List.of(), effects)));
        assertThat(read.effects()).isEqualTo(effects);
        assertThat(catalog(read.effects().get(1)))
                .isSameAs(catalog(read.effects().get(2)));
    }

    private static PermissionCatalog catalog(Effect effect) {
        return ((Effect.RoleAdded) effect).role().rights().catalog();
    }

    @Test
    void what_could_not_be_read_back_is_not_written() {
        String longest = "x".repeat(JsonDocument.MAX_STRING_CHARS);
        for (String text : List.of(longest, longest + "x")) {
            List<Commit> commits = List.of(
                    Commit.of("acme", VERSION, DIGEST, text, TIME, null, List.of(), List.of()),
                    Commit.of("acme", VERSION, DIGEST, null, TIME, text, List.of(), List.of()),
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
                Optional<byte[]> json = CommitJson.write(commit, ScopeTree.standard());
                assertThat(json.isEmpty()).isEqualTo(text.length() > longest.length());
                json.ifPresent(bytes -> assertThat(CommitJson.read(bytes)).isEqualTo(commit));
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
        assertThat(CommitJson.write(commit(changes, List.of()), ScopeTree.standard())
                        .orElseThrow())
                .hasSizeBetween(66_000_000, CommitJson.MAX_BYTES);
        changes.add(change);
        assertThat(CommitJson.write(commit(changes, List.of()), ScopeTree.standard()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'change':'assign','user':'u'} | MISSING_FIELD at /changes/0/role",
                "{'change':'assign','user':'u','role':'r','x':1} | UNKNOWN_FIELD at /changes/0/x",
                "{'change':'assign','user':'u','role':'r','id':'i'} | UNKNOWN_FIELD at /changes/0/id",
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
                "{'change':'addtarget','target':'chat/c'} | WRONG_TYPE at /changes/0/change",
                "{'target':'chat/c'} | WRONG_TYPE at /changes/0/change",
                "{'change':'setRoles','user':'u','roles':['a',1]} | WRONG_TYPE at /changes/0/roles/1",
                "{'change':'setRoles','user':'u','roles':'a'} | WRONG_TYPE at /changes/0/roles",
                "{'change':'updateRole','role':'r','name':null} | NULL_VALUE at /changes/0/name",
                "{'change':'updateRole','role':'r','default':'true'} | WRONG_TYPE at /changes/0/default",
                "{'change':'updateRole','role':'r','scope':'team'} | UNKNOWN_FIELD at /changes/0/scope",
                "{'change':'updateRole','role':'r','rights':{'user':{'x':false}}} | WRONG_TYPE at /changes/0/rights/user/x",
                "{'change':'updateRole','role':'r','rights':{'user':{'x':null}}} | NULL_VALUE at /changes/0/rights/user/x",
                "{'change':'updateRole','role':'r','rights':{'user':{'x':true,'x':true}}} | DUPLICATE_KEY at /changes/0/rights/user/x",
                "{'change':'updateRole','role':'r','rights':{'user':{'x':'k','y':'k'}}} | DUPLICATE_ID at /changes/0/rights",
                "{'change':'updateRole','role':'r','rights':{'user':{'x':' '}}} | ID_INVALID at /changes/0/rights",
                "{'change':'updateRole','role':'r','rights':{'user':true}} | WRONG_TYPE at /changes/0/rights/user",
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
                "{'effect':'targetMoved','target':'chat/c','before':{'id':'i','name':'n','scope':'team'}} | WRONG_TYPE at /effects/0/before",
                "{'effect':'targetMoved','target':'chat/c','after':'t'} | WRONG_TYPE at /effects/0/after",
                "{'effect':'targetMoved','target':'account'} | WRONG_TYPE at /effects/0/target",
                "{'effect':'targetRemoved','target':'chat/c','after':'team/t'} | UNKNOWN_FIELD at /effects/0/after",
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
                "{} | MISSING_FIELD at /version",
                "[] | WRONG_TYPE: the value is an array",
                "{'version':'0f3a5c7e9b1d2468.2','digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'2025-06-30T15:00:09Z','changes':[]} | MISSING_FIELD at /effects",
                "{'version':2,'digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'2025-06-30T15:00:09Z','changes':[],'effects':[]} | WRONG_TYPE at /version",
                "{'version':'0f3a5c7e9b1d2468.02','digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'2025-06-30T15:00:09Z','changes':[],'effects':[]} | WRONG_TYPE at /version",
                "{'version':'0f3a5c7e9b1d2468.2','digest':'4B','account':'a','time':'2025-06-30T15:00:09Z','changes':[],'effects':[]} | WRONG_TYPE at /digest",
                "{'version':'0f3a5c7e9b1d2468.2','digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'2025-06-30T15:00:09Z','changes':[{'change':'removeUser','user':'u'}],'scopes':[{'scope':'org'}],'effects':[]} | MALFORMED at /scopes",
                "{'version':'0f3a5c7e9b1d2468.2','digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'2025-06-30T15:00:09Z','scopes':[],'changes':[],'effects':[]} | SCOPE_INVALID at /scopes",
                "{'version':'0f3a5c7e9b1d2468.2','digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'2025-06-30T15:00:09.0Z','changes':[],'effects':[]} | WRONG_TYPE at /time",
                "{'version':'0f3a5c7e9b1d2468.2','digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'2025-06-30T15:00:09+02:00','changes':[],'effects':[]} | WRONG_TYPE at /time",
                "{'version':'0f3a5c7e9b1d2468.2','digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'soon','changes':[],'effects':[]} | WRONG_TYPE at /time",
                "{'version':'0f3a5c7e9b1d2468.2','digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'2025-06-30T15:00:09Z','changes':{},'effects':[]} | WRONG_TYPE at /changes",
                "{'version':'0f3a5c7e9b1d2468.2','digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'2025-06-30T15:00:09Z','changes':[],'effects':[]}{} | TRAILING_CONTENT",
                "{'version':'0f3a5c7e9b1d2468.2','digest':'4b1f0c6d2a9e83575d7c1e0b9a3f6842','account':'a','time':'2025-06-30T15:00:09Z','changes':[],'effects':[] | MALFORMED"
            })
    void a_commit_is_read_strictly(String json, String violation) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageContaining(violation);
    }
}
