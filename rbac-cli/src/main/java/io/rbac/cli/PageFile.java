package io.rbac.cli;

import io.rbac.jackson.file.FileReplacement;
import io.rbac.model.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that a report is written to. */
final class PageFile {

    private static final String STANDARD_OUTPUT = "-";

    /** What every report has near its beginning, and a file that somebody else wrote has not. */
    private static final String MARK = "<meta name=\"generator\" content=\"rbac report\">";

    /** Within how many bytes the mark stands. */
    private static final int BEGINNING = 200;

    private final String name;
    private final Path path;

    private PageFile(String name, Path path) {
        this.name = name;
        this.path = path;
    }

    /**
     * Returns the file of a name, new or to be replaced. What exists is replaced only if it is a report, or empty: the likely
     * mistake is to name a policy here, and nobody else's page is to be lost either.
     *
     * @throws CommandFailure if no report can be written there
     */
    static PageFile named(String name) {
        if (name.equals(STANDARD_OUTPUT)) {
            throw new CommandFailure("`-` is no file, expected one to write the page to, such as `report.html`");
        }
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new CommandFailure(Violation.quote(name) + " is a directory, expected a file");
            }
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                throw new CommandFailure(Violation.quote(name) + " cannot be written: "
                        + Violation.quote(folder.toString()) + " is not a directory");
            }
            if (Files.exists(path) && !Files.isWritable(path)) {
                throw new AccessDeniedException(name);
            }
            if (Files.isRegularFile(path) && !isReport(path)) {
                throw new CommandFailure(Violation.quote(name)
                        + " exists and is no report: expected a new file, or a report to replace");
            }
            return new PageFile(name, path);
        } catch (InvalidPathException e) {
            throw new CommandFailure(Violation.quote(name) + " is not a file name");
        } catch (IOException e) {
            throw Documents.unwritable(name, e);
        }
    }

    private static boolean isReport(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
            return beginning.isEmpty() || beginning.contains(MARK);
        }
    }

    /**
     * Writes a page. It takes the place of an older one in one step, so that a reader, or whoever looks after a failure, finds
     * either of them whole.
     *
     * @throws CommandFailure if it cannot be written; a file that existed is as it was
     */
    void write(String page) {
        try {
            FileReplacement.replace(path, stream -> stream.write(page.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw Documents.unwritable(name, e);
        }
    }
}
