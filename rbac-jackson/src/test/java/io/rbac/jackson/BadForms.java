package io.rbac.jackson;

import java.util.ArrayList;
import java.util.List;

/** Documents whose form is bad: what stands in them is not what may stand there. */
final class BadForms {

    private static final String LEAD = "\"id\": \"lead\", \"name\": \"Team lead\", \"scope\": \"team\"";
    private static final String LEAD_RIGHTS = "{ \"user\": { \"read\": true, \"update\": true } }";
    private static final String FIRST_GROUP =
            "{ \"group\": \"user\", \"actions\": [\"create\", \"read\", \"update\", \"delete\"]";
    private static final String RULES = "{ \"name\": { \"max\": 60 }, \"deletion\": \"refuse\" }";
    private static final String BOB = "{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"support\" }";

    private static final List<BadDocument> ALL = new ArrayList<>();

    static {
        duplicateKeys();
        duplicateIds();
        unknownNames();
        words();
        flags();
        nulls();
        missing();
        containers();
        trailing();
        malformed();
        hostileFields();
        formats();
    }

    private BadForms() {}

    static List<BadDocument> all() {
        return ALL;
    }

    private static void edit(String name, String text, String replacement, String... problems) {
        ALL.add(new BadDocument(name, Documents.acme(text, replacement), List.of(problems)));
    }

    private static void whole(String name, String document, String... problems) {
        ALL.add(new BadDocument(name, document, List.of(problems)));
    }

    private static void duplicateKeys() {
        edit(
                "B01 account",
                "\"account\": \"acme\",",
                "\"account\": \"acme\", §\"account\": \"acme\",",
                "DUPLICATE_KEY /account");
        edit("B01 format", "\"format\": 1,", "\"format\": 1, §\"format\": 2,", "DUPLICATE_KEY /format");
        edit("B01 roles", "\"teams\": [", "§\"roles\": 5, \"teams\": [", "DUPLICATE_KEY /roles");
        edit(
                "B01 in rules",
                RULES,
                "{ \"name\": { \"max\": 60 }, \"deletion\": \"refuse\", §\"name\": { \"max\": 0 } }",
                "DUPLICATE_KEY /rules/name");
        edit("B01 in a rule", "{ \"max\": 60 }", "{ \"max\": 60, §\"max\": 1 }", "DUPLICATE_KEY /rules/name/max");
        edit(
                "B01 in a group",
                "\"scopes\": [\"account\", \"team\"] }",
                "\"scopes\": [\"account\", \"team\"], §\"group\": \"x\" }",
                "DUPLICATE_KEY /catalog/0/group");
        edit(
                "B01 in an action",
                "\"key\": \"agent_view\"",
                "\"key\": \"agent_view\", §\"key\": \"other\"",
                "DUPLICATE_KEY /catalog/1/actions/0/key");
        edit("B01 in a role", LEAD, LEAD + ", §\"name\": \"Team lead\"", "DUPLICATE_KEY /roles/0/name");
        edit("B01 rights", LEAD, LEAD + ", \"rights\": {}", "DUPLICATE_KEY /roles/0/rights");
        edit(
                "B01 a group in rights",
                LEAD_RIGHTS,
                "{ \"user\": { \"read\": true }, §\"user\": { \"update\": true } }",
                "DUPLICATE_KEY /roles/0/rights/user");
        edit(
                "B01 an action in rights",
                LEAD_RIGHTS,
                "{ \"user\": { \"read\": true, §\"read\": false } }",
                "DUPLICATE_KEY /roles/0/rights/user/read");
        edit(
                "B01 an action in rights, the other way round",
                LEAD_RIGHTS,
                "{ \"user\": { \"read\": false, §\"read\": true } }",
                "DUPLICATE_KEY /roles/0/rights/user/read");
        edit(
                "B01 in a chat",
                "{ \"id\": \"c-1\" }",
                "{ \"id\": \"c-1\", §\"id\": \"c-1\" }",
                "DUPLICATE_KEY /chats/0/id");
        edit(
                "B01 in an assignment",
                BOB,
                "{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"support\", §\"user\": \"bob\" }",
                "DUPLICATE_KEY /assignments/1/user");
        edit("B02 through an escape", LEAD, LEAD + ", §\"n\\u0061me\": \"x\"", "DUPLICATE_KEY /roles/0/name");
        edit(
                "B02 through an escape in rights",
                LEAD_RIGHTS,
                "{ \"\\u0075ser\": { \"read\": true }, §\"user\": {} }",
                "DUPLICATE_KEY /roles/0/rights/user");
    }

