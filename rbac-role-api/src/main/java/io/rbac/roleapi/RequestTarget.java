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

/** The target of a request, taken apart and decoded: the segments of its path, then the parameters of its query. */
final class RequestTarget {

    /** A parameter of a query; its value is empty where it has none. */
    record Parameter(String name, String value) {

        /** The place of this parameter in a violation. */
        String place() {
            return Fault.PARAMETER + name;
        }

        /** Reports this parameter as one that nothing is known of, unless reading is lenient. */
        void refuseUnknown(boolean lenient, Violation.Collector faults) {
            if (!lenient) {
                faults.add(Code.UNKNOWN_FIELD, place(), name, Violation.quote(name) + " is not a parameter here");
            }
        }
    }

    private final List<String> segments;
    private final List<Parameter> parameters;

    private RequestTarget(List<String> segments, List<Parameter> parameters) {
        this.segments = Collections.unmodifiableList(segments);
        this.parameters = Collections.unmodifiableList(parameters);
    }

    /**
     * Takes a target apart.
     *
     * @throws PolicyViolationException ({@link Code#MALFORMED}) if a percent sign is not followed by two hexadecimal digits, or what is encoded is not UTF-8
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
                String spaced = parameter.replace('+', ' ');
                int equal = spaced.indexOf('=');
                parameters.add(new Parameter(
                        decode(equal < 0 ? spaced : spaced.substring(0, equal)),
                        equal < 0 ? "" : decode(spaced.substring(equal + 1))));
            }
        }
        return new RequestTarget(segments, parameters);
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(text.substring(start, end));
            start = end + 1;
        }
        parts.add(text.substring(start));
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

    /** The segments of the path; the first is empty where it begins with a slash. */
    List<String> segments() {
        return segments;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /**
     * Does nothing if there are no parameters, or reading is lenient.
     *
     * @throws PolicyViolationException for each that there is
     */
    void requireNoParameters(boolean lenient) {
        Violation.Collector faults = new Violation.Collector();
        parameters.forEach(parameter -> parameter.refuseUnknown(lenient, faults));
        faults.throwIfAny();
    }
}
