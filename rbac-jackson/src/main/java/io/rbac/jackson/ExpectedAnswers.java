package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file of expected answers that a policy is tested by: {@code { "tests": [ { "user": "bob", "permission":
 * "user:update", "target": "chat/c-42", "allowed": true } ] }}. Read as strictly as a policy by {@link PolicyJson}, and
 * with its limits. Stateless and thread-safe.
 *
 * @since 0.1
 */
public final class ExpectedAnswers {

    private static final Fields DOCUMENT = Fields.of("tests");
    private static final Fields TEST = Fields.of("user", "permission", "target", "in", "allowed");
    private static final List<String> REQUIRED = List.of("user", "permission", "target", "allowed");

    private final Problems problems = new Problems();
    private final List<ExpectedAnswer> answers = new ArrayList<>();

    private @Nullable String user;
    private @Nullable String permission;
    private @Nullable Target target;
    private @Nullable Target place;
    private @Nullable Boolean allowed;

    private ExpectedAnswers() {}

    /**
     * Reads expected answers from a file, in its order; at least one.
     *
     * @throws PolicyViolationException with everything that is wrong with the file
     * @throws IOException if the file cannot be read
     */
    public static List<ExpectedAnswer> read(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(requireNonNull(file, "file"))) {
            return read(stream);
        }
    }

    /**
     * Reads expected answers from a stream, up to its end; at least one. The stream is not closed.
     *
     * @throws PolicyViolationException with everything that is wrong with the document
     * @throws IOException if the stream throws it
     */
    public static List<ExpectedAnswer> read(InputStream stream) throws IOException {
        ExpectedAnswers reader = new ExpectedAnswers();
        Source source = new Utf8Source(requireNonNull(stream, "stream"), PolicyJson.DEFAULT_MAX_BYTES);
        JsonDocument.read(source, reader.problems, new Locations(), reader::document);
        reader.problems.throwIfAny();
        return List.copyOf(reader.answers);
    }

    private void document(Tokens tokens) throws IOException {
        long start = tokens.place();
        long seen = tokens.object(DOCUMENT, field -> {
            long before = problems.total();
            tokens.array(Integer.MAX_VALUE, () -> test(tokens));
            if (answers.isEmpty() && problems.total() == before) {
                tokens.problem(Code.MISSING_FIELD, null, "`tests` is empty: expected at least one question");
            }
        });
        if (seen == 0) {
            tokens.missing(Code.MISSING_FIELD, "tests", "the document has no `tests`", start);
        }
    }

    private void test(Tokens tokens) throws IOException {
        long start = tokens.place();
        long before = problems.total();
        user = null;
        permission = null;
        target = null;
        place = null;
        allowed = null;
        long seen = tokens.object(TEST, field -> field(tokens, field));
        for (String field : REQUIRED) {
            if (seen != Tokens.NO_OBJECT && (seen & TEST.bit(field)) == 0) {
                tokens.missing(Code.MISSING_FIELD, field, "the test has no `" + field + '`', start);
            }
        }
        if (place != null && target != null && target.scope() != Scope.CHAT) {
            String message =
                    "the target is " + Violation.quote(target.toString()) + ": a place can be stated of a chat only";
            problems.add(Code.SCOPE_MISMATCH, tokens.pointer() + "/in", place.toString(), message, start);
        } else if (problems.total() == before
                && user != null
                && permission != null
                && target != null
                && allowed != null) {
            answers.add(new ExpectedAnswer(user, permission, placed(target, place), allowed, Place.line(start)));
        }
    }

    private static Target placed(Target chat, @Nullable Target place) {
        return place == null ? chat : place.scope() == Scope.TEAM ? chat.inTeam(place.id()) : chat.inAccount();
    }

    private void field(Tokens tokens, String field) throws IOException {
        switch (field) {
            case "user" -> user = tokens.text("the id of a user");
            case "permission" -> permission = tokens.text("the key of a permission");
            case "target" -> target = target(tokens);
            case "in" -> {
                place = target(tokens);
                if (place != null && place.scope() == Scope.CHAT) {
                    String text = place.toString();
                    tokens.problem(
                            Code.MALFORMED,
                            text,
                            Violation.quote(text) + " is not a place of a chat: expected `account` or `team/ID`");
                }
            }
            default -> allowed = tokens.flag();
        }
    }

    private static @Nullable Target target(Tokens tokens) throws IOException {
        String text = tokens.text("`account`, `team/ID` or `chat/ID`");
        if (text == null) {
            return null;
        }
        try {
            return Target.parse(text);
        } catch (PolicyViolationException e) {
            Violation violation = e.violations().get(0);
            tokens.problem(violation.code(), text, violation.message());
            return null;
        }
    }
}
