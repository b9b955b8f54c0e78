package io.rbac.jackson;

/** A class that no document may initialize: if one does, the test that checks it fails. */
final class Canary {

    static {
        System.setProperty("io.rbac.jackson.canary", "alive");
    }

    private Canary() {}
}
