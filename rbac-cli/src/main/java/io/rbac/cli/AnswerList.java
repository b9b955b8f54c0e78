package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.review.Answers;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** The answers to who or where, or only their number. */
final class AnswerList<T> {

    private final String name;
    private final List<String> answers;
    private final int count;
    private final boolean onlyCount;

    /**
     * Creates a list.
     *
     * @param name what is listed, in the plural
     * @param onlyCount whether only the number is asked for: then no list is made
     */
    AnswerList(String name, Answers<T> answers, Function<T, String> text, boolean onlyCount) {
        this.name = name;
        this.answers =
                onlyCount ? List.of() : answers.toList().stream().map(text).toList();
        this.count = onlyCount ? answers.count() : this.answers.size();
        this.onlyCount = onlyCount;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Returns a line for each answer, or the one with their number. */
    List<String> lines() {
        return onlyCount
                ? List.of(String.valueOf(count))
                : answers.stream().map(SafeText::of).toList();
    }

    /** Writes the number and, unless only that is asked for, the answers. */
    void writeFields(JsonGenerator json) throws IOException {
        json.writeNumberField("count", count);
        if (!onlyCount) {
            json.writeArrayFieldStart(name);
            for (String answer : answers) {
                json.writeString(answer);
            }
            json.writeEndArray();
        }
    }
}
