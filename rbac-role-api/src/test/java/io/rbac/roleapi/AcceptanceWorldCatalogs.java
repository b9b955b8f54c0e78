package io.rbac.roleapi;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The catalogs T, P and F of the acceptance cases. */
final class AcceptanceWorldCatalogs {

    private static final Set<Scope> ACCOUNT = Set.of(Scope.ACCOUNT);
    private static final Set<Scope> ACCOUNT_AND_TEAM = Set.of(Scope.ACCOUNT, Scope.TEAM);
    private static final Set<Scope> CHAT = Set.of(Scope.CHAT);

    private AcceptanceWorldCatalogs() {}

    /** T: a category cannot be derived from a key. */
    static PermissionCatalog trillet() {
        return trillet(ScopeTree.standard());
    }

    /** T, over other scopes. */
    static PermissionCatalog trillet(ScopeTree scopes) {
        return PermissionCatalog.builder()
                .scopes(scopes)
                .group(
                        "agents",
                        ACCOUNT,
                        List.of(
                                action("agent_view", "View Agents", "View agent configurations and details"),
                                action("agent_create", "Create Agents", "Create new agents"),
                                action("agent_edit", "Edit Agents", "Edit existing agents"),
                                action("agent_delete", "Delete Agents", "Delete agents")))
                .group(
                        "calls",
                        ACCOUNT,
                        List.of(
                                action(
                                        "call_history_view",
                                        "View Call History",
                                        "View call history records and transcripts"),
                                action("call_history_export", "Export Call History", "Export call history records")))
                .build();
    }

    private static Action action(String key, String title, String description) {
        return Action.of(key).withKey(key).withTitle(title).withDescription(description);
    }

    /** P: which actions a group has depends on the scope of the role. */
    static PermissionCatalog pulse() {
        return PermissionCatalog.builder()
                .group(
                        "user",
                        ACCOUNT,
                        List.of(
                                Action.of("create"),
                                Action.of("read").withScopes(ACCOUNT_AND_TEAM),
                                Action.of("update").withScopes(ACCOUNT_AND_TEAM),
                                Action.of("delete")))
                .group("role", ACCOUNT, "create", "read", "update", "delete")
                .group("team", ACCOUNT, "create", "read", "update", "delete")
                .group("team_membership", ACCOUNT_AND_TEAM, "create", "read", "update", "delete", "manage")
                .group("message", CHAT, "create", "read")
                .group("chat_membership", CHAT, "manage")
                .build();
    }

    /** F: 101 keys in 27 groups, in the order of the document. */
    static PermissionCatalog freya() {
        return freya(ScopeTree.standard());
    }

    /** F, over other scopes. */
    static PermissionCatalog freya(ScopeTree scopes) {
        PermissionCatalog.Builder catalog = PermissionCatalog.builder().scopes(scopes);
        FREYA.lines().filter(line -> !line.isBlank()).forEach(line -> {
            List<String> words = List.of(line.strip().split(" ", -1));
            catalog.group(
                    words.get(0),
                    ACCOUNT,
                    words.stream().skip(1).map(Action::of).toList());
        });
        return catalog.build();
    }

    /** Returns the keys of F in the order of the document. */
    static List<String> freyaKeys() {
        return FREYA.lines()
                .filter(line -> !line.isBlank())
                .flatMap(line -> {
                    List<String> words = List.of(line.strip().split(" ", -1));
                    return words.stream().skip(1).map(action -> words.get(0) + ':' + action);
                })
                .toList();
    }

    /** Returns the keys of F that only read something. */
    static Stream<String> freyaReadKeys() {
        return freyaKeys().stream().filter(key -> key.endsWith(":read") || key.endsWith("-read"));
    }

    private static final String FREYA = """
            agents read write delete sync test
            workflows read write delete sync test
            calls read write delete import export recording-download metrics-read logs-read web-token chat-message cdr-read
            campaign read write delete execute
            feedbacks read write delete comment assign config
            reviews read write delete assign
            insights read write delete assign
            assertions read write delete assign
            personas read write delete
            simulations read write delete execute
            solutions read write delete generate accept
            kb read write delete upload sync articles-write
            phone-numbers read write delete import
            phone-aliases read write delete
            integrations read write delete webhook
            analytics read widgets-write widgets-delete
            api-keys read write delete manage-others
            members read invite remove role-change mfa-reset
            roles read write delete
            billing read manage
            workspace read settings-write delete logs-read
            versions read publish
            models read
            inbound write
            chat read
            custom abbreviations-read abbreviations-write
            speech-filter preview
            """;
}
