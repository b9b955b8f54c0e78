package io.rbac.jackson;

import java.util.ArrayList;
import java.util.List;

/** Documents of a good form that say what no policy may say. */
final class BadContents {

    private static final String RULES = "{ \"name\": { \"max\": 60 }, \"deletion\": \"refuse\" }";
    private static final String BOB = "{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"support\" }";

    private static final List<BadDocument> ALL = new ArrayList<>();

    static {
        numbers();
        instants();
        ids();
        names();
        references();
        rules();
        catalogs();
    }

    private BadContents() {}

    static List<BadDocument> all() {
        return ALL;
    }

    private static void edit(String name, String text, String replacement, String... problems) {
        ALL.add(new BadDocument(name, Documents.acme(text, replacement), List.of(problems)));
    }

    private static void numbers() {
        for (String number : List.of(
                "1.0",
                "1e3",
                "-0",
                "1e400",
                "NaN",
                "-Infinity",
                "9223372036854775808",
                "18446744073709551616",
                "-9223372036854775809",
                "\"7\"",
                "true",
                "7.0")) {
            edit("B09 revision " + number, "\"revision\": 7", "\"revision\": §" + number, "WRONG_TYPE /revision");
        }
        for (String number :
                List.of("1.0", "1e3", "-0", "NaN", "2147483648", "-2147483649", "9223372036854775808", "\"1\"")) {
            edit("B09 limit " + number, "\"max\": 60", "\"max\": §" + number, "WRONG_TYPE /rules/name/max");
            edit(
                    "B09 count " + number,
                    RULES,
                    "{ \"defaults\": { \"account\": { \"min\": §" + number + " } } }",
                    "WRONG_TYPE /rules/defaults/account/min");
        }
        edit("negative revision", "\"revision\": 7", "\"revision\": §-1", "LIMIT_EXCEEDED /revision");
        edit("negative limit", "\"max\": 60", "\"min\": §-1", "LIMIT_EXCEEDED /rules/name/min");
        edit("contradicting limits", "\"max\": 60", "\"min\": 6, \"max\": §5", "LIMIT_EXCEEDED /rules/name/max");
        edit(
                "no role at a target",
                "\"deletion\": \"refuse\"",
                "\"rolesPerTarget\": §0",
                "LIMIT_EXCEEDED /rules/rolesPerTarget");
        edit(
                "negative description",
                "\"deletion\": \"refuse\"",
                "\"description\": { \"max\": §-5 }",
                "LIMIT_EXCEEDED /rules/description/max");
        edit(
                "contradicting defaults",
                "\"deletion\": \"refuse\"",
                "\"defaults\": { \"team\": { \"min\": 2, \"max\": §1 } }",
                "LIMIT_EXCEEDED /rules/defaults/team/max");
    }

    private static void instants() {
        for (String instant : List.of(
                "",
                "2025-01-02",
                "2025-01-02T03:04:05",
                "2025-01-02T03:04:05.006+00:00",
                "2025-01-02T03:04:05.006z",
                "2025-01-02 03:04:05Z",
                "2025-02-29T03:04:05Z",
                "2025-01-02T24:00:00Z",
                "2025-01-02T03:04:60Z",
                "2025-01-02T03:04:05.0061Z",
                "2025-01-02T03:04:05.Z",
                "2025-1-2T03:04:05Z",
                "25-01-02T03:04:05Z",
                "+2025-01-02T03:04:05Z",
                "1735787045",
                "2025-01-02T03:04:05Z ",
                "２025-01-02T03:04:05Z")) {
            edit(
                    "instant `" + instant + "`",
                    "\"2025-01-02T03:04:05.006Z\"",
                    "§\"" + instant + "\"",
                    "WRONG_TYPE /roles/2/createdAt");
        }
        edit("instant as a number", "\"2025-01-02T03:04:05Z\"", "§1735787045", "WRONG_TYPE /roles/2/updatedAt");
    }

    private static void ids() {
        for (String id : List.of(
                "",
                " ",
                "\\t",
                "\\u00A0",
                "\\u2003",
                "\\u3000",
                "\\u200B",
                "\\uFEFF",
                "\\u3164",
                " ada",
                "ada ",
                "\\u00A0ada",
                "a  b",
                "a\\u0000b",
                "a\\u001Fb",
                "a\\u007Fb",
                "a\\u009Fb",
                "a\\u2028b",
                "a\\u2029b",
                "a\\u202Ab",
                "a\\u202Eb",
                "a\\u2066b",
                "a\\u2069b",
                "a\\u200Eb",
                "a\\u200Fb",
                "a\\uDB40\\uDC41b",
                "a\\uD800",
                "\\uDC00a",
                "a\\uFFFE",
                "\\uFDD0",
                "\\uE000",
                "x".repeat(257),
                "\uD83D\uDE00".repeat(257))) {
            edit(
                    "B29-B35 user `" + id + "`",
                    "\"user\": \"ada\"",
                    "\"user\": \"" + id + "\"",
                    "ID_INVALID /assignments/0/user");
            edit("B29-B35 team `" + id + "`", "\"support\"\n", "\"support\", §\"" + id + "\"\n", "ID_INVALID /teams/1");
            edit(
                    "B29-B35 chat `" + id + "`",
                    "{ \"id\": \"c-1\" }",
                    "{ \"id\": \"" + id + "\" }",
                    "ID_INVALID /chats/0/id");
            edit(
                    "B29-B35 group `" + id + "`",
                    "  \"catalog\": [",
                    "  \"catalog\": [ { \"group\": §\"" + id + "\", \"actions\": [] },",
                    "ID_INVALID /catalog/0/group");
            edit(
                    "B29-B35 role `" + id + "`",
                    "\"id\": \"writer\"",
                    "\"id\": §\"" + id + "\"",
                    "ID_INVALID /roles/2/id",
                    "ROLE_NOT_FOUND /assignments/2/role");
        }
        edit("account with a space", "\"acme\"", "§\" acme\"", "ID_INVALID /account");
        edit("key of an action", "\"agent_view\"", "§\"agent view \"", "ID_INVALID /catalog/1/actions/0/key");
    }

