package io.rbac.spring.test;

/** The details of the authentication of a test's user: what resolvers are to find. */
record TestUser(String account, String user) {}
