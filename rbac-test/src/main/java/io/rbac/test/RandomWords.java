package io.rbac.test;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Random ids, names and descriptions. */
final class RandomWords {
    /** Ids of things of all kinds, so that one string often names a user, a role, a team and a chat. */
    private static final List<String> SHARED = List.of("x", "y", "z", "support", "admin", "account", "team", "chat");

    /** Valid ids that break sloppy code. */
    private static final List<String> HOSTILE = List.of(
            "a$$b",
            "*",
            "a:b",
            "../x",
            "null",
            "\u0430dmin",
            "ADMIN",
            "\uD83D\uDE00",
            "\uFF21",
            "\uFFFD",
            "x".repeat(256),
            "\uD83D\uDE00".repeat(256),
            "team/support",
            "chat/x",
            "account/",
            "a b",
            "a b c",
            "caf\u00E9",
            "cafe\u0301",
            "\u2126",
            "\u03A9",
            "\u0130",
            "\u0131",
            "\u00DF",
            "\uFB00",
            "AaAa",
            "BBBB",
            "AaBB",
            "BBAa",
            "\"",
            "\\",
            "'",
            "{}",
            "[]",
            "true",
            "0",
            "-1",
            "~0",
            "~1",
            "a/b",
            "%00",
            "__proto__",
            "\u0378",
            "\uD83D\uDC69\uD83C\uDFFD",
            "\u05D0\u05D1");

    private static final List<String> NAMES = List.of(
            "Member",
            "Team lead",
            "Owner",
            "Caf\u00E9",
            "Cafe\u0301",
            "member ",
            "\uFF2Dember",
            "Team \u2003lead",
            "\uD83D\uDE80 Lead",
            "  padded ",
            "\u0417\u0430\u0447\u0435\u043C",
            "a\u200Db",
            "<b>&\"'\\",
            "\u05D0\u05D1\u05D2",
            "x\uE000\uFFFEy",
            "null");

    private static final List<String> BLANK_NAMES = List.of("   ", "\u3164\u3164\u3164", "\u00A0\u2003\u200B");
    private static final int LENGTH_WITHOUT_LIMIT = 300;

    private RandomWords() {}

    /** Returns an id that is not taken: mostly a word with a number. */
    static String id(Choices choices, String word, Collection<String> taken) {
        int kind = choices.below(6);
        String id = switch (kind) {
            case 4 -> choices.oneOf(SHARED);
            case 5 -> choices.oneOf(HOSTILE);
            default -> word + (taken.size() + 1);
        };
        return taken.contains(id) ? numbered(word, taken::contains) : id;
    }

    /** Returns a word with the first number, from 1, that is not taken. */
    static String numbered(String word, Predicate<String> taken) {
        int number = 1;
        while (taken.test(word + number)) {
            number++;
        }
        return word + number;
    }

    /** Returns a name that the rules allow; if names are unique, one whose comparable form is not taken. */
    static String name(Choices choices, PlainRules rules, Set<String> taken) {
        int most =
                rules.name().max() == null ? LENGTH_WITHOUT_LIMIT : rules.name().max();
        String name = choices.oneOf(NAMES);
        if (rules.name().blank() && choices.oneIn(3)) {
            name = rules.name().min() == 0 && choices.oneIn(2) ? "" : choices.oneOf(BLANK_NAMES);
        } else if (choices.oneIn(8)) {
            name = name + "\uD83D\uDE00".repeat(most);
        }
        name = cut(name, most);
        return rules.name().unique() && taken.contains(Spelling.comparableName(name)) ? newName("Role", taken) : name;
    }

    /** Returns a word with the first number, from 1, whose comparable form is not taken. */
    static String newName(String word, Collection<String> taken) {
        return numbered(word, name -> taken.contains(Spelling.comparableName(name)));
    }

    static String description(Choices choices, PlainRules rules) {
        int most = rules.description().max() == null
                ? LENGTH_WITHOUT_LIMIT
                : rules.description().max();
        return switch (choices.below(4)) {
            case 1 -> "";
            case 2 -> cut("May read\nand write \uD83D\uDE00", most);
            case 3 -> "\uD83D\uDE00".repeat(most);
            default -> cut("Reads", most);
        };
    }

    private static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }
}
