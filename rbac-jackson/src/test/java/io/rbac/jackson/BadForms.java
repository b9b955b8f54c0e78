package io.rbac.jackson;

import io.rbac.jackson.BadDocument.Rows;
import java.util.List;

/** Bad documents: syntax, fields and types that no document may have. */
final class BadForms {

    private static final String LEAD = "\"id\": \"lead\", \"name\": \"Team lead\", \"scope\": \"team\"";
    private static final String LEAD_RIGHTS = "{ \"user\": { \"read\": true, \"update\": true } }";
    private static final String FIRST_GROUP =
            "{ \"group\": \"user\", \"actions\": [\"create\", \"read\", \"update\", \"delete\"]";
    private static final String RULES = "{ \"name\": { \"max\": 60 }, \"deletion\": \"refuse\" }";
    private static final String BOB = "{ \"user\": \"bob\", \"role\": \"lead\", \"at\": \"team/support\" }";

    private BadForms() {}

    static List<BadDocument> duplicateKeys() {
        Rows rows = new Rows();
        rows.edit(
                "account",
                "\"account\": \"acme\",",
                "\"account\": \"acme\", §\"account\": \"acme\",",
                "DUPLICATE_KEY /account");
        rows.edit("format", "\"format\": 2,", "\"format\": 2, §\"format\": 3,", "DUPLICATE_KEY /format");
        rows.edit("roles", "\"targets\": [", "§\"roles\": 5, \"targets\": [", "DUPLICATE_KEY /roles");
        rows.edit(
                "in rules",
                RULES,
                "{ \"name\": { \"max\": 60 }, \"deletion\": \"refuse\", §\"name\": { \"max\": 0 } }",
                "DUPLICATE_KEY /rules/name");
        rows.edit("in a rule", "{ \"max\": 60 }", "{ \"max\": 60, §\"max\": 1 }", "DUPLICATE_KEY /rules/name/max");
        rows.edit(
                "in a group",
                "\"scopes\": [\"account\", \"team\"] }",
                "\"scopes\": [\"account\", \"team\"], §\"group\": \"x\" }",
                "DUPLICATE_KEY /catalog/0/group");
        rows.edit(
                "in an action",
                "\"key\": \"agent_view\"",
                "\"key\": \"agent_view\", §\"key\": \"other\"",
                "DUPLICATE_KEY /catalog/1/actions/0/key");
        rows.edit("in a role", LEAD, LEAD + ", §\"name\": \"Team lead\"", "DUPLICATE_KEY /roles/0/name");
        rows.edit("rights", LEAD, LEAD + ", \"rights\": {}", "DUPLICATE_KEY /roles/0/rights");
        rows.edit(
                "a group in rights",
                LEAD_RIGHTS,
                "{ \"user\": { \"read\": true }, §\"user\": { \"update\": true } }",
                "DUPLICATE_KEY /roles/0/rights/user");
        rows.edit(
                "an action in rights",
                LEAD_RIGHTS,
                "{ \"user\": { \"read\": true, §\"read\": false } }",
                "DUPLICATE_KEY /roles/0/rights/user/read");
        rows.edit(
                "an action in rights, the other way round",
                LEAD_RIGHTS,
                "{ \"user\": { \"read\": false, §\"read\": true } }",
                "DUPLICATE_KEY /roles/0/rights/user/read");
        rows.edit(
                "in a target",
                "{ \"chat\": \"c-1\" }",
                "{ \"chat\": \"c-1\", §\"chat\": \"c-1\" }",
                "DUPLICATE_KEY /targets/1/chat");
        rows.edit(
                "in an assignment",
                BOB,
                "{ \"user\": \"bob\", \"role\": \"lead\", \"at\": \"team/support\", §\"user\": \"bob\" }",
                "DUPLICATE_KEY /assignments/1/user");
        rows.edit("through an escape", LEAD, LEAD + ", §\"n\\u0061me\": \"x\"", "DUPLICATE_KEY /roles/0/name");
        rows.edit(
                "through an escape in rights",
                LEAD_RIGHTS,
                "{ \"\\u0075ser\": { \"read\": true }, §\"user\": {} }",
                "DUPLICATE_KEY /roles/0/rights/user");
        return rows.all();
    }