    private static void names() {
        String name = "\"Team lead\"";
        for (String blank :
                List.of("", " ", "\\u00A0", "\\u2003", "\\u3000", "\\u200B", "\\uFEFF", "\\u3164", " \\u200B ")) {
            edit("B29 B30 name `" + blank + "`", name, "§\"" + blank + "\"", "NAME_BLANK /roles/0/name");
        }
        for (String bad : List.of(
                "\\t", "\\u0000", "\\u001F", "\\u007F", "\\u0085", "\\u2028", "\\u2029", "\\u202A", "\\u202E",
                "\\u2066", "\\u2069", "\\uD800", "\\uDC00")) {
            edit("B32-B34 name with " + bad, name, "§\"a" + bad + "b\"", "NAME_INVALID /roles/0/name");
        }
        edit("B39 name", name, "§\"" + "x".repeat(61) + "\"", "NAME_TOO_LONG /roles/0/name");
        edit("B39 emoji", name, "§\"" + "\uD83D\uDE00".repeat(61) + "\"", "NAME_TOO_LONG /roles/0/name");
        edit("B39 combining", name, "§\"" + "e\u0301".repeat(31) + "\"", "NAME_TOO_LONG /roles/0/name");
        edit(
                "description",
                "\"Everybody\"",
                "§\"" + "x".repeat(501) + "\"",
                "DESCRIPTION_TOO_LONG /roles/1/description");
        edit(
                "no descriptions",
                "\"deletion\": \"refuse\"",
                "\"description\": { \"allowed\": false }",
                "DESCRIPTION_UNSUPPORTED /roles/1/description");
    }

    private static void references() {
        edit(
                "unknown role",
                BOB,
                "§{ \"user\": \"bob\", \"role\": \"leed\", \"team\": \"support\" }",
                "ROLE_NOT_FOUND /assignments/1/role");
        edit(
                "unknown team",
                BOB,
                "§{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"Support\" }",
                "TARGET_NOT_FOUND /assignments/1/team");
        edit(
                "B81 team for a chat",
                "{ \"user\": \"eve\", \"role\": \"writer\", \"chat\": \"c-42\" }",
                "§{ \"user\": \"eve\", \"role\": \"writer\", \"chat\": \"support\" }",
                "TARGET_NOT_FOUND /assignments/2/chat");
        edit(
                "B81 unknown team of a chat",
                "{ \"id\": \"c-1\" }",
                "§{ \"id\": \"c-1\", \"team\": \"c-42\" }",
                "TARGET_NOT_FOUND /chats/0/team");
        edit(
                "B70 other scope",
                BOB,
                "§{ \"user\": \"bob\", \"role\": \"lead\" }",
                "SCOPE_MISMATCH /assignments/1/role");
        edit("no default role", "\"default\": true", "\"default\": false", "LAST_DEFAULT_ROLE /roles");
    }

    private static void rules() {
        edit(
                "too many defaults",
                "\"deletion\": \"refuse\"",
                "\"defaults\": { \"account\": { \"min\": 0, \"max\": 0 } }",
                "TOO_MANY_DEFAULTS /roles");
        edit(
                "no scopes",
                "\"deletion\": \"refuse\"",
                "\"scopes\": []",
                "SCOPE_INVALID /rules/defaults/account/min",
                "SCOPE_INVALID /rules/scopes");
        edit(
                "scope that no role may have",
                "\"deletion\": \"refuse\"",
                "\"scopes\": [\"account\", \"chat\"]",
                "SCOPE_INVALID /roles/0/scope");
        edit(
                "default scope",
                "\"deletion\": \"refuse\"",
                "\"scopes\": [\"account\"], \"defaultScope\": §\"team\"",
                "SCOPE_INVALID /rules/defaultScope");
        edit(
                "unknown lockout",
                "\"deletion\": \"refuse\"",
                "\"lockout\": [\"agent_view\", §\"agents:view\"]",
                "UNKNOWN_PERMISSION /rules/lockout/1");
    }

    private static void catalogs() {
        edit("no scope", "[\"account\", \"team\"]", "§[]", "SCOPE_INVALID /catalog/0/scopes");
        edit("title", "\"View Agents\"", "§\"View\\u202E Agents\"", "NAME_INVALID /catalog/1/actions/0/title");
    }
}