    private static void duplicateIds() {
        edit(
                "B03 role",
                "\"id\": \"writer\"",
                "\"id\": §\"lead\"",
                "DUPLICATE_ID /roles/2/id",
                "ROLE_NOT_FOUND /assignments/2/role");
        edit("B03 team", "\"support\"\n  ]", "\"support\",\n    §\"support\"\n  ]", "DUPLICATE_ID /teams/1");
        edit(
                "B03 chat",
                "\"id\": \"c-42\"",
                "\"id\": \"c-1\"",
                "DUPLICATE_ID /chats/1/id",
                "TARGET_NOT_FOUND /assignments/2/chat");
        edit("B03 assignment", BOB, BOB + ",\n    §" + BOB, "DUPLICATE_ID /assignments/2");
        edit("B03 group", "\"group\": \"agents\"", "\"group\": §\"user\"", "DUPLICATE_ID /catalog/1/group");
        edit(
                "B03 action",
                "\"create\", \"read\"",
                "\"create\", \"read\", §\"read\"",
                "DUPLICATE_ID /catalog/0/actions/2");
        edit("B03 key", "\"key\": \"agent_view\"", "\"key\": §\"user:read\"", "DUPLICATE_ID /catalog/1/actions/0/key");
        edit(
                "B03 scope of a group",
                "[\"account\", \"team\"]",
                "[\"account\", \"team\", §\"team\"]",
                "DUPLICATE_ID /catalog/0/scopes/2");
        edit(
                "B03 lockout",
                "\"deletion\": \"refuse\"",
                "\"lockout\": [\"user:read\", §\"user:read\"]",
                "DUPLICATE_ID /rules/lockout/1");
    }

    private static void unknownNames() {
        edit(
                "B04 in the document",
                "\"format\": 1,",
                "\"format\": 1, §\"acount\": { \"a\": [1, {}] },",
                "UNKNOWN_FIELD /acount");
        edit(
                "B04 in the rules",
                "\"deletion\": \"refuse\"",
                "§\"deletions\": \"refuse\"",
                "UNKNOWN_FIELD /rules/deletions");
        edit("B04 in a rule", "{ \"max\": 60 }", "{ §\"most\": 60 }", "UNKNOWN_FIELD /rules/name/most");
        edit("B04 in a group", FIRST_GROUP, FIRST_GROUP + ", §\"title\": \"x\"", "UNKNOWN_FIELD /catalog/0/title");
        edit("B04 in an action", "\"key\": \"agent_view\"", "§\"keys\": []", "UNKNOWN_FIELD /catalog/1/actions/0/keys");
        edit("B04 in a role", LEAD, LEAD + ", §\"system\": true", "UNKNOWN_FIELD /roles/0/system");
        edit(
                "B04 in a chat",
                "{ \"id\": \"c-1\" }",
                "{ \"id\": \"c-1\", §\"name\": null }",
                "UNKNOWN_FIELD /chats/0/name");
        edit(
                "B04 in an assignment",
                BOB,
                "{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"support\", §\"in\": \"x\" }",
                "UNKNOWN_FIELD /assignments/1/in");
        edit("B04 with an awkward name", LEAD, LEAD + ", §\"a/b~c\": true", "UNKNOWN_FIELD /roles/0/a~1b~0c");
        edit("B05 group", LEAD_RIGHTS, "{ \"users\": { \"read\": true } }", "UNKNOWN_GROUP /roles/0/rights/users");
        edit("B05 empty group", LEAD_RIGHTS, "{ \"users\": {} }", "UNKNOWN_GROUP /roles/0/rights/users");
        edit(
                "B05 group at false",
                LEAD_RIGHTS,
                "{ \"users\": { \"read\": false } }",
                "UNKNOWN_GROUP /roles/0/rights/users");
        edit(
                "B05 action",
                LEAD_RIGHTS,
                "{ \"user\": { \"reed\": §true } }",
                "ACTION_NOT_ALLOWED /roles/0/rights/user/reed");
        edit(
                "B05 action at false",
                LEAD_RIGHTS,
                "{ \"user\": { \"reed\": §false } }",
                "ACTION_NOT_ALLOWED /roles/0/rights/user/reed");
        edit("B05 key for a group", LEAD_RIGHTS, "{ \"agent_view\": {} }", "UNKNOWN_GROUP /roles/0/rights/agent_view");
        edit(
                "S7 not in scope",
                LEAD_RIGHTS,
                "{ \"agents\": { \"own\": §true } }",
                "PERMISSION_NOT_IN_SCOPE /roles/0/rights/agents/own");
        edit(
                "S7 not in scope at false",
                LEAD_RIGHTS,
                "{ \"agents\": { \"own\": §false } }",
                "PERMISSION_NOT_IN_SCOPE /roles/0/rights/agents/own");
        edit("B06 field in other case", LEAD, LEAD + ", §\"Rights\": {}", "UNKNOWN_FIELD /roles/0/Rights");
        edit(
                "B06 action in other case",
                LEAD_RIGHTS,
                "{ \"user\": { \"Read\": §true } }",
                "ACTION_NOT_ALLOWED /roles/0/rights/user/Read");
    }

