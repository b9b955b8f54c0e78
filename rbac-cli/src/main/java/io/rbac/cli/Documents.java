package io.rbac.cli;

import io.rbac.jackson.ExpectedAnswer;
import io.rbac.jackson.ExpectedAnswers;
import io.rbac.jackson.PolicyJson;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** Reads the files that are named on the command line. */
final class Documents {

    static final String STANDARD_INPUT = "-";

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
