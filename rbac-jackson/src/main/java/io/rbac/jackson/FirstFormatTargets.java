package io.rbac.jackson;

import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code teams} and {@code chats} of a document of the first format. */
final class FirstFormatTargets {

    static final String TEAMS = "teams";
    static final String CHATS = "chats";

    private static final FieldSet CHAT = FieldSet.of("id", "team");
    private static final Pattern TARGET = Pattern.compile("/targets/([0-9]+)(/in)?");
    private static final Pattern AT = Pattern.compile("(/assignments/[0-9]+/)at");

    private final Policy.Builder builder;
    private final Set<Scope> incompleteScopes = new HashSet<>();
    private int teams;
    private int chats;
    private boolean chatsCameFirst;
    private @Nullable String chat;
    private @Nullable String team;

    FirstFormatTargets(Policy.Builder builder) {
        this.builder = builder;
    }

    void readTeams(Tokens tokens, DocumentScopes scopes, ArrayLocations locations) throws IOException {
        chatsCameFirst = chats > 0;
        boolean isArray = tokens.readArray(Policy.MAX_TARGETS, () -> {
            locations.add(tokens.location());
            String id = tokens.readString("the id of a team");
            Scope scope = id == null ? null : atHost(Scope.TEAM, tokens, scopes, "");
            if (id == null || scope == null) {
                locations.omitLast();
            } else {
                builder.target(Target.of(scope, id));
                teams++;
            }
        });
        noteIncomplete(Scope.TEAM, isArray, locations);
    }

    void readChats(Tokens tokens, DocumentScopes scopes, ArrayLocations locations) throws IOException {
        boolean isArray = tokens.readArray(Policy.MAX_TARGETS, () -> readChat(tokens, scopes, locations));
        noteIncomplete(Scope.CHAT, isArray, locations);
    }

    private void readChat(Tokens tokens, DocumentScopes scopes, ArrayLocations locations) throws IOException {
        long location = tokens.location();
        locations.add(location);
        chat = null;
        team = null;
        long seen = tokens.readObject(CHAT, field -> {
            if (field.equals("id")) {
                chat = tokens.readString("the id of a chat");
            } else {
                team = tokens.readString("the id of a team");
            }
        });
        if (CHAT.lacks(seen, "id")) {
            tokens.reportMissing(Code.MISSING_FIELD, "id", "the chat has no `id`: expected one", location);
        }
        Scope scope = chat == null ? null : atHost(Scope.CHAT, tokens, scopes, "/id");
        Scope teamScope = team == null ? null : atHost(Scope.TEAM, tokens, scopes, "/team");
        if (chat == null || scope == null) {
            locations.omitLast();
        } else {
            builder.target(
                    Target.of(scope, chat),
                    team == null || teamScope == null ? Target.account() : Target.of(teamScope, team));
            chats++;
        }
    }

    private static @Nullable Scope atHost(Scope scope, Tokens tokens, DocumentScopes scopes, String field) {
        Scope atHost = scopes.findAtHost(scope.name());
        if (atHost == null) {
            String message = scopes.lacksAtHost(scope.name());
            String pointer = tokens.pointer() + field;
            tokens.violations().add(Code.SCOPE_INVALID, pointer, scope.name(), message, tokens.location());
        }
        return atHost;
    }

    private void noteIncomplete(Scope scope, boolean isArray, ArrayLocations locations) {
        if (!isArray || locations.isIncomplete()) {
            incompleteScopes.add(scope);
        }
    }

    /** Returns whether all targets of a scope could be read. */
    boolean areComplete(String scopeName) {
        return incompleteScopes.stream().noneMatch(scope -> scope.name().equals(scopeName));
    }

    /** Returns a pointer into the policy as one into a document of the first format. */
    String pointer(String pointer, String message) {
        Matcher target = TARGET.matcher(pointer);
        if (target.matches()) {
            int position = Integer.parseInt(target.group(1));
            boolean isTeam = chatsCameFirst ? position >= chats : position < teams;
            if (isTeam) {
                return Violation.pointer(TEAMS, chatsCameFirst ? position - chats : position);
            }
            String field = target.group(2) == null ? "id" : "team";
            return Violation.pointer(CHATS, chatsCameFirst ? position : position - teams, field);
        }
        Matcher at = AT.matcher(pointer);
        if (at.matches()) {
            return at.group(1) + ParsedDocument.missingScope(message);
        }
        return pointer;
    }
}
