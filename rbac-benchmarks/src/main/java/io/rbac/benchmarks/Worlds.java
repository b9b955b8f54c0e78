package io.rbac.benchmarks;

import io.rbac.benchmarks.workload.Generator;
import io.rbac.benchmarks.workload.Size;
import io.rbac.benchmarks.workload.World;
import io.rbac.jackson.PolicyJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Finds the world that a parameter names: a size, or the file of a policy. */
final class Worlds {

    private static final String FILE = "file:";

    private Worlds() {}

    /** Returns the parameter that names a file. */
    static String parameter(Path policy) {
        return FILE + policy.toAbsolutePath();
    }

    static boolean isFile(String parameter) {
        return parameter.startsWith(FILE);
    }

    static World named(String name) {
        if (!isFile(name)) {
            return Generator.world(Size.named(name));
        }
        try {
            return World.of(PolicyJson.selfContained().read(Path.of(name.substring(FILE.length()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
