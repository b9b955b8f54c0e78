/** For tests of rbac and of applications that use it: assertions, an oracle, random policies, and a contract for stores. */
module io.rbac.test {
    requires transitive io.rbac.core;
    requires static transitive org.assertj.core;
    requires static transitive org.jspecify;

    exports io.rbac.test;
}
