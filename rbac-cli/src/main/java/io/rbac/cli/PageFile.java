package io.rbac.cli;

import io.rbac.model.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** A file that an HTML page is written to. */
final class PageFile {

    private static final String DOCTYPE = "<!doctype html";

    private final String name;
    private final Path path;

    private PageFile(String name, Path path) {
        this.name = name;
        this.path = path;
    }

    /**
     * Returns the file of a name, new or to be replaced. What exists is replaced only if it is an HTML page, or empty: the likely
     * mistake is to name a policy here.
     *
     * @throws CommandFailure if no page can be written there
     */
    static PageFile named(String name) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new CommandFailure(Violation.quote(name) + " is a directory, expected a file");
            }
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                throw new CommandFailure(
                        Violation.quote(name) + " cannot be written: " + Violation.quote(folder.toString())
                                + " is not a directory");
            }
            if (Files.isRegularFile(path) && !isPage(path)) {
                throw new CommandFailure(Violation.quote(name)
                        + " exists and is no HTML page: expected a new file, or a page to replace");
            }
            return new PageFile(name, path);
        } catch (InvalidPathException e) {
            throw new CommandFailure(Violation.quote(name) + " is not a file name");
        } catch (IOException e) {
            throw unwritable(name, e);
        }
    }

    private static boolean isPage(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            String start = new String(in.readNBytes(DOCTYPE.length()), StandardCharsets.ISO_8859_1);
            return start.isEmpty() || start.toLowerCase(Locale.ROOT).equals(DOCTYPE);
        }
    }

    /**
     * Writes a page.
     *
     * @throws CommandFailure if it cannot be written
     */
    void write(String page) {
        try {
            Files.writeString(path, page);
        } catch (IOException e) {
            throw unwritable(name, e);
        }
    }

    private static CommandFailure unwritable(String name, IOException e) {
        String reason = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
        return new CommandFailure(Violation.quote(name) + " cannot be written: " + SafeText.of(reason));
    }
}