    static List<BadDocument> duplicateIds() {
        Rows rows = new Rows();
        rows.edit(
                "role",
                "\"id\": \"writer\"",
                "\"id\": §\"lead\"",
                "DUPLICATE_ID /roles/2/id",
                "ROLE_NOT_FOUND /assignments/2/role");
        rows.edit("team", "{ \"chat\": \"c-1\" }", "§{ \"team\": \"support\" }", "DUPLICATE_ID /targets/1");
        rows.edit(
                "chat",
                "{ \"chat\": \"c-42\"",
                "§{ \"chat\": \"c-1\"",
                "DUPLICATE_ID /targets/2",
                "TARGET_NOT_FOUND /assignments/2/at");
        rows.edit("assignment", BOB, BOB + ",\n    §" + BOB, "DUPLICATE_ID /assignments/2");
        rows.edit("group", "\"group\": \"agents\"", "\"group\": §\"user\"", "DUPLICATE_ID /catalog/1/group");
        rows.edit(
                "action",
                "\"create\", \"read\"",
                "\"create\", \"read\", §\"read\"",
                "DUPLICATE_ID /catalog/0/actions/2");
        rows.edit("key", "\"key\": \"agent_view\"", "\"key\": §\"user:read\"", "DUPLICATE_ID /catalog/1/actions/0/key");
        rows.edit(
                "scope of a group",
                "[\"account\", \"team\"]",
                "[\"account\", \"team\", §\"team\"]",
                "DUPLICATE_ID /catalog/0/scopes/2");
        rows.edit(
                "lockout",
                "\"deletion\": \"refuse\"",
                "\"lockout\": [\"user:read\", §\"user:read\"]",
                "DUPLICATE_ID /rules/lockout/1");
        return rows.all();
    }

    static List<BadDocument> unknownNames() {
        Rows rows = new Rows();
        rows.edit(
                "in the document",
                "\"format\": 2,",
                "\"format\": 2, §\"acount\": { \"a\": [1, {}] },",
                "UNKNOWN_FIELD /acount");
        rows.edit(
                "in the rules",
                "\"deletion\": \"refuse\"",
                "§\"deletions\": \"refuse\"",
                "UNKNOWN_FIELD /rules/deletions");
        rows.edit("in a rule", "{ \"max\": 60 }", "{ §\"most\": 60 }", "UNKNOWN_FIELD /rules/name/most");
        rows.edit("in a group", FIRST_GROUP, FIRST_GROUP + ", §\"title\": \"x\"", "UNKNOWN_FIELD /catalog/0/title");
        rows.edit(
                "in an action", "\"key\": \"agent_view\"", "§\"keys\": []", "UNKNOWN_FIELD /catalog/1/actions/0/keys");
        rows.edit("in a role", LEAD, LEAD + ", §\"system\": true", "UNKNOWN_FIELD /roles/0/system");
        rows.edit(
                "in a target",
                "{ \"chat\": \"c-1\" }",
                "{ \"chat\": \"c-1\", §\"name\": null }",
                "UNKNOWN_FIELD /targets/1/name");
        rows.edit(
                "in an assignment",
                BOB,
                "{ \"user\": \"bob\", \"role\": \"lead\", \"at\": \"team/support\", §\"in\": \"x\" }",
                "UNKNOWN_FIELD /assignments/1/in");
        rows.edit("with an awkward name", LEAD, LEAD + ", §\"a/b~c\": true", "UNKNOWN_FIELD /roles/0/a~1b~0c");
        rows.edit("group", LEAD_RIGHTS, "{ \"users\": { \"read\": true } }", "UNKNOWN_GROUP /roles/0/rights/users");
        rows.edit("empty group", LEAD_RIGHTS, "{ \"users\": {} }", "UNKNOWN_GROUP /roles/0/rights/users");
        rows.edit(
                "group at false",
                LEAD_RIGHTS,
                "{ \"users\": { \"read\": false } }",
                "UNKNOWN_GROUP /roles/0/rights/users");
        rows.edit(
                "action",
                LEAD_RIGHTS,
                "{ \"user\": { \"reed\": §true } }",
                "ACTION_NOT_ALLOWED /roles/0/rights/user/reed");
        rows.edit(
                "action at false",
                LEAD_RIGHTS,
                "{ \"user\": { \"reed\": §false } }",
                "ACTION_NOT_ALLOWED /roles/0/rights/user/reed");
        rows.edit("key for a group", LEAD_RIGHTS, "{ \"agent_view\": {} }", "UNKNOWN_GROUP /roles/0/rights/agent_view");
        rows.edit(
                "not in scope",
                LEAD_RIGHTS,
                "{ \"agents\": { \"own\": §true } }",
                "PERMISSION_NOT_IN_SCOPE /roles/0/rights/agents/own");
        rows.edit(
                "not in scope at false",
                LEAD_RIGHTS,
                "{ \"agents\": { \"own\": §false } }",
                "PERMISSION_NOT_IN_SCOPE /roles/0/rights/agents/own");
        rows.edit("field in other case", LEAD, LEAD + ", §\"Rights\": {}", "UNKNOWN_FIELD /roles/0/Rights");
        rows.edit(
                "action in other case",
                LEAD_RIGHTS,
                "{ \"user\": { \"Read\": §true } }",
                "ACTION_NOT_ALLOWED /roles/0/rights/user/Read");
        return rows.all();
    }

