package io.rbac.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small policy in a file. */
final class Acme {

    static final String POLICY = """
            {
              "format": 1,
              "account": "acme",
              "revision": 7,
              "catalog": [
                { "group": "user", "actions": ["create", "read", "update", "delete"], "scopes": ["account", "team"] },
                { "group": "agents", "actions": [ { "action": "view", "key": "agent_view" } ] }
              ],
              "roles": [
                { "id": "lead", "name": "Team lead", "scope": "team", "rights": { "user": { "read": true, "update": true } } },
                { "id": "member", "name": "Member", "scope": "account", "type": "system", "default": true, "rights": { "user": { "read": true } } },
                { "id": "old", "name": "Old lead", "scope": "team", "rights": { "user": { "delete": true } }, "discardedAt": "2025-06-30T15:00:09.126Z" },
                { "id": "writer", "name": "Schreiber für Chats", "scope": "chat", "rights": { "agents": { "view": true } } }
              ],
              "teams": ["sales", "support"],
              "chats": [ { "id": "c-1" }, { "id": "c-42", "team": "support" } ],
              "assignments": [
                { "user": "ada", "role": "member" },
                { "user": "bob", "role": "member" },
                { "user": "bob", "role": "lead", "team": "support" },
                { "user": "bob", "role": "old", "team": "support" },
                { "user": "eve", "role": "writer", "chat": "c-42" }
              ]
            }
            """;

    static final String TRUSTING =
            POLICY.replace("\"catalog\"", "\"rules\": { \"placedChats\": \"trusted\" },\n  \"catalog\"");

    /** The same with more that is allowed: who leads a team may create users there. */
    static final String WIDER = POLICY.replace("\"revision\": 7", "\"revision\": 8")
            .replace("{ \"read\": true, \"update\": true }", "{ \"create\": true, \"read\": true, \"update\": true }");

    private Acme() {}

    static String file(Path folder) {
        return file(folder, "acme.json", POLICY);
    }

    static String file(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
