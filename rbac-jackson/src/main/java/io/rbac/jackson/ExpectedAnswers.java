package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.ScopeTree;
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
 * "user:update", "target": "chat/c-42", "allowed": true } ] }}. A given parent of the target is {@code "in":
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

    private final DocumentScopes scopes;
    private final DocumentViolations violations = new DocumentViolations();
    private final List<ExpectedAnswer> answers = new ArrayList<>();

    private @Nullable String user;
    private @Nullable String permission;
    private @Nullable Target target;
    private @Nullable Target parent;
    private @Nullable Boolean allowed;

    private ExpectedAnswers(ScopeTree tree) {
        this.scopes = DocumentScopes.of(tree);
    }

    /**
     * Reads expected answers from a file, in its order, for the {@linkplain ScopeTree#standard() standard} scopes. There is at
     * least one.
     *
     * @throws PolicyViolationException with everything that is wrong with the file
     * @throws IOException if the file cannot be read
     */
    public static List<ExpectedAnswer> read(Path file) throws IOException {
        return read(file, ScopeTree.standard());
    }

    /**
     * Reads expected answers from a file, in its order. There is at least one.
     *
     * @param tree the scopes of the targets: those of the policy's catalog
     * @throws PolicyViolationException with everything that is wrong with the file
     * @throws IOException if the file cannot be read
     */
    public static List<ExpectedAnswer> read(Path file, ScopeTree tree) throws IOException {
        try (InputStream stream = Files.newInputStream(requireNonNull(file, "file"))) {
            return read(stream, tree);
        }
    }

    /**
     * Reads expected answers from a stream, up to its end, for the {@linkplain ScopeTree#standard() standard} scopes. There is
     * at least one. The stream is not closed.
     *
     * @throws PolicyViolationException with everything that is wrong with the document
     * @throws IOException if the stream throws it
     */
    public static List<ExpectedAnswer> read(InputStream stream) throws IOException {
        return read(stream, ScopeTree.standard());
    }

    /**
     * Reads expected answers from a stream, up to its end. There is at least one. The stream is not closed.
     *
     * @param tree the scopes of the targets: those of the policy's catalog
     * @throws PolicyViolationException with everything that is wrong with the document
     * @throws IOException if the stream throws it
     */
    public static List<ExpectedAnswer> read(InputStream stream, ScopeTree tree) throws IOException {
        ExpectedAnswers reader = new ExpectedAnswers(requireNonNull(tree, "tree"));
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
        if (parent != null && target != null && !canLieIn(target, parent)) {
            String message = Violation.quote(target.toString()) + " cannot lie in " + Violation.quote(parent.toString())
                    + ", whatever the policy says: expected another parent or none";
            violations.add(Code.PARENT_INVALID, tokens.pointer() + "/in", parent.toString(), message, location);
        } else if (violations.total() == before
                && user != null
                && permission != null
                && target != null
                && allowed != null) {
            int line = TextLocation.line(location);
            answers.add(
                    new ExpectedAnswer(user, permission, parent == null ? target : target.in(parent), allowed, line));
        }
    }

    private static boolean canLieIn(Target target, Target parent) {
        return !target.isAccount() && target.scope().canLieIn(parent.scope());
    }

    private void readField(Tokens tokens, String field) throws IOException {
        switch (field) {
            case "user" -> user = tokens.readString("the id of a user");
            case "permission" -> permission = tokens.readString("the key of a permission");
            case "target" -> target = scopes.readTarget(tokens);
            case "in" -> parent = scopes.readTarget(tokens);
            default -> allowed = tokens.readBoolean();
        }
    }
}
