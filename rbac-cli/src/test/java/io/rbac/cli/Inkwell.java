package io.rbac.cli;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A policy with scopes of its own in a file: an organization, folders in folders and pages. */
final class Inkwell {

    /** Fifteen folders, each in the one before: the path of the last is as long as a path may be. */
    private static final String CHAIN = IntStream.rangeClosed(2, 15)
            .mapToObj(i -> "{ \"folder\": \"f-%d\", \"in\": \"folder/f-%d\" },".formatted(i, i - 1))
            .collect(Collectors.joining("\n    "));

    static final String POLICY = """
            {
              "format": 2,
              "account": "inkwell",
              "revision": 3,
              "scopes": [ { "scope": "org" }, { "scope": "folder", "nests": true }, { "scope": "page" } ],
              "catalog": [
                { "group": "page", "actions": ["read", "write"] },
                { "group": "member", "actions": ["invite"], "scopes": ["org"] }
              ],
              "roles": [
                { "id": "author", "name": "Author", "scope": "page", "rights": { "page": { "write": true } } },
                { "id": "member", "name": "Member", "scope": "org", "default": true, "rights": {} },
                { "id": "reader", "name": "Reader", "scope": "folder", "rights": { "page": { "read": true } } }
              ],
              "targets": [
                { "folder": "f-1" },
                CHAIN
                { "folder": "g" },
                { "page": "p-1", "in": "folder/f-3" },
                { "page": "p-2" }
              ],
              "assignments": [
                { "user": "ada", "role": "member" },
                { "user": "bob", "role": "reader", "at": "folder/f-2" },
                { "user": "bob", "role": "author", "at": "page/p-1" }
              ]
            }
            """.replace("CHAIN", CHAIN);

    static final String TRUSTING =
            POLICY.replace("\"catalog\"", "\"rules\": { \"unknownTargets\": \"trusted\" },\n  \"catalog\"");

    private Inkwell() {}

    static String file(Path folder) {
        return Acme.file(folder, "inkwell.json", POLICY);
    }

    static String trustingFile(Path folder) {
        return Acme.file(folder, "inkwell-trusting.json", TRUSTING);
    }
}
