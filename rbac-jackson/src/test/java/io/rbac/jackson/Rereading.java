package io.rbac.jackson;

import io.rbac.model.PolicyViolationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads and writes documents, and prints the results in ASCII. */
final class Rereading {

    private Rereading() {}

    public static void main(String[] args) throws IOException {
        System.out.println(summary());
    }

    static String summary() throws IOException {
        PolicyJson json = PolicyJson.selfContained();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        json.write(json.read(Documents.ACME.getBytes(StandardCharsets.UTF_8)), stream);
        Path file = Files.createTempFile("rbac", ".json");
        try {
            json.write(json.read(stream.toByteArray()), file);
            String refused;
            try {
                refused = "read " + json.read(Documents.acme("\"scope\": \"chat\"", "\"scope\": \"CHAT\""));
            } catch (PolicyViolationException e) {
                refused = e.getMessage();
            }
            byte[] written = Files.readAllBytes(file);
            return Arrays.equals(written, stream.toByteArray()) + " " + refused + " "
                    + HexFormat.of().formatHex(written);
        } finally {
            Files.delete(file);
        }
    }
}
