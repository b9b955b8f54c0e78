package io.rbac.review;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Makes and reads cursors: the digest of a policy, a question about it, and the last answer that was given. */
final class Cursor {

    private final byte[] digest;
    private final byte[] question;

    Cursor(Policy policy, String[] parts) {
        this.digest = policy.digest().toString().getBytes(StandardCharsets.US_ASCII);
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(part.length()).append(':').append(part);
        }
        this.question = units(text.append('=').toString());
    }

    /**
     * Returns a string in bytes, each unit by itself: a question may name any string, and UTF-8 makes the same bytes of different
     * lone surrogates.
     */
    private static byte[] units(String text) {
        byte[] bytes = new byte[3 * text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                bytes[length++] = (byte) unit;
            } else {
                bytes[length++] = (byte) (0xE0 | unit >> 12);
                bytes[length++] = (byte) (0x80 | unit >> 6 & 0x3F);
                bytes[length++] = (byte) (0x80 | unit & 0x3F);
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Returns the cursor after an answer. */
    String at(String last) {
        byte[] text = last.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(digest, digest.length + question.length + text.length);
        System.arraycopy(question, 0, bytes, digest.length, question.length);
        System.arraycopy(text, 0, bytes, digest.length + question.length, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Returns the answer that a cursor stands after.
     *
     * @throws PolicyViolationException if it is of another policy ({@link Code#CONFLICT}) or question, or no cursor ({@link
     *     Code#MALFORMED})
     */
    String last(String cursor) {
        byte[] bytes = bytes(cursor);
        int start = digest.length + question.length;
        if (bytes.length < digest.length) {
            throw refusal(Code.MALFORMED, cursor, "it is none");
        }
        if (!Arrays.equals(bytes, 0, digest.length, digest, 0, digest.length)) {
            throw refusal(Code.CONFLICT, cursor, "it is of another version of the policy");
        }
        if (bytes.length < start || !Arrays.equals(bytes, digest.length, start, question, 0, question.length)) {
            throw refusal(Code.MALFORMED, cursor, "it is of another question");
        }
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static PolicyViolationException refusal(Code code, String cursor, String problem) {
        return PolicyViolationException.of(Violation.of(
                code,
                "/cursor",
                cursor,
                "the cursor " + Violation.quote(cursor) + " cannot be used: " + problem
                        + "; expected one that this question gave at this version"));
    }
}