    static List<BadDocument> words() {
        Rows rows = new Rows();
        String noLead = "SCOPE_INVALID /roles/0/scope";
        for (String word : List.of("TEAM ", "TEAM", "Team", "team ", "", "teams", "\\u0131", "te\\u0000am")) {
            rows.edit("scope `" + word + "`", LEAD, LEAD.replace("\"team\"", "§\"" + word + "\""), noLead);
        }
        rows.edit("scope as a number", LEAD, LEAD.replace("\"team\"", "§1"), "WRONG_TYPE /roles/0/scope");
        rows.edit("scope as an array", LEAD, LEAD.replace("\"team\"", "§[\"team\"]"), "WRONG_TYPE /roles/0/scope");
        rows.edit("type in other case", "\"system\"", "§\"SYSTEM\"", "WRONG_TYPE /roles/1/type");
        rows.edit("type as a flag", "\"system\"", "§true", "WRONG_TYPE /roles/1/type");
        rows.edit("deletion", "\"deletion\": \"refuse\"", "\"deletion\": §\"refused\"", "WRONG_TYPE /rules/deletion");
        rows.edit("emptyRoles", "\"deletion\": \"refuse\"", "\"emptyRoles\": §\"all\"", "WRONG_TYPE /rules/emptyRoles");
        rows.edit(
                "unknownTargets",
                "\"deletion\": \"refuse\"",
                "\"unknownTargets\": §\"REFUSED\"",
                "WRONG_TYPE /rules/unknownTargets");
        rows.edit(
                "defaultScope",
                "\"deletion\": \"refuse\"",
                "\"defaultScope\": §\"Team\"",
                "SCOPE_INVALID /rules/defaultScope");
        rows.edit(
                "scope of a group",
                "[\"account\", \"team\"]",
                "[\"account\", §\"all\"]",
                "SCOPE_INVALID /catalog/0/scopes/1");
        rows.edit(
                "scope in the rules",
                "\"deletion\": \"refuse\"",
                "\"scopes\": [§\"ACCOUNT\"]",
                "SCOPE_INVALID /rules/scopes/0");
        return rows.all();
    }