    private static void words() {
        String noLead = "SCOPE_INVALID /roles/0/scope";
        for (String word : List.of("TEAM ", "TEAM", "Team", "team ", "", "teams", "\\u0131", "te\\u0000am")) {
            edit("B07 scope `" + word + "`", LEAD, LEAD.replace("\"team\"", "§\"" + word + "\""), noLead);
        }
        edit("B07 scope as a number", LEAD, LEAD.replace("\"team\"", "§1"), "WRONG_TYPE /roles/0/scope");
        edit("B07 scope as an array", LEAD, LEAD.replace("\"team\"", "§[\"team\"]"), "WRONG_TYPE /roles/0/scope");
        edit("B07 type in other case", "\"system\"", "§\"SYSTEM\"", "WRONG_TYPE /roles/1/type");
        edit("B07 type as a flag", "\"system\"", "§true", "WRONG_TYPE /roles/1/type");
        edit("B07 deletion", "\"deletion\": \"refuse\"", "\"deletion\": §\"refused\"", "WRONG_TYPE /rules/deletion");
        edit("B07 emptyRoles", "\"deletion\": \"refuse\"", "\"emptyRoles\": §\"all\"", "WRONG_TYPE /rules/emptyRoles");
        edit(
                "B07 placedChats",
                "\"deletion\": \"refuse\"",
                "\"placedChats\": §\"REFUSED\"",
                "WRONG_TYPE /rules/placedChats");
        edit(
                "B07 defaultScope",
                "\"deletion\": \"refuse\"",
                "\"defaultScope\": §\"Team\"",
                "SCOPE_INVALID /rules/defaultScope");
        edit(
                "B07 scope of a group",
                "[\"account\", \"team\"]",
                "[\"account\", §\"all\"]",
                "SCOPE_INVALID /catalog/0/scopes/1");
        edit(
                "B07 scope in the rules",
                "\"deletion\": \"refuse\"",
                "\"scopes\": [§\"ACCOUNT\"]",
                "SCOPE_INVALID /rules/scopes/0");
    }

    private static void flags() {
        for (String value : List.of("\"true\"", "1", "0", "\"yes\"", "[]", "{}", "1.5", "\"\"")) {
            edit(
                    "B08 default as " + value,
                    "\"default\": true",
                    "\"default\": §" + value,
                    "WRONG_TYPE /roles/1/default");
            edit(
                    "B08 right as " + value,
                    LEAD_RIGHTS,
                    "{ \"user\": { \"read\": §" + value + " } }",
                    "WRONG_TYPE /roles/0/rights/user/read");
            edit(
                    "B08 rule as " + value,
                    "{ \"max\": 60 }",
                    "{ \"blank\": §" + value + " }",
                    "WRONG_TYPE /rules/name/blank");
        }
        for (String rule : List.of(
                "\"name\": { \"unique\": §1 }",
                "\"description\": { \"allowed\": §1 }",
                "\"rightsRequired\": §1",
                "\"systemRoles\": { \"name\": §1 }",
                "\"systemRoles\": { \"default\": §1 }")) {
            String path = rule.replaceAll("[^a-zA-Z]+", "/").replaceAll("/$", "");
            edit("B08 rule " + path, RULES, "{ " + rule + " }", "WRONG_TYPE /rules" + path);
        }
    }

