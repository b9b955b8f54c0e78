package io.rbac.roleapi;

import io.rbac.model.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks the media type of a request's body. */
final class MediaType {

    private static final String CHARSET = "charset=";

    private MediaType() {}

    /**
     * Checks that the body has the product's media type, in UTF-8. The header may be absent if that is {@code
     * application/json}.
     *
     * @throws RequestRefusedException (415) if the body has another type
     */
    static void require(Product product, RoleRequest request) {
        Optional<String> given = request.header("content-type");
        if (given.isEmpty() && product != Product.PULSE) {
            return;
        }
        List<String> parts = Arrays.stream(
                        given.orElse("").toLowerCase(Locale.ROOT).split(";", -1))
                .map(String::strip)
                .toList();
        boolean isUtf8 = parts.stream()
                .filter(part -> part.startsWith(CHARSET))
                .allMatch(part ->
                        part.substring(CHARSET.length()).replace("\"", "").equals("utf-8"));
        if (!parts.get(0).equals(product.mediaType()) || !isUtf8) {
            throw new RequestRefusedException(new ErrorDetail(
                    415,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "",
                    (given.isEmpty() ? "no media type is given" : "the media type is " + Violation.quote(given.get()))
                            + ": expected `" + product.mediaType() + "`"));
        }
    }
}
