package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Violation;
import io.rbac.review.PolicyReview;
import java.io.IOException;

/**
 * The answer of a policy to a question.
 *
 * @param question what was asked
 * @param allowed the answer
 * @param explanation why it is what it is
 */
record Answer(Question question, boolean allowed, ExplanationText explanation) {

    /** Asks a policy. */
    static Answer to(Question question, PolicyReview review, UnknownNames unknownNames) {
        boolean allowed = review.matrix().hasPermission(question.user(), question.permission(), question.target());
        return new Answer(
                question,
                allowed,
                new ExplanationText(
                        review.explain(question.user(), question.permission(), question.target()),
                        unknownNames.in(question)));
    }

    /** Returns an answer, or what is expected of one, as a word. */
    static String word(boolean allowed) {
        return allowed ? "allowed" : "denied";
    }

    /** Returns the answer as a word and a sentence. */
    String text() {
        return word(allowed) + ": " + Violation.quote(question.user()) + (allowed ? " may " : " may not ")
                + Violation.quote(question.permission()) + " at " + Question.quoted(question.target());
    }

    int exitCode() {
        return allowed ? ExitCode.YES : ExitCode.NO;
    }

    /** Writes the question and the answer. */
    void writeFields(JsonGenerator json) throws IOException {
        question.writeFields(json);
        json.writeBooleanField("allowed", allowed);
    }
}
