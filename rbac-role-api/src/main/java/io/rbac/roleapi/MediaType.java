package io.rbac.roleapi;

import io.rbac.model.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at what the body of a request is said to be. */
final class MediaType {

    private static final String CHARSET = "charset=";

    private MediaType() {}

    /**
     * Does nothing if the body is said to be of the product's media type, in UTF-8. Where that is {@code
     * application/json}, nothing need be said.
     *
     * @throws Refusal (415) if it is not
     */
    static void require(Product product, RoleRequest request) {
        Optional<String> stated = request.header("content-type");
        if (stated.isEmpty() && product != Product.PULSE) {
            return;
        }
        List<String> parts = Arrays.stream(
                        stated.orElse("").toLowerCase(Locale.ROOT).split(";", -1))
                .map(String::strip)
                .toList();
        boolean isUtf8 = parts.stream()
                .filter(part -> part.startsWith(CHARSET))
                .allMatch(part ->
                        part.substring(CHARSET.length()).replace("\"", "").equals("utf-8"));
        if (!parts.get(0).equals(product.mediaType()) || !isUtf8) {
            throw new Refusal(new Fault(
                    415,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "",
                    (stated.isEmpty()
                                    ? "no media type is stated"
                                    : "the media type is " + Violation.quote(stated.get()))
                            + ": expected `" + product.mediaType() + "`"));
        }
    }
}