    static List<BadDocument> flags() {
        Rows rows = new Rows();
        for (String value : List.of("\"true\"", "1", "0", "\"yes\"", "[]", "{}", "1.5", "\"\"")) {
            rows.edit(
                    "default as " + value,
                    "\"default\": true",
                    "\"default\": §" + value,
                    "WRONG_TYPE /roles/1/default");
            rows.edit(
                    "right as " + value,
                    LEAD_RIGHTS,
                    "{ \"user\": { \"read\": §" + value + " } }",
                    "WRONG_TYPE /roles/0/rights/user/read");
            rows.edit(
                    "rule as " + value,
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
            rows.edit("rule " + path, RULES, "{ " + rule + " }", "WRONG_TYPE /rules" + path);
        }
        return rows.all();
    }

    static List<BadDocument> nulls() {
        Rows rows = new Rows();
        rows.edit("account", "\"acme\"", "§null", "NULL_VALUE /account");
        rows.edit("revision", "\"revision\": 7", "\"revision\": §null", "NULL_VALUE /revision");
        rows.edit("rules", RULES, "§null", "NULL_VALUE /rules");
        rows.edit("name rule", "{ \"max\": 60 }", "§null", "NULL_VALUE /rules/name");
        rows.edit("least", "\"max\": 60", "\"min\": §null", "NULL_VALUE /rules/name/min");
        rows.edit("lockout", "\"deletion\": \"refuse\"", "\"lockout\": [§null]", "NULL_VALUE /rules/lockout/0");
        rows.edit("group", "\"group\": \"agents\"", "\"group\": §null", "NULL_VALUE /catalog/1/group");
        rows.edit("action", "\"edit\"", "§null", "NULL_VALUE /catalog/1/actions/1");
        rows.edit("title", "\"title\": \"View Agents\"", "\"title\": §null", "NULL_VALUE /catalog/1/actions/0/title");
        rows.edit("role", "{ " + LEAD + ", \"rights\": " + LEAD_RIGHTS + " }", "§null", "NULL_VALUE /roles/0");
        rows.edit("id of a role", "\"id\": \"lead\"", "\"id\": §null", "NULL_VALUE /roles/0/id");
        rows.edit("name of a role", "\"name\": \"Team lead\"", "\"name\": §null", "NULL_VALUE /roles/0/name");
        rows.edit(
                "description",
                "\"description\": \"Everybody\"",
                "\"description\": §null",
                "NULL_VALUE /roles/1/description");
        rows.edit("scope", LEAD, LEAD.replace("\"team\"", "§null"), "NULL_VALUE /roles/0/scope");
        rows.edit("rights", LEAD_RIGHTS, "§null", "NULL_VALUE /roles/0/rights");
        rows.edit("group of rights", LEAD_RIGHTS, "{ \"user\": §null }", "NULL_VALUE /roles/0/rights/user");
        rows.edit("right", LEAD_RIGHTS, "{ \"user\": { \"read\": §null } }", "NULL_VALUE /roles/0/rights/user/read");
        rows.edit("createdAt", "\"2025-01-02T03:04:05.006Z\"", "§null", "NULL_VALUE /roles/2/createdAt");
        rows.edit("discardedAt", "\"2025-06-30T15:00:09.126Z\"", "§null", "NULL_VALUE /roles/2/discardedAt");
        rows.edit("target", "{ \"chat\": \"c-1\" }", "§null", "NULL_VALUE /targets/1");
        rows.edit("id of a target", "\"chat\": \"c-1\"", "\"chat\": §null", "NULL_VALUE /targets/1/chat");
        rows.edit("parent of a target", "\"in\": \"team/support\"", "\"in\": §null", "NULL_VALUE /targets/2/in");
        rows.edit("assignment", BOB, "§null", "NULL_VALUE /assignments/1");
        rows.edit("user", "\"user\": \"bob\"", "\"user\": §null", "NULL_VALUE /assignments/1/user");
        rows.edit(
                "target of an assignment",
                BOB,
                BOB.replace("\"team/support\"", "§null"),
                "NULL_VALUE /assignments/1/at");
        rows.edit(
                "assignments",
                "\"assignments\": [",
                "\"assignments\": §null, \"x\": [",
                "NULL_VALUE /assignments",
                "UNKNOWN_FIELD /x");
        return rows.all();
    }

    static List<BadDocument> missing() {
        Rows rows = new Rows();
        rows.edit("no account", "  \"account\": \"acme\",\n", "", "MISSING_FIELD /account");
        rows.edit("no id", "{ \"id\": \"lead\", ", "§{ ", "MISSING_FIELD /roles/0/id");
        rows.edit(
                "no name",
                "{ \"id\": \"lead\", \"name\": \"Team lead\",",
                "§{ \"id\": \"lead\",",
                "NAME_MISSING /roles/0/name");
        rows.edit(
                "no scope",
                "{ " + LEAD,
                "§{ \"id\": \"lead\", \"name\": \"Team lead\"",
                "MISSING_FIELD /roles/0/scope");
        rows.edit("no group", "{ \"group\": \"agents\", ", "§{ ", "MISSING_FIELD /catalog/1/group");
        rows.edit("no actions", FIRST_GROUP, "§{ \"group\": \"user\"", "MISSING_FIELD /catalog/0/actions");
        rows.edit("no action", "{ \"action\": \"own\", ", "§{ ", "MISSING_FIELD /catalog/1/actions/2/action");
        rows.edit("no scope of a target", "{ \"chat\": \"c-1\" }", "§{ }", "MISSING_FIELD /targets/1");
        rows.edit(
                "only a parent", "{ \"chat\": \"c-1\" }", "§{ \"in\": \"team/support\" }", "MISSING_FIELD /targets/1");
        rows.edit(
                "no user",
                BOB,
                "§{ \"role\": \"lead\", \"at\": \"team/support\" }",
                "MISSING_FIELD /assignments/1/user");
        rows.edit(
                "no role",
                BOB,
                "§{ \"user\": \"bob\", \"at\": \"team/support\" }",
                "MISSING_FIELD /assignments/1/role");
        rows.whole(
                "nearly nothing",
                "§{\"format\":2}",
                "MISSING_FIELD /account",
                "MISSING_FIELD /catalog",
                "LAST_DEFAULT_ROLE /roles");
        return rows.all();
    }

    static List<BadDocument> containers() {
        Rows rows = new Rows();
        rows.whole("root array", "§[]", "WRONG_TYPE");
        rows.whole("root text", "§\"x\"", "WRONG_TYPE");
        rows.whole("root null", "§null", "NULL_VALUE");
        rows.whole("root number", "§1", "WRONG_TYPE");
        rows.edit("rules", RULES, "§[]", "WRONG_TYPE /rules");
        rows.edit("rules as text", RULES, "§\"\"", "WRONG_TYPE /rules");
        rows.edit(
                "actions",
                "[\"create\", \"read\", \"update\", \"delete\"]",
                "§\"read\"",
                "WRONG_TYPE /catalog/0/actions");
        rows.edit(
                "group",
                "{ \"group\": \"user\", \"actions\": [\"create\", \"read\", \"update\", \"delete\"], \"scopes\": [\"account\", \"team\"] }",
                "§\"user\"",
                "WRONG_TYPE /catalog/0");
        rows.edit("scopes", "[\"account\", \"team\"]", "§\"team\"", "WRONG_TYPE /catalog/0/scopes");
        rows.edit("action", "\"edit\"", "§[]", "WRONG_TYPE /catalog/1/actions/1");
        rows.edit("role", "{ " + LEAD + ", \"rights\": " + LEAD_RIGHTS + " }", "§[\"lead\"]", "WRONG_TYPE /roles/0");
        rows.edit("rights", LEAD_RIGHTS, "§[]", "WRONG_TYPE /roles/0/rights");
        rows.edit("rights as text", LEAD_RIGHTS, "§\"\"", "WRONG_TYPE /roles/0/rights");
        rows.edit("actions of rights", LEAD_RIGHTS, "{ \"user\": §[\"read\"] }", "WRONG_TYPE /roles/0/rights/user");
        rows.edit("target", "{ \"chat\": \"c-1\" }", "§\"chat/c-1\"", "WRONG_TYPE /targets/1");
        rows.edit("id of a target", "{ \"chat\": \"c-1\" }", "{ \"chat\": §[\"c-1\"] }", "WRONG_TYPE /targets/1/chat");
        rows.edit(
                "parent of a target",
                "\"in\": \"team/support\"",
                "\"in\": §{ \"team\": \"support\" }",
                "WRONG_TYPE /targets/2/in");
        rows.edit("targets", "\"targets\": [", "\"targets\": §{}, \"x\": [", "WRONG_TYPE /targets", "UNKNOWN_FIELD /x");
        rows.edit("roles", "\"roles\": [", "\"roles\": §{}, \"x\": [", "WRONG_TYPE /roles", "UNKNOWN_FIELD /x");
        rows.edit("catalog", "\"catalog\": [", "\"catalog\": §{}, \"x\": [", "WRONG_TYPE /catalog", "UNKNOWN_FIELD /x");
        rows.edit("assignment", BOB, "§[\"bob\"]", "WRONG_TYPE /assignments/1");
        rows.edit("id", "\"id\": \"lead\"", "\"id\": §{ \"x\": [] }", "WRONG_TYPE /roles/0/id");
        rows.edit("name", "\"name\": \"Team lead\"", "\"name\": §7", "WRONG_TYPE /roles/0/name");
        rows.edit(
                "two scopes of a target",
                "{ \"chat\": \"c-1\" }",
                "§{ \"chat\": \"c-1\", \"team\": \"x\" }",
                "UNKNOWN_FIELD /targets/1/team");
        return rows.all();
    }

    static List<BadDocument> trailing() {
        Rows rows = new Rows();
        for (String rest : List.of("{}", "x", "]", "}", ",", "null", "\"", "1", "NaN", "//", "\u0000")) {
            rows.whole("followed by " + rest.replace('\u0000', '0'), Documents.ACME + rest, "TRAILING_CONTENT");
        }
        return rows.all();
    }

    static List<BadDocument> malformed() {
        Rows rows = new Rows();
        rows.whole("nothing", "", "MALFORMED");
        rows.whole("white space", " \n\t ", "MALFORMED");
        rows.whole("byte order mark", "\uFEFF" + Documents.ACME, "MALFORMED");
        rows.edit("comment", "\"format\": 2,", "\"format\": 2, /* one */", "MALFORMED /format");
        rows.edit("line comment", "\"format\": 2,", "\"format\": 2, // one\n", "MALFORMED /format");
        rows.edit("hash", "\"format\": 2,", "\"format\": 2, # one\n", "MALFORMED /format");
        rows.edit("single quotes", "\"account\": \"acme\"", "'account': 'acme'", "MALFORMED /format");
        rows.edit("bare name", "\"account\": ", "account: ", "MALFORMED /format");
        rows.edit("bare word", "\"acme\"", "acme", "MALFORMED /account");
        rows.edit(
                "trailing comma",
                "\"in\": \"team/support\" }\n",
                "\"in\": \"team/support\" },\n",
                "MALFORMED /targets/3");
        rows.edit(
                "trailing comma in an object",
                "{ \"chat\": \"c-1\" }",
                "{ \"chat\": \"c-1\", }",
                "MALFORMED /targets/1/chat");
        rows.edit("no comma", "{ \"chat\": \"c-1\" },", "{ \"chat\": \"c-1\" }", "MALFORMED /targets/2");
        rows.edit("leading zero", "\"revision\": 7", "\"revision\": 07", "MALFORMED /revision");
        rows.edit("leading plus", "\"revision\": 7", "\"revision\": +7", "MALFORMED /revision");
        rows.edit("leading point", "\"revision\": 7", "\"revision\": .7", "MALFORMED /revision");
        rows.edit("hexadecimal", "\"revision\": 7", "\"revision\": 0x7", "MALFORMED /revision");
        rows.edit("line end in a text", "\"acme\"", "\"ac\nme\"", "MALFORMED /account");
        rows.edit("NUL in a text", "\"acme\"", "\"ac\u0000me\"", "MALFORMED /account");
        rows.edit("unknown escape", "\"acme\"", "\"ac\\xme\"", "MALFORMED /account");
        rows.edit("half an escape", "\"acme\"", "\"ac\\u12\"", "MALFORMED /account");
        rows.edit(
                "wrong bracket",
                "\"in\": \"team/support\" }\n  ]",
                "\"in\": \"team/support\" }\n  }",
                "MALFORMED /targets/2");
        return rows.all();
    }

    static List<BadDocument> hostileFields() {
        Rows rows = new Rows();
        for (String field : List.of("@class", "@type", "__proto__", "__entity", "$ref", "@c", "constructor")) {
            rows.edit(
                    "" + field,
                    LEAD,
                    "§\"" + field + "\": \"io.rbac.jackson.Canary\", " + LEAD,
                    "UNKNOWN_FIELD /roles/0/" + field);
            rows.edit(
                    "" + field + " in the document",
                    "\"format\": 2,",
                    "\"format\": 2, §\"" + field + "\": \"java.net.URL\",",
                    "UNKNOWN_FIELD /" + field);
        }
        rows.edit(
                "wrapped in an array",
                LEAD_RIGHTS,
                "§[\"io.rbac.jackson.Canary\", " + LEAD_RIGHTS + "]",
                "WRONG_TYPE /roles/0/rights");
        return rows.all();
    }

    static List<BadDocument> formats() {
        Rows rows = new Rows();
        for (String format : List.of(
                "0",
                "-1",
                "\"1\"",
                "\"2\"",
                "3",
                "1.0",
                "2.0",
                "2e0",
                "100",
                "null",
                "true",
                "[1]",
                "{}",
                "99999999999999999999")) {
            rows.edit("format " + format, "\"format\": 2", "\"format\": §" + format, "UNSUPPORTED_FORMAT /format");
        }
        rows.whole("no format", "§" + Documents.acme("  \"format\": 2,\n", ""), "UNSUPPORTED_FORMAT /format");
        rows.whole(
                "only the format is told",
                "{ \"x\": 1, \"roles\": 5, \"format\": §3, \"y\": 2",
                "UNSUPPORTED_FORMAT /format");
        rows.whole("no format, and more", "§{ \"x\": 1, \"roles\": 5 }", "UNSUPPORTED_FORMAT /format");
        return rows.all();
    }
}