    private static void nulls() {
        edit("B11 account", "\"acme\"", "§null", "NULL_VALUE /account");
        edit("B11 revision", "\"revision\": 7", "\"revision\": §null", "NULL_VALUE /revision");
        edit("B11 rules", RULES, "§null", "NULL_VALUE /rules");
        edit("B11 name rule", "{ \"max\": 60 }", "§null", "NULL_VALUE /rules/name");
        edit("B11 least", "\"max\": 60", "\"min\": §null", "NULL_VALUE /rules/name/min");
        edit("B11 lockout", "\"deletion\": \"refuse\"", "\"lockout\": [§null]", "NULL_VALUE /rules/lockout/0");
        edit("B11 group", "\"group\": \"agents\"", "\"group\": §null", "NULL_VALUE /catalog/1/group");
        edit("B11 action", "\"edit\"", "§null", "NULL_VALUE /catalog/1/actions/1");
        edit("B11 title", "\"title\": \"View Agents\"", "\"title\": §null", "NULL_VALUE /catalog/1/actions/0/title");
        edit("B11 role", "{ " + LEAD + ", \"rights\": " + LEAD_RIGHTS + " }", "§null", "NULL_VALUE /roles/0");
        edit("B11 id of a role", "\"id\": \"lead\"", "\"id\": §null", "NULL_VALUE /roles/0/id");
        edit("B11 name of a role", "\"name\": \"Team lead\"", "\"name\": §null", "NULL_VALUE /roles/0/name");
        edit(
                "B11 description",
                "\"description\": \"Everybody\"",
                "\"description\": §null",
                "NULL_VALUE /roles/1/description");
        edit("B11 scope", LEAD, LEAD.replace("\"team\"", "§null"), "NULL_VALUE /roles/0/scope");
        edit("B11 rights", LEAD_RIGHTS, "§null", "NULL_VALUE /roles/0/rights");
        edit("B11 group of rights", LEAD_RIGHTS, "{ \"user\": §null }", "NULL_VALUE /roles/0/rights/user");
        edit("B11 right", LEAD_RIGHTS, "{ \"user\": { \"read\": §null } }", "NULL_VALUE /roles/0/rights/user/read");
        edit("B11 createdAt", "\"2025-01-02T03:04:05.006Z\"", "§null", "NULL_VALUE /roles/2/createdAt");
        edit("B11 discardedAt", "\"2025-06-30T15:00:09.126Z\"", "§null", "NULL_VALUE /roles/2/discardedAt");
        edit("B11 team", "\"support\"\n", "§null\n", "NULL_VALUE /teams/0");
        edit("B11 chat", "{ \"id\": \"c-1\" }", "§null", "NULL_VALUE /chats/0");
        edit("B11 id of a chat", "\"id\": \"c-1\"", "\"id\": §null", "NULL_VALUE /chats/0/id");
        edit(
                "B11 team of a chat",
                "\"c-42\", \"team\": \"support\"",
                "\"c-42\", \"team\": §null",
                "NULL_VALUE /chats/1/team");
        edit("B11 assignment", BOB, "§null", "NULL_VALUE /assignments/1");
        edit("B11 user", "\"user\": \"bob\"", "\"user\": §null", "NULL_VALUE /assignments/1/user");
        edit("B11 team of an assignment", BOB, BOB.replace("\"support\"", "§null"), "NULL_VALUE /assignments/1/team");
        edit(
                "B11 assignments",
                "\"assignments\": [",
                "\"assignments\": §null, \"x\": [",
                "NULL_VALUE /assignments",
                "UNKNOWN_FIELD /x");
    }

