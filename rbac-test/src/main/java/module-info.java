/** What the tests of rbac and of its users are written with: a naive oracle, random policies, later assertions. */
module io.rbac.test {
    requires transitive io.rbac.core;
    requires static transitive org.jspecify;

    exports io.rbac.test;
}
