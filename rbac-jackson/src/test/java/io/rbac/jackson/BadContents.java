package io.rbac.jackson;

import io.rbac.jackson.BadDocument.Rows;
import java.util.List;

/** Bad documents of a valid form, with content that no policy may have. */
final class BadContents {

    private static final String RULES = "{ \"name\": { \"max\": 60 }, \"deletion\": \"refuse\" }";
    private static final String BOB = "{ \"user\": \"bob\", \"role\": \"lead\", \"at\": \"team/support\" }";

    private BadContents() {}

    static List<BadDocument> numbers() {
        Rows rows = new Rows();
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
            rows.edit("revision " + number, "\"revision\": 7", "\"revision\": §" + number, "WRONG_TYPE /revision");
        }
        for (String number :
                List.of("1.0", "1e3", "-0", "NaN", "2147483648", "-2147483649", "9223372036854775808", "\"1\"")) {
            rows.edit("limit " + number, "\"max\": 60", "\"max\": §" + number, "WRONG_TYPE /rules/name/max");
            rows.edit(
                    "count " + number,
                    RULES,
                    "{ \"defaults\": { \"account\": { \"min\": §" + number + " } } }",
                    "WRONG_TYPE /rules/defaults/account/min");
        }
        rows.edit("negative revision", "\"revision\": 7", "\"revision\": §-1", "LIMIT_EXCEEDED /revision");
        rows.edit("negative limit", "\"max\": 60", "\"min\": §-1", "LIMIT_EXCEEDED /rules/name/min");
        rows.edit("contradicting limits", "\"max\": 60", "\"min\": 6, \"max\": §5", "LIMIT_EXCEEDED /rules/name/max");
        rows.edit(
                "no role at a target",
                "\"deletion\": \"refuse\"",
                "\"rolesPerTarget\": §0",
                "LIMIT_EXCEEDED /rules/rolesPerTarget");
        rows.edit(
                "negative description",
                "\"deletion\": \"refuse\"",
                "\"description\": { \"max\": §-5 }",
                "LIMIT_EXCEEDED /rules/description/max");
        rows.edit(
                "contradicting defaults",
                "\"deletion\": \"refuse\"",
                "\"defaults\": { \"team\": { \"min\": 2, \"max\": §1 } }",
                "LIMIT_EXCEEDED /rules/defaults/team/max");
        return rows.all();
    }

    static List<BadDocument> instants() {
        Rows rows = new Rows();
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
            rows.edit(
                    "instant `" + instant + "`",
                    "\"2025-01-02T03:04:05.006Z\"",
                    "§\"" + instant + "\"",
                    "WRONG_TYPE /roles/2/createdAt");
        }
        rows.edit("instant as a number", "\"2025-01-02T03:04:05Z\"", "§1735787045", "WRONG_TYPE /roles/2/updatedAt");
        return rows.all();
    }

    static List<BadDocument> ids() {
        Rows rows = new Rows();
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
            rows.edit(
                    "user `" + id + "`",
                    "\"user\": \"ada\"",
                    "\"user\": \"" + id + "\"",
                    "ID_INVALID /assignments/0/user");
            rows.edit(
                    "chat `" + id + "`",
                    "{ \"chat\": \"c-1\" }",
                    "§{ \"chat\": \"" + id + "\" }",
                    "ID_INVALID /targets/1");
            rows.edit(
                    "group `" + id + "`",
                    "  \"catalog\": [",
                    "  \"catalog\": [ { \"group\": §\"" + id + "\", \"actions\": [] },",
                    "ID_INVALID /catalog/0/group");
            rows.edit(
                    "role `" + id + "`",
                    "\"id\": \"writer\"",
                    "\"id\": §\"" + id + "\"",
                    "ID_INVALID /roles/2/id",
                    "ROLE_NOT_FOUND /assignments/2/role");
        }
        rows.edit("account with a space", "\"acme\"", "§\" acme\"", "ID_INVALID /account");
        rows.edit("key of an action", "\"agent_view\"", "§\"agent view \"", "ID_INVALID /catalog/1/actions/0/key");
        return rows.all();
    }

    static List<BadDocument> names() {
        Rows rows = new Rows();
        String name = "\"Team lead\"";
        for (String blank :
                List.of("", " ", "\\u00A0", "\\u2003", "\\u3000", "\\u200B", "\\uFEFF", "\\u3164", " \\u200B ")) {
            rows.edit("name `" + blank + "`", name, "§\"" + blank + "\"", "NAME_BLANK /roles/0/name");
        }
        for (String bad : List.of(
                "\\t", "\\u0000", "\\u001F", "\\u007F", "\\u0085", "\\u2028", "\\u2029", "\\u202A", "\\u202E",
                "\\u2066", "\\u2069", "\\uD800", "\\uDC00")) {
            rows.edit("name with " + bad, name, "§\"a" + bad + "b\"", "NAME_INVALID /roles/0/name");
        }
        rows.edit("name", name, "§\"" + "x".repeat(61) + "\"", "NAME_TOO_LONG /roles/0/name");
        rows.edit("emoji", name, "§\"" + "\uD83D\uDE00".repeat(61) + "\"", "NAME_TOO_LONG /roles/0/name");
        rows.edit("combining", name, "§\"" + "e\u0301".repeat(31) + "\"", "NAME_TOO_LONG /roles/0/name");
        rows.edit(
                "description",
                "\"Everybody\"",
                "§\"" + "x".repeat(501) + "\"",
                "DESCRIPTION_TOO_LONG /roles/1/description");
        rows.edit(
                "no descriptions",
                "\"deletion\": \"refuse\"",
                "\"description\": { \"allowed\": false }",
                "DESCRIPTION_UNSUPPORTED /roles/1/description");
        return rows.all();
    }

    static List<BadDocument> references() {
        Rows rows = new Rows();
        rows.edit(
                "unknown role",
                BOB,
                "§{ \"user\": \"bob\", \"role\": \"leed\", \"at\": \"team/support\" }",
                "ROLE_NOT_FOUND /assignments/1/role");
        rows.edit(
                "unknown target",
                BOB,
                "§{ \"user\": \"bob\", \"role\": \"lead\", \"at\": \"team/Support\" }",
                "TARGET_NOT_FOUND /assignments/1/at");
        rows.edit(
                "id of another scope",
                "{ \"user\": \"eve\", \"role\": \"writer\", \"at\": \"chat/c-42\" }",
                "§{ \"user\": \"eve\", \"role\": \"writer\", \"at\": \"chat/support\" }",
                "TARGET_NOT_FOUND /assignments/2/at");
        rows.edit(
                "unknown parent",
                "{ \"chat\": \"c-1\" }",
                "§{ \"chat\": \"c-1\", \"in\": \"team/c-42\" }",
                "TARGET_NOT_FOUND /targets/1/in");
        for (String text :
                List.of("team", "team/", "Team/support", "support", "", "/support", "account/acme", "teams/x")) {
            rows.edit(
                    "target `" + text + "`",
                    BOB,
                    BOB.replace("\"team/support\"", "§\"" + text + "\""),
                    "MALFORMED /assignments/1/at");
            rows.edit(
                    "parent `" + text + "`",
                    "\"in\": \"team/support\"",
                    "\"in\": §\"" + text + "\"",
                    "MALFORMED /targets/2/in");
        }
        rows.edit(
                "other scope", BOB, "§{ \"user\": \"bob\", \"role\": \"lead\" }", "SCOPE_MISMATCH /assignments/1/role");
        rows.edit("no default role", "\"default\": true", "\"default\": false", "LAST_DEFAULT_ROLE /roles");
        return rows.all();
    }

    static List<BadDocument> rules() {
        Rows rows = new Rows();
        rows.edit(
                "too many defaults",
                "\"deletion\": \"refuse\"",
                "\"defaults\": { \"account\": { \"min\": 0, \"max\": 0 } }",
                "TOO_MANY_DEFAULTS /roles");
        rows.edit(
                "no scopes",
                "\"deletion\": \"refuse\"",
                "\"scopes\": []",
                "SCOPE_INVALID /rules/defaults/account/min",
                "SCOPE_INVALID /rules/scopes");
        rows.edit(
                "scope that no role may have",
                "\"deletion\": \"refuse\"",
                "\"scopes\": [\"account\", \"chat\"]",
                "SCOPE_INVALID /roles/0/scope");
        rows.edit(
                "default scope",
                "\"deletion\": \"refuse\"",
                "\"scopes\": [\"account\"], \"defaultScope\": §\"team\"",
                "SCOPE_INVALID /rules/defaultScope");
        rows.edit(
                "unknown lockout",
                "\"deletion\": \"refuse\"",
                "\"lockout\": [\"agent_view\", §\"agents:view\"]",
                "UNKNOWN_PERMISSION /rules/lockout/1");
        return rows.all();
    }

    static List<BadDocument> catalogs() {
        Rows rows = new Rows();
        rows.edit("no scope", "[\"account\", \"team\"]", "§[]", "SCOPE_INVALID /catalog/0/scopes");
        rows.edit("title", "\"View Agents\"", "§\"View\\u202E Agents\"", "NAME_INVALID /catalog/1/actions/0/title");
        return rows.all();
    }
}