    private static void missing() {
        edit("B11 no account", "  \"account\": \"acme\",\n", "", "MISSING_FIELD /account");
        edit("B11 no id", "{ \"id\": \"lead\", ", "§{ ", "MISSING_FIELD /roles/0/id");
        edit(
                "B11 no name",
                "{ \"id\": \"lead\", \"name\": \"Team lead\",",
                "§{ \"id\": \"lead\",",
                "NAME_MISSING /roles/0/name");
        edit(
                "B11 no scope",
                "{ " + LEAD,
                "§{ \"id\": \"lead\", \"name\": \"Team lead\"",
                "MISSING_FIELD /roles/0/scope");
        edit("B11 no group", "{ \"group\": \"agents\", ", "§{ ", "MISSING_FIELD /catalog/1/group");
        edit("B11 no actions", FIRST_GROUP, "§{ \"group\": \"user\"", "MISSING_FIELD /catalog/0/actions");
        edit("B11 no action", "{ \"action\": \"own\", ", "§{ ", "MISSING_FIELD /catalog/1/actions/2/action");
        edit("B11 no chat id", "{ \"id\": \"c-1\" }", "§{ }", "MISSING_FIELD /chats/0/id");
        edit("B11 no user", BOB, "§{ \"role\": \"lead\", \"team\": \"support\" }", "MISSING_FIELD /assignments/1/user");
        edit("B11 no role", BOB, "§{ \"user\": \"bob\", \"team\": \"support\" }", "MISSING_FIELD /assignments/1/role");
        whole(
                "B11 nearly nothing",
                "§{\"format\":1}",
                "MISSING_FIELD /account",
                "MISSING_FIELD /catalog",
                "LAST_DEFAULT_ROLE /roles");
    }

    private static void containers() {
        whole("B12 root array", "§[]", "WRONG_TYPE");
        whole("B12 root text", "§\"x\"", "WRONG_TYPE");
        whole("B12 root null", "§null", "NULL_VALUE");
        whole("B12 root number", "§1", "WRONG_TYPE");
        edit("B12 rules", RULES, "§[]", "WRONG_TYPE /rules");
        edit("B12 rules as text", RULES, "§\"\"", "WRONG_TYPE /rules");
        edit(
                "B12 actions",
                "[\"create\", \"read\", \"update\", \"delete\"]",
                "§\"read\"",
                "WRONG_TYPE /catalog/0/actions");
        edit(
                "B12 group",
                "{ \"group\": \"user\", \"actions\": [\"create\", \"read\", \"update\", \"delete\"], \"scopes\": [\"account\", \"team\"] }",
                "§\"user\"",
                "WRONG_TYPE /catalog/0");
        edit("B12 scopes", "[\"account\", \"team\"]", "§\"team\"", "WRONG_TYPE /catalog/0/scopes");
        edit("B12 action", "\"edit\"", "§[]", "WRONG_TYPE /catalog/1/actions/1");
        edit("B12 role", "{ " + LEAD + ", \"rights\": " + LEAD_RIGHTS + " }", "§[\"lead\"]", "WRONG_TYPE /roles/0");
        edit("B12 rights", LEAD_RIGHTS, "§[]", "WRONG_TYPE /roles/0/rights");
        edit("B12 rights as text", LEAD_RIGHTS, "§\"\"", "WRONG_TYPE /roles/0/rights");
        edit("B12 actions of rights", LEAD_RIGHTS, "{ \"user\": §[\"read\"] }", "WRONG_TYPE /roles/0/rights/user");
        edit("B12 team", "\"support\"\n", "§{ \"id\": \"support\" }\n", "WRONG_TYPE /teams/0");
        edit("B12 teams", "[\n    \"support\"\n  ]", "§\"support\"", "WRONG_TYPE /teams");
        edit("B12 chat", "{ \"id\": \"c-1\" }", "§\"c-1\"", "WRONG_TYPE /chats/0");
        edit("B12 chats", "\"chats\": [", "\"chats\": §{}, \"x\": [", "WRONG_TYPE /chats", "UNKNOWN_FIELD /x");
        edit("B12 roles", "\"roles\": [", "\"roles\": §{}, \"x\": [", "WRONG_TYPE /roles", "UNKNOWN_FIELD /x");
        edit("B12 catalog", "\"catalog\": [", "\"catalog\": §{}, \"x\": [", "WRONG_TYPE /catalog", "UNKNOWN_FIELD /x");
        edit("B12 assignment", BOB, "§[\"bob\"]", "WRONG_TYPE /assignments/1");
        edit("B12 id", "\"id\": \"lead\"", "\"id\": §{ \"x\": [] }", "WRONG_TYPE /roles/0/id");
        edit("B12 name", "\"name\": \"Team lead\"", "\"name\": §7", "WRONG_TYPE /roles/0/name");
        edit(
                "two targets",
                BOB,
                "§{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"support\", \"chat\": \"c-1\" }",
                "UNKNOWN_FIELD /assignments/1/chat");
    }

