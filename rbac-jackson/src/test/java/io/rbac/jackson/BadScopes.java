package io.rbac.jackson;

import io.rbac.jackson.BadDocument.Rows;
import java.util.List;

/** Bad documents: scopes that no tree may have, names of scopes that are unknown, and targets that lie where they cannot. */
final class BadScopes {

    private static final String FOLDER = "{ \"scope\": \"folder\", \"nests\": true }";
    private static final String HOME = "{ \"page\": \"home\" }";
    private static final String BOB = "{ \"user\": \"bob\", \"role\": \"editor\", \"at\": \"folder/drafts\" }";

    private BadScopes() {}

    static List<BadDocument> trees() {
        Rows rows = new Rows(Documents.TREE);
        StringBuilder six = new StringBuilder(FOLDER);
        for (int i = 4; i < 10; i++) {
            six.append(", { \"scope\": \"s").append(i).append("\" }");
        }
        rows.edit(
                "nine scopes",
                "\"scopes\": [\n    { \"scope\": \"org\" }",
                "\"scopes\": §[\n    { \"scope\": \"org\" }, " + six,
                "LIMIT_EXCEEDED /scopes");
        rows.edit(
                "two of a name",
                "{ \"scope\": \"page\" }",
                "{ \"scope\": §\"folder\" }",
                "DUPLICATE_ID /scopes/2/scope");
        for (String name : List.of(
                "", " ", "Folder", "1st", "_x", "a b", "a/b", "übung", "x\\u0000", "a".repeat(32), "in", "account")) {
            rows.edit(
                    "name `" + name + "`",
                    "{ \"scope\": \"page\" }",
                    "{ \"scope\": §\"" + name + "\" }",
                    "ID_INVALID /scopes/2/scope");
        }
        rows.edit(
                "account that nests",
                "{ \"scope\": \"org\" }",
                "{ \"scope\": \"org\", \"nests\": §true }",
                "SCOPE_INVALID /scopes/0/nests");
        rows.edit(
                "no scope",
                "\"scopes\": [\n    { \"scope\": \"org\" },\n    " + FOLDER + ",\n    { \"scope\": \"page\" }\n  ]",
                "\"scopes\": §[]",
                "SCOPE_INVALID /scopes");
        rows.edit(
                "a scope without a name",
                "{ \"scope\": \"page\" }",
                "§{ \"nests\": true }",
                "MISSING_FIELD /scopes/2/scope");
        rows.edit(
                "a name of another type", "{ \"scope\": \"page\" }", "{ \"scope\": §7 }", "WRONG_TYPE /scopes/2/scope");
        rows.edit("nesting of another type", "\"nests\": true", "\"nests\": §\"true\"", "WRONG_TYPE /scopes/1/nests");
        rows.edit("nesting that is null", "\"nests\": true", "\"nests\": §null", "NULL_VALUE /scopes/1/nests");
        rows.edit("a scope that is a text", "{ \"scope\": \"page\" }", "§\"page\"", "WRONG_TYPE /scopes/2");
        rows.edit("an unknown field", "\"nests\": true", "§\"nest\": true", "UNKNOWN_FIELD /scopes/1/nest");
        rows.edit(
                "a repeated field",
                "\"nests\": true",
                "\"nests\": true, §\"nests\": false",
                "DUPLICATE_KEY /scopes/1/nests");
        rows.edit(
                "an object",
                "\"scopes\": [\n",
                "\"scopes\": §{}, \"x\": [\n",
                "WRONG_TYPE /scopes",
                "UNKNOWN_FIELD /x");
        rows.edit(
                "many faults",
                "{ \"scope\": \"org\" },\n    " + FOLDER,
                "{ \"nests\": true }, {}, { \"scope\": null }, { \"scope\": \"X\" }, { \"scope\": \"page\" }",
                "MISSING_FIELD /scopes/0/scope",
                "MISSING_FIELD /scopes/1/scope",
                "NULL_VALUE /scopes/2/scope",
                "ID_INVALID /scopes/3/scope",
                "DUPLICATE_ID /scopes/5/scope");
        return rows.all();
    }

