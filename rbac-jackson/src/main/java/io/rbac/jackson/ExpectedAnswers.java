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
 * Reads the expected answers that a policy is tested with: {@code { "tests": [ { "user": "bob", "permission":
 * "user:update", "target": "chat/c-42", "allowed": true } ] }}. The parent of a chat is given as {@code "in":
 * "team/support"} or {@code "in": "account"}. Reading is as strict as that of policies by {@link PolicyJson}, with the
 * same limits.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
public final class ExpectedAnswers {

    private static final FieldSet DOCUMENT = FieldSet.of("tests");
    private static final FieldSet TEST = FieldSet.of("user", "permission", "target", "in", "allowed");
    private static final List<String> REQUIRED = List.of("user", "permission", "target", "allowed");

    private final DocumentViolations violations = new DocumentViolations();
    private final List<ExpectedAnswer> answers = new ArrayList<>();

    private @Nullable String user;
    private @Nullable String permission;
    private @Nullable Target target;
    private @Nullable Target parent;
    private @Nullable Boolean allowed;

    private ExpectedAnswers() {}

    /**
     * Reads expected answers from a file, in its order. There is at least one.
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
     * Reads expected answers from a stream, up to its end. There is at least one. The stream is not closed.
     *
     * @throws PolicyViolationException with everything that is wrong with the document
     * @throws IOException if the stream throws it
     */
    public static List<ExpectedAnswer> read(InputStream stream) throws IOException {
        ExpectedAnswers reader = new ExpectedAnswers();
        Source source = new Utf8Source(requireNonNull(stream, "stream"), PolicyJson.DEFAULT_MAX_BYTES);
        JsonDocument.read(source, reader.violations, new SourceMap(), reader::readDocument);
        reader.violations.throwIfAny();
        return List.copyOf(reader.answers);
    }

    private void readDocument(Tokens tokens) throws IOException {
        long location = tokens.location();
        long seen = tokens.readObject(DOCUMENT, field -> {
            long before = violations.total();
            tokens.readArray(Integer.MAX_VALUE, () -> readTest(tokens));
            if (answers.isEmpty() && violations.total() == before) {
                tokens.report(Code.MISSING_FIELD, null, "`tests` is empty: expected at least one test");
            }
        });
        if (DOCUMENT.lacks(seen, "tests")) {
            tokens.reportMissing(
                    Code.MISSING_FIELD, "tests", "the document has no `tests`: expected at least one", location);
        }
    }

    private void readTest(Tokens tokens) throws IOException {
        long location = tokens.location();
        long before = violations.total();
        user = null;
        permission = null;
        target = null;
        parent = null;
        allowed = null;
        long seen = tokens.readObject(TEST, field -> readField(tokens, field));
        for (String field : REQUIRED) {
            if (TEST.lacks(seen, field)) {
                String message = "the test has no `" + field + "`: expected one";
                tokens.reportMissing(Code.MISSING_FIELD, field, message, location);
            }
        }
        if (parent != null && target != null && target.scope() != Scope.CHAT) {
            String message =
                    "the target is " + Violation.quote(target.toString()) + ": only a chat can be given with a parent";
            violations.add(Code.SCOPE_MISMATCH, tokens.pointer() + "/in", parent.toString(), message, location);
        } else if (violations.total() == before
                && user != null
                && permission != null
                && target != null
                && allowed != null) {
            int line = TextLocation.line(location);
            answers.add(new ExpectedAnswer(user, permission, withParent(target, parent), allowed, line));
        }
    }

    private static Target withParent(Target target, @Nullable Target parent) {
        return parent == null ? target : parent.scope() == Scope.TEAM ? target.inTeam(parent.id()) : target.inAccount();
    }

    private void readField(Tokens tokens, String field) throws IOException {
        switch (field) {
            case "user" -> user = tokens.readString("the id of a user");
            case "permission" -> permission = tokens.readString("the key of a permission");
            case "target" -> target = readTarget(tokens);
            case "in" -> {
                parent = readTarget(tokens);
                if (parent != null && parent.scope() == Scope.CHAT) {
                    String text = parent.toString();
                    tokens.report(
                            Code.MALFORMED,
                            text,
                            Violation.quote(text) + " is not the parent of a chat: expected `account` or `team/ID`");
                }
            }
            default -> allowed = tokens.readBoolean();
        }
    }

    private static @Nullable Target readTarget(Tokens tokens) throws IOException {
        String text = tokens.readString("`account`, `team/ID` or `chat/ID`");
        if (text == null) {
            return null;
        }
        try {
            return Target.parse(text);
        } catch (PolicyViolationException e) {
            Violation violation = e.violations().get(0);
            tokens.report(violation.code(), text, violation.message());
            return null;
        }
    }
}
