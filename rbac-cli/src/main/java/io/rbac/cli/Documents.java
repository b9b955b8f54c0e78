package io.rbac.cli;

import io.rbac.jackson.ExpectedAnswer;
import io.rbac.jackson.ExpectedAnswers;
import io.rbac.jackson.PolicyJson;
import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the documents that are named on the command line. */
final class Documents {

    static final String STANDARD_INPUT = "-";

    private final Terminal terminal;

    Documents(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Returns the policy in a file.
     *
     * @throws CommandFailure if it cannot be read or is not valid
     */
    Policy policy(String file) {
        try {
            return read(file);
        } catch (PolicyViolationException e) {
            throw refused(file, e);
        }
    }

    /**
     * Returns the policy in a file.
     *
     * @throws CommandFailure if it cannot be read
     * @throws PolicyViolationException if it is not valid
     */
    Policy read(String file) {
        PolicyJson format = PolicyJson.selfContained();
        return read(file, format::read, format::read);
    }

    /**
     * Returns the expected answers in a file.
     *
     * @throws CommandFailure if it cannot be read or is not valid
     */
    List<ExpectedAnswer> expectedAnswers(String file) {
        try {
            return read(file, ExpectedAnswers::read, ExpectedAnswers::read);
        } catch (PolicyViolationException e) {
            throw refused(file, e);
        }
    }

    /**
     * Returns the permission of a key.
     *
     * @throws CommandFailure for a key that the catalog lacks, with the nearest one
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
            throw new CommandFailure(Violation.quote(file) + " is not the name of a file");
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    Violation.quote(file) + " does not exist, expected a file or `-` for standard input");
        } catch (AccessDeniedException e) {
            throw new CommandFailure(Violation.quote(file) + " cannot be read: permission denied");
        } catch (IOException e) {
            throw new CommandFailure(name(file) + " cannot be read: " + SafeText.of(String.valueOf(e.getMessage())));
        }
    }

    private static CommandFailure refused(String file, PolicyViolationException refusal) {
        return new CommandFailure(lines(file, refusal), name(file) + " is not valid: " + count(refusal));
    }

    /** Returns one line for each violation. */
    static List<String> lines(String file, PolicyViolationException refusal) {
        List<String> lines = new ArrayList<>();
        for (Violation violation : refusal.violations()) {
            String path = violation.path().isEmpty() ? "" : " at " + SafeText.of(violation.path());
            lines.add(place(file, violation.line(), violation.column()) + ": " + violation.code() + path + ": "
                    + violation.message());
        }
        return lines;
    }

    /** Returns how many violations there are, and how many of them are listed where not all are. */
    static String count(PolicyViolationException refusal) {
        int listed = refusal.violations().size();
        return Counted.of(refusal.total(), "violation")
                + (listed < refusal.total() ? ", the first " + listed + " are listed" : "");
    }

    /** Returns {@code FILE:LINE:COLUMN}, without what is not known, that is zero. */
    static String place(String file, int line, int column) {
        String name = file.equals(STANDARD_INPUT) ? "<standard input>" : SafeText.of(file);
        return name + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
    }

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