    static List<BadDocument> names() {
        Rows rows = new Rows(Documents.TREE);
        for (String name : List.of("team", "Folder", "folders", "", "page/plan")) {
            rows.edit(
                    "role `" + name + "`",
                    "\"Editor\", \"scope\": \"folder\"",
                    "\"Editor\", \"scope\": §\"" + name + "\"",
                    "SCOPE_INVALID /roles/1/scope");
            rows.edit(
                    "group `" + name + "`",
                    "\"scopes\": [\"org\"] }",
                    "\"scopes\": [§\"" + name + "\"] }",
                    "SCOPE_INVALID /catalog/0/scopes/0");
            rows.edit(
                    "action `" + name + "`",
                    "[\"folder\", \"page\"] }",
                    "[\"folder\", §\"" + name + "\"] }",
                    "SCOPE_INVALID /catalog/1/actions/1/scopes/1");
            rows.edit(
                    "rule `" + name + "`",
                    "[\"org\", \"folder\", \"page\"]",
                    "[\"org\", §\"" + name + "\", \"folder\", \"page\"]",
                    "SCOPE_INVALID /rules/scopes/1");
            rows.edit(
                    "default scope `" + name + "`",
                    "\"defaultScope\": \"folder\"",
                    "\"defaultScope\": §\"" + name + "\"",
                    "SCOPE_INVALID /rules/defaultScope");
        }
        rows.edit(
                "defaults",
                "\"page\": { \"max\": 1 }",
                "§\"team\": { \"max\": 1 }",
                "SCOPE_INVALID /rules/defaults/team");
        rows.edit(
                "defaults of the account twice",
                "\"page\": { \"max\": 1 }",
                "\"account\": §{ \"max\": 1 }",
                "DUPLICATE_ID /rules/defaults/account");
        rows.edit(
                "the account twice",
                "[\"org\", \"folder\", \"page\"]",
                "[\"org\", §\"account\", \"folder\", \"page\"]",
                "DUPLICATE_ID /rules/scopes/1");
        rows.edit("target", HOME, "{ §\"team\": \"home\" }", "SCOPE_INVALID /targets/3/team");
        rows.edit("target in other case", HOME, "{ §\"Page\": \"home\" }", "SCOPE_INVALID /targets/3/Page");
        rows.edit("the account as a target", HOME, "{ §\"org\": \"home\" }", "SCOPE_INVALID /targets/3/org");
        rows.edit(
                "the account as a target, by its word",
                HOME,
                "{ §\"account\": \"home\" }",
                "SCOPE_INVALID /targets/3/account");
        rows.edit(
                "id and scope",
                HOME,
                "{ §\"id\": \"home\", §\"scope\": \"page\" }",
                "SCOPE_INVALID /targets/3/id",
                "SCOPE_INVALID /targets/3/scope");
        rows.edit(
                "assignment", BOB, BOB.replace("\"folder/drafts\"", "§\"team/drafts\""), "MALFORMED /assignments/1/at");
        rows.edit(
                "assignment at the account with an id",
                BOB,
                BOB.replace("\"folder/drafts\"", "§\"org/acme\""),
                "MALFORMED /assignments/1/at");
        rows.edit(
                "parent",
                "{ \"page\": \"home\" }",
                "{ \"page\": \"home\", \"in\": §\"team/drafts\" }",
                "MALFORMED /targets/3/in");
        return rows.all();
    }

    static List<BadDocument> targets() {
        Rows rows = new Rows(Documents.TREE);
        rows.edit("no scope", HOME, "§{ }", "MISSING_FIELD /targets/3");
        rows.edit(
                "two scopes", HOME, "§{ \"page\": \"home\", \"folder\": \"home\" }", "UNKNOWN_FIELD /targets/3/folder");
        rows.edit(
                "unknown field", HOME, "{ \"page\": \"home\", §\"name\": \"Home\" }", "UNKNOWN_FIELD /targets/3/name");
        rows.edit("given twice", HOME, "{ \"page\": \"plan\" }", "DUPLICATE_ID /targets/4");
        rows.edit(
                "unknown parent",
                HOME,
                "§{ \"page\": \"home\", \"in\": \"folder/draft\" }",
                "TARGET_NOT_FOUND /targets/3/in");
        rows.edit(
                "parent of another scope",
                HOME,
                "§{ \"page\": \"home\", \"in\": \"page/drafts\" }",
                "TARGET_NOT_FOUND /targets/3/in");
        rows.edit(
                "narrower parent",
                "{ \"folder\": \"drafts\" }",
                "§{ \"folder\": \"drafts\", \"in\": \"page/home\" }",
                "PARENT_INVALID /targets/0/in");
        rows.edit(
                "parent of a scope that does not nest",
                HOME,
                "§{ \"page\": \"home\", \"in\": \"page/plan\" }",
                "PARENT_INVALID /targets/3/in");
        rows.edit(
                "parent that is the target itself",
                "{ \"folder\": \"drafts\" }",
                "§{ \"folder\": \"drafts\", \"in\": \"folder/drafts\" }",
                "PARENT_INVALID /targets/0/in");
        rows.edit(
                "path of 17",
                HOME,
                deep(15) + ", §{ \"page\": \"home\", \"in\": \"folder/f-15\" }",
                "PARENT_INVALID /targets/18/in");
        return rows.all();
    }

    /** Folders one in the other, the last first. */
    static String deep(int folders) {
        StringBuilder targets = new StringBuilder();
        for (int i = folders; i > 1; i--) {
            targets.append("{ \"folder\": \"f-")
                    .append(i)
                    .append("\", \"in\": \"folder/f-")
                    .append(i - 1)
                    .append("\" }, ");
        }
        return targets.append("{ \"folder\": \"f-1\" }").toString();
    }
}
