package io.rbac.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rbac.jackson.CatalogJson;
import io.rbac.jackson.ExpectedAnswer;
import io.rbac.jackson.ExpectedAnswers;
import io.rbac.jackson.InvariantsJson;
import io.rbac.jackson.PolicyJson;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.review.AccessInvariant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads the files that are named on the command line. */
final class Documents {

    static final String STANDARD_INPUT = "-";

    /** As much as the largest clusters have. */
    private static final int MAX_YAML = 1 << 28;

    private final Terminal terminal;

    Documents(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Does nothing if at most one of some files is standard input.
     *
     * @throws CommandFailure if several are
     */
    static void requireReadableOnce(List<String> files) {
        if (Collections.frequency(files, STANDARD_INPUT) > 1) {
            throw new CommandFailure("`-` is given twice, but standard input can be read only once");
        }
    }

    /**
     * Returns the policy in a file.
     *
     * @throws CommandFailure if the file cannot be read or is not valid
     */
    Policy policy(String file) {
        try {
            return read(file);
        } catch (PolicyViolationException e) {
            throw invalid(file, e);
        }
    }

    /**
     * Returns the policy in a file.
     *
     * @throws CommandFailure if the file cannot be read
     * @throws PolicyViolationException if the file is not valid
     */
    Policy read(String file) {
        PolicyJson format = PolicyJson.selfContained();
        return read(file, format::read, format::read);
    }

    /**
     * Returns the lines on which places of a valid policy are, as far as they are found: none in standard input or a pipe, which
     * was read already.
     *
     * @throws CommandFailure if the file cannot be read
     */
    Map<String, Integer> lines(String file, Set<String> places) {
        if (places.isEmpty() || file.equals(STANDARD_INPUT)) {
            return Map.of();
        }
        return read(
                file,
                path -> {
                    if (!Files.isRegularFile(path)) {
                        return Map.of(); // to open a pipe again would wait for a writer
                    }
                    try (InputStream in = Files.newInputStream(path)) {
                        return DocumentPlaces.lines(in, places);
                    }
                },
                in -> Map.of());
    }

    /**
     * Returns the lines of a file in UTF-8.
     *
     * @throws CommandFailure if the file cannot be read or is not in UTF-8
     */
    List<String> lines(String file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(file)))
                    .toString();
            return text.lines().toList();
        } catch (CharacterCodingException e) {
            throw new CommandFailure(name(file) + " is not valid UTF-8");
        }
    }

    /**
     * Returns the catalog in a file.
     *
     * @throws CommandFailure if the file cannot be read or is not valid
     */
    PermissionCatalog catalog(String file) {
        try {
            return CatalogJson.read(new ByteArrayInputStream(bytes(file)));
        } catch (PolicyViolationException e) {
            throw invalid(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the invariants in a document, whose permissions and targets are those of a policy.
     *
     * @param file the file that has the document, for messages
     * @throws CommandFailure if the document is not valid
     */
    static List<AccessInvariant> invariants(byte[] document, String file, Policy policy) {
        try {
            return InvariantsJson.read(new ByteArrayInputStream(document), policy.catalog());
        } catch (PolicyViolationException e) {
            throw invalid(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the JSON value in a file: an object as a map, an array as a list.
     *
     * @throws CommandFailure if the file cannot be read or has not one value without duplicate names
     */
    Object json(String file) {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try {
            return mapper.readValue(bytes(file), Object.class);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw new CommandFailure(
                    (place == null ? shown(file) : location(file, place.getLineNr(), place.getColumnNr())) + ": "
                            + SafeText.of(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the documents of a YAML file: maps, lists and values without types of their own.
     *
     * @throws CommandFailure if the file cannot be read or is not YAML, has duplicate names, or is made to grow
     */
    List<@Nullable Object> yaml(String file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(MAX_YAML);
        List<@Nullable Object> documents = new ArrayList<>();
        try {
            String text = String.join("\n", lines(file));
            new Yaml(new SafeConstructor(options)).loadAll(text).forEach(documents::add);
            return documents;
        } catch (MarkedYAMLException e) {
            Mark place = e.getProblemMark();
            throw new CommandFailure(
                    (place == null ? shown(file) : location(file, place.getLine() + 1, place.getColumn() + 1)) + ": "
                            + SafeText.of(String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            throw new CommandFailure(shown(file) + ": " + SafeText.of(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Returns the bytes of a file.
     *
     * @throws CommandFailure if the file cannot be read
     */
    byte[] bytes(String file) {
        return read(file, Files::readAllBytes, InputStream::readAllBytes);
    }

    /**
     * Returns the expected answers in a file, whose targets are named by some scopes.
     *
     * @throws CommandFailure if the file cannot be read or is not valid
     */
    List<ExpectedAnswer> expectedAnswers(String file, ScopeTree scopes) {
        try {
            return read(
                    file, path -> ExpectedAnswers.read(path, scopes), stream -> ExpectedAnswers.read(stream, scopes));
        } catch (PolicyViolationException e) {
            throw invalid(file, e);
        }
    }

    /**
     * Returns the permission with a key.
     *
     * @throws CommandFailure if the catalog has no such permission
     */
    static Permission permission(Policy policy, String key) {
        try {
            return policy.catalog().permission(key);
        } catch (PolicyViolationException e) {
            throw new CommandFailure(e.violations().get(0).message());
        }
    }

    private <T> T read(String file, PathReader<T> paths, StreamReader<T> streams) {
        try {
            if (file.equals(STANDARD_INPUT)) {
                return streams.read(terminal.in());
            }
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new CommandFailure(Violation.quote(file) + " is a directory, expected a file");
            }
            return paths.read(path);
        } catch (InvalidPathException e) {
            throw new CommandFailure(Violation.quote(file) + " is not a file name");
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    Violation.quote(file) + " does not exist, expected a file or `-` for standard input");
        } catch (AccessDeniedException e) {
            throw new CommandFailure(Violation.quote(file) + " cannot be read: permission denied");
        } catch (IOException e) {
            throw new CommandFailure(name(file) + " cannot be read: " + SafeText.of(String.valueOf(e.getMessage())));
        }
    }

    /** Returns that a file cannot be written. */
    static CommandFailure unwritable(String file, IOException e) {
        return new CommandFailure(Violation.quote(file) + " cannot be written: " + SafeText.of(reason(e)));
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : null;
        return reason == null ? String.valueOf(e.getMessage()) : reason;
    }

    private static CommandFailure invalid(String file, PolicyViolationException refusal) {
        ViolationReport report = ViolationReport.of(file, refusal);
        return new CommandFailure(report, name(file) + " is not valid: " + report.count());
    }

    /** Returns {@code FILE:LINE:COLUMN}; a line or column of zero is unknown and left out. */
    static String location(String file, int line, int column) {
        return shown(file) + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
    }

    /** Returns the name of a file at the beginning of a line. */
    static String shown(String file) {
        return file.equals(STANDARD_INPUT) ? "<standard input>" : SafeText.of(file);
    }

    /** Returns the name of a file within a sentence. */
    static String name(String file) {
        return file.equals(STANDARD_INPUT) ? "standard input" : Violation.quote(file);
    }

    @FunctionalInterface
    private interface PathReader<T> {
        T read(Path path) throws IOException;
    }

    @FunctionalInterface
    private interface StreamReader<T> {
        T read(InputStream in) throws IOException;
    }
}