    private static void trailing() {
        for (String rest : List.of("{}", "x", "]", "}", ",", "null", "\"", "1", "NaN", "//", "\u0000")) {
            whole("B13 followed by " + rest.replace('\u0000', '0'), Documents.ACME + rest, "TRAILING_CONTENT");
        }
    }

    private static void malformed() {
        whole("B14 nothing", "", "MALFORMED");
        whole("B14 white space", " \n\t ", "MALFORMED");
        whole("B21 byte order mark", "\uFEFF" + Documents.ACME, "MALFORMED");
        edit("B22 comment", "\"format\": 1,", "\"format\": 1, /* one */", "MALFORMED /format");
        edit("B22 line comment", "\"format\": 1,", "\"format\": 1, // one\n", "MALFORMED /format");
        edit("B22 hash", "\"format\": 1,", "\"format\": 1, # one\n", "MALFORMED /format");
        edit("B22 single quotes", "\"account\": \"acme\"", "'account': 'acme'", "MALFORMED /format");
        edit("B22 bare name", "\"account\": ", "account: ", "MALFORMED /format");
        edit("B22 bare word", "\"acme\"", "acme", "MALFORMED /account");
        edit("B22 trailing comma", "\"support\"\n", "\"support\",\n", "MALFORMED /teams/1");
        edit("B22 trailing comma in an object", "{ \"id\": \"c-1\" }", "{ \"id\": \"c-1\", }", "MALFORMED /chats/0/id");
        edit("B22 no comma", "{ \"id\": \"c-1\" },", "{ \"id\": \"c-1\" }", "MALFORMED /chats/1");
        edit("B22 leading zero", "\"revision\": 7", "\"revision\": 07", "MALFORMED /revision");
        edit("B22 leading plus", "\"revision\": 7", "\"revision\": +7", "MALFORMED /revision");
        edit("B22 leading point", "\"revision\": 7", "\"revision\": .7", "MALFORMED /revision");
        edit("B22 hexadecimal", "\"revision\": 7", "\"revision\": 0x7", "MALFORMED /revision");
        edit("B22 line end in a text", "\"acme\"", "\"ac\nme\"", "MALFORMED /account");
        edit("B22 NUL in a text", "\"acme\"", "\"ac\u0000me\"", "MALFORMED /account");
        edit("B22 unknown escape", "\"acme\"", "\"ac\\xme\"", "MALFORMED /account");
        edit("B22 half an escape", "\"acme\"", "\"ac\\u12\"", "MALFORMED /account");
        edit("B22 wrong bracket", "\"support\"\n  ]", "\"support\"\n  }", "MALFORMED /teams/0");
    }

    private static void hostileFields() {
        for (String field : List.of("@class", "@type", "__proto__", "__entity", "$ref", "@c", "constructor")) {
            edit(
                    "B23 " + field,
                    LEAD,
                    "§\"" + field + "\": \"io.rbac.jackson.Canary\", " + LEAD,
                    "UNKNOWN_FIELD /roles/0/" + field);
            edit(
                    "B23 " + field + " in the document",
                    "\"format\": 1,",
                    "\"format\": 1, §\"" + field + "\": \"java.net.URL\",",
                    "UNKNOWN_FIELD /" + field);
        }
        edit(
                "B23 wrapped in an array",
                LEAD_RIGHTS,
                "§[\"io.rbac.jackson.Canary\", " + LEAD_RIGHTS + "]",
                "WRONG_TYPE /roles/0/rights");
    }

    private static void formats() {
        for (String format : List.of(
                "0", "-1", "\"1\"", "2", "1.0", "1e0", "100", "null", "true", "[1]", "{}", "99999999999999999999")) {
            edit("B25 format " + format, "\"format\": 1", "\"format\": §" + format, "UNSUPPORTED_FORMAT /format");
        }
        whole("B25 no format", "§" + Documents.acme("  \"format\": 1,\n", ""), "UNSUPPORTED_FORMAT /format");
        whole(
                "B25 only the format is told",
                "{ \"x\": 1, \"roles\": 5, \"format\": §2, \"y\": 2",
                "UNSUPPORTED_FORMAT /format");
        whole("B25 no format, and more", "§{ \"x\": 1, \"roles\": 5 }", "UNSUPPORTED_FORMAT /format");
    }
}
