package io.rbac.roleapi;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The target of a request, split and decoded: the segments of its path and the parameters of its query. */
final class RequestTarget {

    /** More than any operation accepts. */
    private static final int MAX_PARAMETERS = 32;

    /**
     * A parameter of a query.
     *
     * @param name the decoded name
     * @param value the decoded value, empty if there is none
     */
    record Parameter(String name, String value) {

        /** Returns the location of this parameter for a violation. */
        String location() {
            return ErrorDetail.PARAMETER + name;
        }

        /** Reports this parameter as unknown, unless reading is lenient. */
        void refuseUnknown(boolean lenient, Violation.Collector violations) {
            if (!lenient) {
                violations.add(
                        Code.UNKNOWN_FIELD, location(), name, Violation.quote(name) + " is not a parameter here");
            }
        }

        /** Reports this parameter as given twice. */
        void refuseRepeated(Violation.Collector violations) {
            violations.add(
                    Code.DUPLICATE_KEY, location(), null, "the parameter " + Violation.quote(name) + " is given twice");
        }
    }

    private final List<String> segments;
    private final List<Parameter> parameters;

    private RequestTarget(List<String> segments, List<Parameter> parameters) {
        this.segments = Collections.unmodifiableList(segments);
        this.parameters = Collections.unmodifiableList(parameters);
    }

    /**
     * Splits and decodes a target.
     *
     * @throws PolicyViolationException ({@link Code#MALFORMED}) if a percent sign is not followed by two hexadecimal
     *     digits, or the encoded bytes are not UTF-8; ({@link Code#LIMIT_EXCEEDED}) if there are more than 32
     *     parameters
     */
    static RequestTarget parse(String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        List<String> segments = new ArrayList<>();
        for (String segment : split(path, '/')) {
            segments.add(decode(segment));
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String parameter : split(question < 0 ? "" : target.substring(question + 1), '&')) {
            if (!parameter.isEmpty()) {
                parameters.add(parameter(parameter.replace('+', ' ')));
            }
            if (parameters.size() > MAX_PARAMETERS) {
                throw PolicyViolationException.of(Violation.of(
                        Code.LIMIT_EXCEEDED, "", null, "the query has more than " + MAX_PARAMETERS + " parameters"));
            }
        }
        return new RequestTarget(segments, parameters);
    }

    private static Parameter parameter(String encoded) {
        int equal = encoded.indexOf('=');
        return equal < 0
                ? new Parameter(decode(encoded), "")
                : new Parameter(decode(encoded.substring(0, equal)), decode(encoded.substring(equal + 1)));
    }

    private static List<String> split(String joined, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = joined.indexOf(separator); end >= 0; end = joined.indexOf(separator, start)) {
            parts.add(joined.substring(start, end));
            start = end + 1;
        }
        parts.add(joined.substring(start));
        return parts;
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '%') {
                int high = i + 2 < encoded.length ? hexadecimal(encoded[i + 1]) : -1;
                int low = high < 0 ? -1 : hexadecimal(encoded[i + 2]);
                if (low < 0) {
                    throw malformed(text, "has a percent sign without two hexadecimal digits");
                }
                bytes.put((byte) (high * 16 + low));
                i += 2;
            } else {
                bytes.put(encoded[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw malformed(text, "is not UTF-8");
        }
    }

    private static int hexadecimal(byte digit) {
        return digit >= '0' && digit <= '9'
                ? digit - '0'
                : digit >= 'a' && digit <= 'f'
                        ? digit - 'a' + 10
                        : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
    }

    private static PolicyViolationException malformed(String text, String what) {
        return PolicyViolationException.of(Violation.of(
                Code.MALFORMED, "", text, Violation.quote(text) + " in the target of the request " + what));
    }

    /** Returns the segments of the path; the first is empty if the path begins with a slash. */
    List<String> segments() {
        return segments;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /**
     * Checks that there are no parameters, unless reading is lenient.
     *
     * @throws PolicyViolationException ({@link Code#UNKNOWN_FIELD}) for each parameter
     */
    void requireNoParameters(boolean lenient) {
        Violation.Collector violations = new Violation.Collector();
        parameters.forEach(parameter -> parameter.refuseUnknown(lenient, violations));
        violations.throwIfAny();
    }
}
