/** For tests of an application that uses rbac, with JUnit. */
module io.rbac.junit {
    requires io.rbac.jackson;
    requires transitive io.rbac.core;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports io.rbac.junit;
}
