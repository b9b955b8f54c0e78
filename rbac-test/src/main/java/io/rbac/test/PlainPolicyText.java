package io.rbac.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plain policies as readable strings, for the messages of failing tests. */
final class PlainPolicyText {
    /** Longer strings are cut, so that a policy with ids and names of full length stays readable. */
    private static final int LONGEST = 64;

    private static final int SHOWN_OF_LONG = 16;

    private PlainPolicyText() {}

    static String of(PlainPolicy plain) {
        List<String> lines = new ArrayList<>();
        lines.add("account " + readable(plain.account()) + " at revision " + plain.revision());
        lines.add("rules " + of(plain.rules()));
        lines.add("scopes " + plain.scopes().stream().map(PlainScope::toString).collect(Collectors.joining(" > ")));
        lines.add("catalog");
        for (PlainGroup group : plain.groups()) {
            lines.add("  " + readable(group.name()) + ": " + of(group, plain.scopes()));
        }
        if (!plain.retired().isEmpty()) {
            lines.add("  retired: " + all(plain.retired()));
        }
        lines.add("roles");
        for (PlainRole role : plain.roles()) {
            lines.add("  " + of(role));
        }
        lines.add("targets");
        for (PlainPolicy.Located located : plain.targets()) {
            lines.add("  " + located);
        }
        lines.add("assignments");
        for (PlainPolicy.Assignment assignment : plain.assignments()) {
            lines.add("  " + assignment);
        }
        return String.join("\n", lines);
    }

    static String of(PlainRole role) {
        StringBuilder text = new StringBuilder(readable(role.id()));
        text.append(' ').append(role.scope());
        text.append(role.system() ? " system" : "").append(role.isDefault() ? " default" : "");
        text.append(" name ").append(quoted(role.name()));
        if (role.description() != null) {
            text.append(" description ").append(quoted(role.description()));
        }
        time(text, " created ", role.createdAt());
        time(text, " updated ", role.updatedAt());
        time(text, " discarded ", role.discardedAt());
        return text.append(" rights {")
                .append(all(List.copyOf(role.permissions())))
                .append('}')
                .toString();
    }

    /** Returns a string as it is if it is short ASCII without spaces, else in quotes with escapes. */
    static String readable(String text) {
        boolean simple = !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '\\' && c != '"');
        return simple ? text : quoted(text);
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "absent";
        }
        int length = text.codePointCount(0, text.length());
        StringBuilder escaped = new StringBuilder("\"");
        text.codePoints().limit(length > LONGEST ? SHOWN_OF_LONG : length).forEach(point -> {
            if (point < ' ' || point >= 0x7F) {
                escaped.append(String.format(Locale.ROOT, "\\u{%X}", point));
            } else {
                escaped.append(point == '\\' || point == '"' ? "\\" : "").append((char) point);
            }
        });
        return escaped.append('"')
                .append(length > LONGEST ? "...(" + length + " code points)" : "")
                .toString();
    }

    private static String all(List<String> texts) {
        return texts.stream().map(PlainPolicyText::readable).collect(Collectors.joining(", "));
    }

    private static void time(StringBuilder text, String label, @Nullable Long millis) {
        if (millis != null) {
            text.append(label).append(millis);
        }
    }

    private static String of(PlainGroup group, List<PlainScope> tree) {
        List<String> actions = new ArrayList<>();
        for (PlainGroup.Action action : group.actions()) {
            boolean standard = action.key().equals(group.name() + ":" + action.name());
            String scopes = action.scopes().containsAll(tree)
                    ? ""
                    : action.scopes().stream().map(PlainScope::toString).collect(Collectors.joining(" ", " for ", ""));
            actions.add(readable(action.name()) + (standard ? "" : " key " + readable(action.key())) + scopes);
        }
        return String.join(", ", actions);
    }

    /** Lists what differs from the standard rules. */
    private static String of(PlainRules rules) {
        PlainRules standard = PlainRules.standard();
        List<String> differing = new ArrayList<>();
        compare(differing, rules.name(), standard.name());
        compare(differing, rules.description(), standard.description());
        compare(differing, "scopes " + rules.scopes(), "scopes " + standard.scopes());
        compare(differing, "defaultScope " + rules.defaultScope(), "defaultScope " + standard.defaultScope());
        compare(differing, "rightsRequired " + rules.rightsRequired(), "rightsRequired " + standard.rightsRequired());
        compare(differing, "defaults " + rules.defaults(), "defaults " + standard.defaults());
        compare(differing, "rolesPerTarget " + rules.rolesPerTarget(), "rolesPerTarget " + standard.rolesPerTarget());
        compare(differing, "emptyRoles " + rules.emptyRoles(), "emptyRoles " + standard.emptyRoles());
        compare(differing, "deletion " + rules.deletion(), "deletion " + standard.deletion());
        compare(differing, rules.systemRoles(), standard.systemRoles());
        compare(differing, "unknownTargets " + rules.unknownTargets(), "unknownTargets " + standard.unknownTargets());
        compare(differing, "lockout [" + all(rules.lockout()) + "]", "lockout []");
        return differing.isEmpty() ? "standard" : String.join(" ", differing);
    }

    private static void compare(List<String> differing, Object rule, Object standard) {
        if (!rule.equals(standard)) {
            differing.add(rule.toString());
        }
    }
}
