package io.rbac.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStoreException;
import io.rbac.jackson.StoreScript.Next;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePolicyStoreTest {

    private static final String ACME = StoreScript.ACCOUNT;

    @TempDir
    Path temp;

    private Path folder;
    private FilePolicyStore store;
    private Policy policy;
    private final List<Commit> commits = new ArrayList<>();

    @BeforeEach
    void open() {
        folder = temp.resolve("a").resolve("b");
        store = FilePolicyStore.open(folder);
        policy = StoreScript.first();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        reopen(1 << 20);
    }

    private void reopen(long logBytes) {
        store.close();
        store = FilePolicyStore.open(folder, logBytes);
    }

    private void commit(Change... changes) {
        Next next = StoreScript.next(policy, changes);
        assertThat(next.in(store)).isTrue();
        policy = next.result();
        commits.add(next.commit());
    }

    private void createWithCommits(int howMany) {
        assertThat(store.create(policy)).isTrue();
        for (int i = 0; i < howMany; i++) {
            commit(Change.addTeam("t-" + i));
        }
    }

    private Path file(String suffix) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ACME.getBytes(UTF_8));
            return folder.resolve(String.format(Locale.ROOT, "%064x", new BigInteger(1, hash)) + suffix);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Path document() {
        return file(".json");
    }

    private Path log() {
        return file(".log");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    // files

    @Test
    void an_account_is_a_document_and_a_log_named_by_the_hash_of_its_id() throws IOException {
        assertThat(names()).containsExactly(".lock");
        createWithCommits(2);
        assertThat(names()).containsExactly(".lock", name(document()), name(log()));
        assertThat(Files.readString(document()))
                .isEqualTo(PolicyJson.selfContained().write(StoreScript.first()));
        List<String> lines = Files.readAllLines(log());
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .matches("[0-9]+ [0-9a-f]{8} .*")
                .endsWith(
                        " {\"revision\":2,\"account\":\"acme\",\"time\":\"2025-06-30T15:00:09.127Z\",\"actor\":\"ada\","
                                + "\"reason\":\"asked for\",\"changes\":[{\"change\":\"addTarget\",\"target\":\"team/t-0\"}],"
                                + "\"effects\":[{\"effect\":\"targetAdded\",\"target\":\"team/t-0\"}]}");
        assertThat(store.remove(ACME)).isTrue();
        assertThat(names()).containsExactly(".lock");
    }

    @Test
    void what_was_acknowledged_is_there_when_the_store_is_opened_again() {
        createWithCommits(3);
        reopen();
        assertThat(store.load(ACME)).contains(policy);
        assertThat(store.commitsSince(ACME, 1)).contains(commits);
        commit(Change.addTeam("later"));
        reopen();
        assertThat(store.commitsSince(ACME, 3)).contains(commits.subList(2, 4));
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void the_log_starts_again_when_it_outgrows_the_document() throws IOException {
        reopen(0);
        createWithCommits(0);
        long most = Files.size(document());
        int documents = 0;
        for (int i = 0; i < 40; i++) {
            commit(i % 2 == 0 ? Change.addTeam("t") : Change.removeTeam("t"));
            boolean isNew = !Files.exists(log());
            documents += isNew ? 1 : 0;
            assertThat(isNew ? 0 : Files.size(log())).isLessThanOrEqualTo(most);
            most = Files.size(document());
            List<Commit> last = isNew ? List.of() : commits.subList(i, i + 1);
            assertThat(store.commitsSince(ACME, policy.revision() - 1))
                    .isEqualTo(Optional.of(last).filter(c -> !isNew));
            assertThat(store.commitsSince(ACME, policy.revision())).contains(List.of());
        }
        assertThat(documents).isBetween(5, 20);
        assertThat(names()).doesNotContain(name(file(".tmp")));
        reopen(0);
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void a_log_may_outgrow_the_document_up_to_a_given_size() throws IOException {
        reopen(20_000);
        createWithCommits(0);
        int inLog = 0;
        while (inLog == 0 || Files.exists(log())) {
            commit(inLog % 2 == 0 ? Change.addTeam("t") : Change.removeTeam("t"));
            inLog++;
        }
        assertThat(inLog).isBetween(60, 130);
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void a_log_has_a_size_of_at_least_zero() {
        assertThatThrownBy(() -> FilePolicyStore.open(temp.resolve("x"), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the size of a log is `-1`: expected at least 0");
    }

    @Test
    void a_commit_under_another_catalog_makes_a_new_document() throws IOException {
        createWithCommits(1);
        policy = policy.withCatalog(StoreScript.OTHER_CATALOG);
        commit(Change.updateRole(
                "lead",
                RoleUpdate.builder()
                        .rights(StoreScript.OTHER_CATALOG.rights("user:invite"))
                        .build()));
        assertThat(names()).doesNotContain(name(log()));
        assertThat(Files.readString(document())).contains("\"invite\": true");
        commit(Change.addTeam("later"));
        assertThat(names()).contains(name(log()));
        reopen();
        assertThat(store.load(ACME)).contains(policy);
        assertThat(store.commitsSince(ACME, 3)).contains(commits.subList(2, 3));
        assertThat(store.commitsSince(ACME, 2)).isEmpty();
    }

    @Test
    void a_commit_under_other_rules_makes_a_new_document() throws IOException {
        createWithCommits(1);
        policy = policy.withRules(PolicyRules.builder().nameMax(7).build());
        commit(Change.addTeam("later"));
        assertThat(names()).doesNotContain(name(log()));
        reopen();
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void equal_catalogs_and_rules_share_a_log_whatever_their_instances_and_what_is_retired() throws IOException {
        createWithCommits(1);
        for (int i = 0; i < 3; i++) {
            PermissionCatalog equal = PermissionCatalog.builder()
                    .group("user", "create", "read", "update", "delete")
                    .group("message", "read", "write")
                    .retired("user:export-" + i)
                    .build();
            policy = store.load(ACME).orElseThrow().withCatalog(equal);
            policy = policy.withRules(PolicyRules.builder().build());
            commit(Change.addTeam("later-" + i));
            reopen();
        }
        assertThat(Files.readAllLines(log())).hasSize(4);
        assertThat(store.commitsSince(ACME, 1)).contains(commits);
    }

    @Test
    void a_catalog_that_differs_in_anything_that_a_document_states_is_another_one() throws IOException {
        PermissionCatalog.Action read = PermissionCatalog.Action.of("read");
        List<PermissionCatalog> catalogs = Stream.of(
                        read,
                        read.withTitle("R"),
                        read.withTitle("R").withDescription("d"),
                        read.withScopes(Set.of(Scope.ACCOUNT)))
                .map(FilePolicyStoreTest::catalog)
                .toList();
        PermissionCatalog first = catalogs.get(catalogs.size() - 1);
        Role role = Role.builder("m", Scope.ACCOUNT)
                .name("M")
                .defaultRole(true)
                .rights(first.allRights())
                .build();
        policy = Policy.builder()
                .account(ACME)
                .catalog(first)
                .revision(1)
                .role(role)
                .build();
        assertThat(store.create(policy)).isTrue();
        for (PermissionCatalog catalog : catalogs) {
            policy = policy.withCatalog(catalog);
            commit(Change.addTeam("t-" + policy.revision()));
            assertThat(names()).doesNotContain(name(log()));
            assertThat(store.load(ACME)).contains(policy);
        }
    }

    @Test
    void a_commit_that_no_line_can_hold_makes_a_new_document() throws IOException {
        createWithCommits(1);
        Next next = StoreScript.next(policy, Change.addTeam("x"));
        String reason = "r".repeat(JsonDocument.MAX_STRING_CHARS + 1);
        Commit commit = Commit.of(
                ACME,
                3,
                "ada",
                Instant.EPOCH,
                reason,
                next.commit().changes(),
                next.commit().effects());
        assertThat(store.commit(commit, next.result())).isTrue();
        assertThat(names()).doesNotContain(name(log()));
        reopen();
        assertThat(store.load(ACME)).contains(next.result());
    }

    @Test
    void a_store_of_before_there_were_scopes_of_all_kinds_is_read_and_goes_on() throws IOException {
        Files.writeString(document(), Documents.resource("format-1/stored.json"));
        Files.writeString(log(), Documents.resource("format-1/stored.commits"));
        policy = PolicyJson.selfContained().read(Documents.resource("format-1/result.json"));
        assertThat(store.load(ACME)).contains(policy);
        List<Commit> former = store.commitsSince(ACME, 7).orElseThrow();
        assertThat(former).extracting(Commit::revision).containsExactly(8L, 9L, 10L, 11L, 12L);
        assertThat(former.get(0).changes())
                .containsExactly(Change.addTeam("sales"), Change.addChat("c-7", "sales"), Change.addChat("c-8"));
        commit(Change.moveChat("c-7", "sales"), Change.assign("zoe", "lead", Target.team("sales")));
        assertThat(Files.readString(document())).contains("\"format\": 1");
        assertThat(Files.readAllLines(log())).hasSize(6).last().asString().contains("\"change\":\"moveTarget\"");
        reopen(0);
        assertThat(store.load(ACME)).contains(policy);
        assertThat(store.commitsSince(ACME, 12)).contains(commits);
        while (Files.exists(log())) {
            commit(Change.addTeam("t-" + policy.revision()));
        }
        assertThat(Files.readString(document()))
                .isEqualTo(PolicyJson.selfContained().write(policy));
        reopen();
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void a_document_of_a_newer_format_is_refused() throws IOException {
        createWithCommits(1);
        Files.writeString(document(), Files.readString(document()).replace("\"format\": 2", "\"format\": 3"));
        assertThatThrownBy(() -> store.load(ACME))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("UNSUPPORTED_FORMAT at /format: `3` is not a supported format");
    }

    @Test
    void targets_of_scopes_of_ones_own_are_kept() throws IOException {
        policy = PolicyJson.selfContained().read(Documents.TREE).withRevision(1);
        ScopeTree tree = policy.catalog().scopes();
        Scope folder = tree.scope("folder");
        createWithCommits(0);
        commit(Change.addTarget(Target.of(folder, "new"), Target.of(folder, "older")));
        commit(
                Change.moveTarget(Target.of(folder, "old"), Target.account()),
                Change.assign("zoe", "editor", Target.of(folder, "new")));
        commit(Change.removeTarget(Target.of(folder, "older")));
        assertThat(Files.readAllLines(log())).hasSize(3);
        reopen();
        assertThat(store.load(ACME)).contains(policy);
        assertThat(store.commitsSince(ACME, 1)).contains(commits);
        assertThat(policy.targets()).hasSize(3);
    }

    @Test
    void a_commit_under_other_scopes_makes_a_new_document() throws IOException {
        createWithCommits(1);
        ScopeTree more = ScopeTree.builder()
                .scope("account")
                .scope("team")
                .scope("chat")
                .scope("page")
                .build();
        PermissionCatalog catalog = PermissionCatalog.builder()
                .scopes(more)
                .group("user", "create", "read", "update", "delete")
                .group("message", "read", "write")
                .build();
        policy = policy.withCatalog(catalog);
        commit(Change.addTarget(Target.of(more.scope("page"), "p"), Target.team("support")));
        assertThat(names()).doesNotContain(name(log()));
        commit(Change.removeTarget(Target.of(more.scope("page"), "p")));
        reopen();
        assertThat(store.load(ACME)).contains(policy);
        assertThat(store.commitsSince(ACME, 3)).contains(commits.subList(2, 3));
    }

    // what a crash leaves

    @Test
    void a_last_line_that_is_torn_anywhere_is_dropped() throws IOException {
        createWithCommits(3);
        store.close();
        byte[] whole = Files.readAllBytes(log());
        int start = lineStart(whole, 3);
        Policy before = StoreScript.first();
        for (Commit commit : commits.subList(0, 2)) {
            before = before.apply(commit.changes(), commit.time()).policy();
        }
        for (int length = start; length <= whole.length; length++) {
            Files.write(log(), Arrays.copyOf(whole, length));
            boolean counts = length >= whole.length - 1;
            store = FilePolicyStore.open(folder);
            assertThat(store.load(ACME)).as("%d bytes", length).contains(counts ? policy : before);
            assertThat(store.commitsSince(ACME, 1)).contains(commits.subList(0, counts ? 3 : 2));
            if (!counts) {
                Next other = StoreScript.next(before, Change.addTeam("other"));
                assertThat(other.in(store)).isTrue();
                reopen();
                assertThat(store.load(ACME)).contains(other.result());
            }
            store.close();
        }
        store = FilePolicyStore.open(folder);
    }

    @Test
    void garbage_behind_a_whole_line_without_its_end_is_dropped() throws IOException {
        createWithCommits(2);
        store.close();
        byte[] whole = Files.readAllBytes(log());
        byte[] lineWithoutEnd = Arrays.copyOf(whole, whole.length - 1);
        for (String rest : List.of("\0", "\0\0\0 42 garbage", "7", "99999999999 ")) {
            Files.write(log(), lineWithoutEnd);
            Files.writeString(log(), rest, StandardOpenOption.APPEND);
            reopen();
            assertThat(store.load(ACME)).as(rest).contains(policy);
            assertThat(Files.readAllBytes(log())).isEqualTo(whole);
            store.close();
        }
    }

    private static int lineStart(byte[] log, int line) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            while (log[start] != '\n') {
                start++;
            }
            start++;
        }
        return start;
    }

    @Test
    void any_other_byte_that_changed_is_damage_that_names_file_and_line() throws IOException {
        createWithCommits(3);
        byte[] whole = Files.readAllBytes(log());
        int line = 1;
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 4;
            Files.write(log(), damaged);
            int at = line;
            if (i < whole.length - 1) {
                assertThatThrownBy(() -> store.load(ACME))
                        .as("byte %d", i)
                        .isInstanceOfSatisfying(
                                PolicyStoreException.class,
                                e -> assertThat(e.outcomeUnknown()).isFalse())
                        .hasMessage("line " + at + " of the file `" + log()
                                + "` is damaged: its content does not match its length and checksum");
            } else {
                assertThat(store.load(ACME)).contains(policy);
            }
            line += whole[i] == '\n' ? 1 : 0;
        }
        Files.write(log(), whole);
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void lines_that_are_missing_doubled_or_of_another_account_are_damage() throws IOException {
        createWithCommits(3);
        List<String> lines = Files.readAllLines(log());
        expectDamage(List.of(lines.get(0), lines.get(2)), "line 2", "has revision `4`: expected the one after `2`");
        expectDamage(List.of(lines.get(1), lines.get(2)), "line 1", "has revision `3`: expected the one after `1`");
        expectDamage(List.of(lines.get(0), lines.get(0)), "line 2", "has revision `2`: expected the one after `2`");
        expectDamage(List.of(lines.get(0), ""), "line 2", "does not match its length and checksum");
        Commit foreign = Commit.of(
                "other", 2, null, Instant.EPOCH, null, List.of(), commits.get(0).effects());
        expectDamage(List.of(line(foreign)), "line 1", "is of account `other`: expected `acme`");
        Commit unfit = Commit.of(
                ACME,
                2,
                null,
                Instant.EPOCH,
                null,
                List.of(),
                StoreScript.next(StoreScript.first(), Change.removeTeam("support"))
                        .commit()
                        .effects());
        Commit twice = Commit.of(ACME, 3, null, Instant.EPOCH, null, List.of(), unfit.effects());
        expectDamage(
                List.of(line(unfit), line(twice)),
                "line 2",
                "removes the assignment of role `lead` to user `bob` at `team/support`, which is not there");
        expectDamage(List.of(line("{\"revision\":2}")), "line 1", "MISSING_FIELD at /account");
        expectDamage(List.of(line("{}")), "line 1", "the commit has no `revision`");
    }

    private static String line(Commit commit) {
        byte[] json = CommitJson.write(commit, StoreScript.CATALOG);
        assertThat(json).isNotNull();
        return line(new String(json, UTF_8));
    }

    private static String line(String json) {
        return new String(LogLine.of(json.getBytes(UTF_8)), UTF_8);
    }

    private void expectDamage(List<String> lines, String where, String why) throws IOException {
        Files.writeString(log(), String.join("\n", lines) + '\n');
        assertThatThrownBy(() -> store.load(ACME))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageStartingWith(where + " of the file `" + log() + "` is damaged: ")
                .hasMessageContaining(why);
    }

    @Test
    void effects_that_lead_to_no_policy_are_refused() throws IOException {
        createWithCommits(1);
        Role last = StoreScript.first().role("member").orElseThrow();
        Commit commit = Commit.of(
                ACME,
                2,
                null,
                Instant.EPOCH,
                null,
                List.of(),
                List.of(new Effect.RoleChanged(
                        last, last.toBuilder().defaultRole(false).build())));
        Files.writeString(log(), line(commit) + '\n');
        assertThatThrownBy(() -> store.load(ACME))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageStartingWith(
                        "the commits in the file `" + log() + "` do not lead to a valid policy: LAST_DEFAULT_ROLE");
    }

    @Test
    void a_document_that_is_damaged_or_of_another_account_is_refused() throws IOException {
        createWithCommits(1);
        String whole = Files.readString(document());
        for (String damaged :
                List.of("", "{}", whole.substring(0, whole.length() / 2), whole.replace("member", "lead"))) {
            Files.writeString(document(), damaged);
            assertThatThrownBy(() -> store.load(ACME))
                    .isInstanceOf(PolicyStoreException.class)
                    .hasMessageStartingWith("the file `" + document() + "` is damaged: ");
            assertThat(store.create(StoreScript.first())).isFalse();
        }
        Files.writeString(document(), whole.replace("\"acme\"", "\"acme2\""));
        assertThatThrownBy(() -> store.load(ACME))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessage("the file `" + document() + "` has the policy of account `acme2`: expected that of `acme`");
        assertThat(store.load("other")).isEmpty();
        Files.writeString(document(), whole);
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void a_document_of_before_its_log_is_refused() throws IOException {
        reopen(0);
        createWithCommits(0);
        byte[] old = Files.readAllBytes(document());
        while (!Files.exists(log()) || policy.revision() < 8) {
            commit(Change.addTeam("t-" + policy.revision()));
        }
        Files.write(document(), old);
        assertThatThrownBy(() -> store.load(ACME))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("expected the one after `1`");
    }

    @Test
    void a_log_that_is_part_of_the_document_is_passed_over_though_its_catalog_is_unknown() throws IOException {
        createWithCommits(2);
        commit(Change.updateRole(
                "lead",
                RoleUpdate.builder()
                        .rights(StoreScript.CATALOG.rights("message:write"))
                        .build()));
        byte[] old = Files.readAllBytes(log());
        PermissionCatalog smaller =
                PermissionCatalog.builder().group("user", "read").build();
        Role member = policy.role("member").orElseThrow();
        Policy replaced = Policy.builder()
                .account(ACME)
                .catalog(smaller)
                .revision(5)
                .role(member)
                .build();
        Commit commit = Commit.of(ACME, 5, null, Instant.EPOCH, null, List.of(), List.of());
        assertThat(store.commit(commit, replaced)).isTrue();
        assertThat(Files.exists(log())).isFalse();
        Files.write(log(), old);
        reopen();
        assertThat(store.load(ACME)).contains(replaced);
        policy = replaced;
        commit(Change.addTeam("new"));
        commit(Change.addTeam("newer"));
        assertThat(Files.readAllLines(log())).hasSize(5);
        reopen();
        assertThat(store.load(ACME)).contains(policy);
        assertThat(store.commitsSince(ACME, 5)).contains(commits.subList(3, 5));
        assertThat(store.commitsSince(ACME, 4)).isEmpty();
    }

    @Test
    void leftovers_without_a_document_are_no_account_and_do_not_come_back() throws IOException {
        createWithCommits(3);
        Files.copy(document(), file(".tmp"));
        Files.delete(document());
        reopen();
        assertThat(store.load(ACME)).isEmpty();
        assertThat(store.commitsSince(ACME, 1)).isEmpty();
        assertThat(store.remove(ACME)).isFalse();
        Policy first = StoreScript.first();
        assertThat(StoreScript.next(first, Change.addTeam("t")).in(store)).isFalse();
        assertThat(store.create(first)).isTrue();
        assertThat(store.load(ACME)).contains(first);
        assertThat(names()).containsExactly(".lock", name(document()));
    }

    @Test
    void a_half_written_document_beside_the_old_one_does_no_harm() throws IOException {
        createWithCommits(2);
        Files.writeString(file(".tmp"), "x".repeat(100_000));
        reopen(0);
        assertThat(store.load(ACME)).contains(policy);
        for (int i = 0; i < 10; i++) {
            commit(i % 2 == 0 ? Change.addTeam("t") : Change.removeTeam("t"));
            assertThat(store.load(ACME)).contains(policy);
        }
        assertThat(names()).doesNotContain(name(file(".tmp")));
        reopen();
        assertThat(store.load(ACME)).contains(policy);
        Files.writeString(file(".tmp"), "x");
        assertThat(store.remove(ACME)).isTrue();
        assertThat(names()).containsExactly(".lock");
    }

    @Test
    void a_log_that_something_else_wrote_to_is_not_overwritten() throws IOException {
        createWithCommits(2);
        Files.writeString(log(), "x", StandardOpenOption.APPEND);
        Next next = StoreScript.next(policy, Change.addTeam("x"));
        assertThatThrownBy(() -> next.in(store))
                .isInstanceOfSatisfying(
                        PolicyStoreException.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse())
                .hasMessageContaining("its size is not the one that this store left it with");
        assertThat(store.load(ACME)).contains(policy);
        assertThat(next.in(store)).isTrue();
    }

    // what is refused

    @Test
    void a_policy_that_could_not_be_read_back_is_refused_and_nothing_is_written() throws IOException {
        String tooLong = "x".repeat(JsonDocument.MAX_STRING_CHARS + 1);
        Role member =
                Role.builder("m", Scope.ACCOUNT).name("M").defaultRole(true).build();
        PermissionCatalog.Action action = PermissionCatalog.Action.of("read");
        for (PermissionCatalog.Action wordy : List.of(action.withTitle(tooLong), action.withDescription(tooLong))) {
            expectRefused(
                    Policy.builder()
                            .account(ACME)
                            .catalog(catalog(wordy))
                            .role(member)
                            .build(),
                    "200001 characters");
        }
        expectRefused(
                StoreScript.first()
                        .reboundTo(
                                StoreScript.CATALOG,
                                PolicyRules.builder().nameMax(1).build()),
                "breaks its own catalog or rules");
        assertThat(names()).containsExactly(".lock");
        createWithCommits(1);
        Policy unsound = policy.reboundTo(
                StoreScript.OTHER_CATALOG, PolicyRules.builder().nameMax(1).build());
        Commit commit = Commit.of(ACME, 3, null, Instant.EPOCH, null, List.of(), List.of());
        assertThatThrownBy(() -> store.commit(commit, unsound.withRevision(3)))
                .isInstanceOfSatisfying(
                        PolicyStoreException.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse());
        assertThat(store.load(ACME)).contains(policy);
    }

    /** Each of these code points is two chars. */
    @Test
    void the_longest_name_and_description_are_read_back_from_document_and_log() throws IOException {
        String longest = "\uD83D\uDE00".repeat(PolicyRules.MAX_CODE_POINTS);
        reopen(1 << 24);
        Role member = Role.builder("m", Scope.ACCOUNT)
                .name(longest)
                .description(longest)
                .defaultRole(true)
                .build();
        policy = Policy.builder()
                .account(ACME)
                .catalog(StoreScript.CATALOG)
                .rules(PolicyRules.builder().nameMax(null).descriptionMax(null).build())
                .revision(1)
                .role(member)
                .build();
        createWithCommits(0);
        commit(Change.createRole(
                "second",
                Scope.ACCOUNT,
                RoleUpdate.builder().name(longest).description(longest).build()));
        assertThat(names()).contains(name(log()));
        reopen();
        assertThat(store.load(ACME)).contains(policy);
    }

    private static PermissionCatalog catalog(PermissionCatalog.Action action) {
        return PermissionCatalog.builder()
                .group("user", Set.of(Scope.ACCOUNT, Scope.TEAM, Scope.CHAT), List.of(action))
                .build();
    }

    private void expectRefused(Policy refused, String why) {
        assertThatThrownBy(() -> store.create(refused))
                .isInstanceOfSatisfying(
                        PolicyStoreException.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse())
                .hasMessageStartingWith("nothing was written: ")
                .hasMessageContaining(why);
        assertThat(store.load(ACME)).isEmpty();
    }

    @Test
    void a_result_that_is_not_that_of_the_commit_is_refused() {
        createWithCommits(1);
        Next next = StoreScript.next(policy, Change.addTeam("x"));
        assertThatThrownBy(() -> store.commit(next.commit(), policy)).isInstanceOf(IllegalArgumentException.class);
        Policy other = Policy.builder()
                .account("other")
                .catalog(StoreScript.CATALOG)
                .revision(3)
                .role(policy.role("member").orElseThrow())
                .build();
        assertThatThrownBy(() -> store.commit(next.commit(), other)).isInstanceOf(IllegalArgumentException.class);
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void a_closed_store_refuses_every_call() {
        createWithCommits(1);
        Next next = StoreScript.next(policy, Change.addTeam("x"));
        store.close();
        store.close();
        List<ThrowingCallable> calls = List.of(
                () -> store.load(ACME),
                () -> store.create(policy),
                () -> next.in(store),
                () -> store.commitsSince(ACME, 1),
                () -> store.remove(ACME));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(PolicyStoreException.class).hasMessage("the store is closed");
        }
        reopen();
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void a_folder_is_opened_through_a_symbolic_link() throws IOException {
        createWithCommits(1);
        store.close();
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
        Path linkToLink = Files.createSymbolicLink(temp.resolve("link-to-link"), link);
        for (Path path : List.of(link, linkToLink)) {
            try (FilePolicyStore linked = FilePolicyStore.open(path)) {
                assertThat(linked.load(ACME)).contains(policy);
                Next next = StoreScript.next(policy, Change.addTeam("t-" + path.getFileName()));
                assertThat(next.in(linked)).isTrue();
                policy = next.result();
            }
        }
        try (FilePolicyStore below = FilePolicyStore.open(link.resolve("c").resolve("d"))) {
            assertThat(below.load(ACME)).isEmpty();
        }
        assertThat(folder.resolve("c").resolve("d")).isDirectory();
        reopen();
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void a_symbolic_link_to_nothing_is_refused() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("nothing"));
        assertThatThrownBy(() -> FilePolicyStore.open(link))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageStartingWith("the folder `" + link + "` cannot be used: ");
    }

    @Test
    void a_path_that_is_not_a_folder_is_refused() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        for (Path place : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> FilePolicyStore.open(place))
                    .isInstanceOf(PolicyStoreException.class)
                    .hasMessageStartingWith("the folder `" + place + "` cannot be used: ");
        }
    }

    @Test
    void an_interrupt_ends_no_call_and_is_kept() {
        createWithCommits(0);
        for (int i = 0; i < 20; i++) {
            Thread.currentThread().interrupt();
            commit(i % 2 == 0 ? Change.addTeam("t") : Change.removeTeam("t"));
            assertThat(store.load(ACME)).contains(policy);
            assertThat(Thread.interrupted()).isTrue();
        }
        Thread.currentThread().interrupt();
        assertThat(store.remove(ACME)).isTrue();
        assertThat(store.create(policy)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        reopen();
        assertThat(store.load(ACME)).contains(policy);
    }

    @Test
    void what_is_remembered_of_accounts_is_bounded() {
        StoredAccounts accounts = new StoredAccounts(3, name -> {
            StoredAccount account = new StoredAccount(
                    new FolderNames(new MemoryFolder(), name, new HashSet<>()), name, 0, new SharedTerms());
            account.create(StoreScript.first());
            return account;
        });
        for (int i = 0; i < 10; i++) {
            String name = "a-" + i;
            Optional<Policy> loaded = accounts.with(name, account -> account.load(ACME));
            assertThat(loaded).isPresent();
            assertThat(accounts.size()).isEqualTo(Math.min(i + 1, 3));
        }
        StoredAccount last = accounts.with("a-9", account -> account);
        StoredAccount again = accounts.with("a-9", account -> account);
        assertThat(again).isSameAs(last);
        accounts.with("a-9", StoredAccount::remove);
        assertThat(accounts.size()).isEqualTo(2);
    }
}
