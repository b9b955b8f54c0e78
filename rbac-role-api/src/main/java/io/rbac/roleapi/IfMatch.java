package io.rbac.roleapi;

import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The precondition of an edit: the versions that the header {@code If-Match} names (RFC 9110, section 13.1.1). */
final class IfMatch {

    private static final String HEADER = "if-match";
    private static final String ANY = "*";

    /** An entity tag and the comma after it; lists may have empty elements. */
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t,]*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\uffff]*)\"[ \\t]*(?:,|$)");

    private static final Pattern REST = Pattern.compile("[ \\t,]*");

    private final String header;

    /** The entity tags, {@code null} if every version will do. */
    private final @Nullable List<String> tags;

    private IfMatch(String header, @Nullable List<String> tags) {
        this.header = header;
        this.tags = tags;
    }

    /**
     * Reads the header of a request. Without one, and with {@code *}, every version will do: whether there is what the request
     * is about is answered anyway.
     *
     * @throws RequestRefusedException (400) if the header is not of its form: it is never ignored
     */
    static IfMatch of(RoleRequest request, DialectOptions options) {
        List<String> lines = request.headers().getOrDefault(HEADER, List.of());
        String header = String.join(", ", lines).strip();
        if (lines.isEmpty() || header.equals(ANY)) {
            return new IfMatch(header, null);
        }
        List<String> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(header);
        int end = 0;
        boolean isEmpty = true;
        while (matcher.find()) {
            // a weak tag matches nothing: to edit, what was read must be known exactly
            if (matcher.group(1) == null) {
                tags.add(matcher.group(2));
            }
            end = matcher.end();
            isEmpty = false;
        }
        if (isEmpty || !REST.matcher(header.substring(end)).matches()) {
            Violation violation = Violation.of(
                    Code.MALFORMED,
                    "",
                    header,
                    "the header `If-Match` is " + Violation.quote(header) + ": expected an entity tag in quotes");
            throw new RequestRefusedException(ErrorDetail.of(options.status(Code.MALFORMED, 400), violation));
        }
        return new IfMatch(header, tags);
    }

    /** Returns whether a version is one of those that are named. */
    boolean isMet(Version version) {
        return tags == null || tags.contains(version.toString());
    }

    /** Returns the refusal (412) of a request that names another version than there is. */
    RequestRefusedException refusal(DialectOptions options) {
        Violation violation = Violation.of(
                Code.CONFLICT,
                "",
                header,
                "the account has changed since: its version is not " + Violation.quote(header));
        return new RequestRefusedException(ErrorDetail.of(
                options.status(Code.CONFLICT, Violation.Kind.PRECONDITION_FAILED.httpStatus()), violation));
    }

    /** Returns the entity tag of a version. */
    static String tag(Version version) {
        return '"' + version.toString() + '"';
    }
}
