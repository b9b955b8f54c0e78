package io.rbac.test;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a {@link PermissionMatrix}. A permission that the catalog lacks fails each of them: a misspelt one is denied
 * everywhere, and would prove nothing.
 *
 * <p>This class is not thread-safe.
 *
 * @since 0.1
 */
public final class PermissionMatrixAssert extends AbstractAssert<PermissionMatrixAssert, PermissionMatrix> {

    /** The system property that, if it is {@code true}, has {@link #isAsIn} write its file instead of comparing with it. */
    public static final String UPDATE = "rbac.golden.update";

    PermissionMatrixAssert(PermissionMatrix matrix) {
        super(matrix, PermissionMatrixAssert.class);
    }

    /** Fails unless a user has a permission at a target. */
    public PermissionMatrixAssert allows(String user, String permission, Target target) {
        isNotNull();
        requireKnown(permission);
        if (!actual.hasPermission(user, permission, target)) {
            throw failure(
                    "Expecting user `%s` to have `%s` at `%s`, but they have %s there",
                    user, permission, target, names(actual.rightsOf(user, target)));
        }
        return this;
    }

    /** Fails if a user has a permission at a target. */
    public PermissionMatrixAssert denies(String user, String permission, Target target) {
        isNotNull();
        requireKnown(permission);
        if (actual.hasPermission(user, permission, target)) {
            throw failure("Expecting user `%s` not to have `%s` at `%s`, but they have it", user, permission, target);
        }
        return this;
    }

    /** Fails unless a user has these permissions at a target and no others. */
    public PermissionMatrixAssert hasExactlyRights(String user, Target target, String... permissions) {
        isNotNull();
        for (String permission : permissions) {
            requireKnown(permission);
        }
        Rights expected = actual.policy().catalog().rights(permissions);
        Rights rights = actual.rightsOf(user, target);
        if (!rights.equals(expected)) {
            throw failure(
                    "Expecting user `%s` to have exactly %s at `%s`, but they lack %s and also have %s",
                    user, names(expected), target, names(expected.minus(rights)), names(rights.minus(expected)));
        }
        return this;
    }

    /**
     * Fails unless a file says what every known user may do at every known target, as this matrix does: one line for each
     * user and target, so that a change of a policy or a role is read in the diff of the file. With the system property
     * {@value #UPDATE} set to {@code true}, the file is written instead.
     *
     * @throws UncheckedIOException if the file cannot be read or written
     */
    public PermissionMatrixAssert isAsIn(Path file) {
        isNotNull();
        requireNonNull(file, "file");
        List<String> lines = lines(actual);
        try {
            if (Boolean.getBoolean(UPDATE)) {
                Files.write(file, lines);
            } else if (!Files.exists(file)) {
                throw failure("Expecting the file %s, which does not exist: -D%s=true writes it", file, UPDATE);
            } else {
                compare(file, Files.readAllLines(file), lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private void compare(Path file, List<String> expected, List<String> found) {
        if (!expected.equals(found)) {
            List<String> missing = new ArrayList<>(expected);
            missing.removeAll(found);
            List<String> added = new ArrayList<>(found);
            added.removeAll(expected);
            throw failure(
                    "Expecting the matrix that is in %s (-D%s=true writes the new one):%s%s",
                    file,
                    UPDATE,
                    missing.stream().map(line -> "\n- " + line).collect(Collectors.joining()),
                    added.stream().map(line -> "\n+ " + line).collect(Collectors.joining()));
        }
    }

    /** Returns a line for each user and target at which they have a permission. */
    private static List<String> lines(PermissionMatrix matrix) {
        Policy policy = matrix.policy();
        List<Target> targets = new ArrayList<>(List.of(Target.account()));
        targets.addAll(policy.targets());
        List<String> lines = new ArrayList<>();
        for (String user : policy.users()) {
            for (Target target : targets) {
                Rights rights = matrix.rightsOf(user, target);
                if (!rights.isEmpty()) {
                    lines.add(user + " at " + target + ": "
                            + rights.stream().map(Permission::key).collect(Collectors.joining(", ")));
                }
            }
        }
        return lines;
    }

    private void requireKnown(String permission) {
        try {
            actual.policy().catalog().permission(permission);
        } catch (PolicyViolationException e) {
            throw failure("%s", e.violations().get(0).message());
        }
    }

    private static String names(Rights rights) {
        return rights.isEmpty()
                ? "nothing"
                : rights.stream().map(Permission::key).collect(Collectors.joining("`, `", "`", "`"));
    }
}
