package io.rbac.cli;

import io.rbac.model.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a policy of Casbin.
 *
 * @param place where it stands, for messages
 * @param fields its comma-separated values, of which the first says what it is
 */
record CasbinLine(String place, List<String> fields) {

    private static final char QUOTE = '"';

    /**
     * Returns a line that is not empty.
     *
     * @throws CommandFailure if a quote is not closed or stands within a value
     */
    static CasbinLine of(String text, String place) {
        List<String> fields = new ArrayList<>();
        int next = 0;
        while (next <= text.length()) {
            while (next < text.length() && isSpace(text.charAt(next))) {
                next++;
            }
            StringBuilder field = new StringBuilder();
            next = next < text.length() && text.charAt(next) == QUOTE
                    ? quoted(text, next + 1, field, place)
                    : plain(text, next, field, place);
            fields.add(field.toString());
            next++;
        }
        return new CasbinLine(place, List.copyOf(fields));
    }

    private static int plain(String text, int from, StringBuilder field, String place) {
        int comma = text.indexOf(',', from);
        int end = comma < 0 ? text.length() : comma;
        field.append(text, from, end);
        if (field.indexOf("\"") >= 0) {
            throw new CommandFailure(place + ": a quote stands within a value, expected it around the value");
        }
        return end;
    }

    private static int quoted(String text, int from, StringBuilder field, String place) {
        int i = from;
        while (i < text.length()) {
            if (text.charAt(i) != QUOTE) {
                field.append(text.charAt(i));
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == QUOTE) {
                field.append(QUOTE);
                i += 2;
            } else if (i + 1 == text.length() || text.charAt(i + 1) == ',') {
                return i + 1;
            } else {
                throw new CommandFailure(place + ": something follows a quote, expected a comma");
            }
        }
        throw new CommandFailure(place + ": a quote is not closed");
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    String type() {
        return fields.get(0).strip();
    }

    String value(int index) {
        return fields.get(index + 1);
    }

    /**
     * Does nothing if there are so many values behind the first.
     *
     * @throws CommandFailure if there are more or fewer: then the model is another one
     */
    void requireValues(int count, CasbinModel model) {
        if (fields.size() - 1 != count) {
            throw new CommandFailure(place + ": `" + type() + "` has " + Counted.of(fields.size() - 1, "value")
                    + ", but " + count + " in the model " + model.name().replace('_', ' ')
                    + ": give the right one with `--model`");
        }
    }

    /** Returns whether Casbin reads this the same in each language; otherwise says that it does not. */
    boolean isAlikeInAllImplementations(List<String> lost) {
        for (String field : fields.subList(1, fields.size())) {
            if (!field.equals(field.strip())) {
                lost.add(place + ": " + Violation.quote(field)
                        + " has space at its end, which Casbin keeps in one language and drops in another");
                return false;
            }
        }
        return true;
    }
}
