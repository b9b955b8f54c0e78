package io.rbac.cli;

import io.rbac.review.Answers;
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

    /** Prints the question, the answers and the notes on it as a JSON object. */
    void printJson(Terminal terminal, Terminal.Json question, List<String> notes) {
        terminal.print(fields -> {
            question.writeFields(fields);
            fields.writeNumberField("count", count);
            if (!onlyCount) {
                JsonStrings.write(name, answers, fields);
            }
            JsonStrings.write("notes", notes, fields);
        });
    }

    /**
     * Prints a line for each answer, or the one with their number, and the notes on the question.
     *
     * @param none what is noted if there is no answer, and no other note that says why
     */
    void print(Terminal terminal, List<String> notes, String none) {
        if (onlyCount) {
            terminal.print(String.valueOf(count));
        } else {
            answers.stream().map(SafeText::of).forEach(terminal::print);
        }
        notes.forEach(terminal::note);
        if (count == 0 && notes.isEmpty()) {
            terminal.note(none);
        }
    }

    int exitCode() {
        return count == 0 ? ExitCode.NO : ExitCode.YES;
    }
}
