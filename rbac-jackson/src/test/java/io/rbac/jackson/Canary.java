package io.rbac.jackson;

/** A class that no document may bring to life: its initialization fails the test that looks at it. */
final class Canary {

    static {
        System.setProperty("io.rbac.jackson.canary", "alive");
    }

    private Canary() {}
}
