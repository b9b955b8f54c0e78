package io.rbac.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The source tree of the whole project, found from the working directory. */
final class SourceTree {
    private static final Path ROOT = root();

    private SourceTree() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("docs/semantics.md"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("expected the working directory in the source tree of the project");
            }
        }
        return folder;
    }

    /** Returns the text of a file. */
    static String read(String file) {
        return read(ROOT.resolve(file));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns every Java file below the folders of some patterns, in which a star stands for one folder of any name.
     */
    static List<Path> javaFiles(String... folderPatterns) {
        List<Path> files = new ArrayList<>();
        for (String pattern : folderPatterns) {
            for (Path folder : folders(pattern)) {
                try (Stream<Path> found = Files.walk(folder)) {
                    found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }

    private static List<Path> folders(String pattern) {
        List<Path> folders = List.of(ROOT);
        for (String step : pattern.split("/", -1)) {
            List<Path> next = new ArrayList<>();
            for (Path folder : folders) {
                next.addAll(subfolders(folder, step));
            }
            folders = next;
        }
        return folders;
    }

    private static List<Path> subfolders(Path folder, String step) {
        if (!step.equals("*")) {
            Path subfolder = folder.resolve(step);
            return Files.isDirectory(subfolder) ? List.of(subfolder) : List.of();
        }
        List<Path> subfolders = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, Files::isDirectory)) {
            found.forEach(subfolders::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return subfolders;
    }
}
