package com.example.roleapi;

import io.rbac.policy.Policy;
import io.rbac.roleapi.Caller;
import io.rbac.roleapi.RoleDialect;
import io.rbac.roleapi.RoleRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a host adds to the role API of one product. Everything here is made up, for a host to replace. */
interface Demo {

    /** Returns the demos of all three products. */
    static List<Demo> all() {
        return List.of(new TrilletDemo(), new PulseDemo(), new FreyaDemo());
    }

    /** Returns the product with the options that the host chooses. */
    RoleDialect dialect();

    /** Returns the account that exists at first, with the catalog of the host. */
    Policy firstPolicy(Instant now);

    /** Returns who makes a request, or nothing if that is not known. */
    Optional<Caller> caller(RoleRequest request);

    /** Returns the path of the roles. */
    String roles();

    /** Returns the headers that a request can be authenticated with, human-readable. */
    List<String> credentials();

    /** Returns a command that creates a role. */
    String curl(String url);

    /**
     * Finds a caller by the bearer token of a request. A host replaces this map of public tokens: by its sessions, its
     * keys, or a check of the signature of the token.
     */
    static Optional<Caller> bearer(RoleRequest request, Map<String, Caller> callers) {
        String scheme = "Bearer ";
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length()))
                .flatMap(value -> find(value.substring(scheme.length()).strip(), callers));
    }

    /**
     * Finds a caller by their token. It is compared with every known one, each in constant time, so that the time of
     * the response does not tell how much of a guess is right.
     */
    static Optional<Caller> find(String token, Map<String, Caller> callers) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        Optional<Caller> found = Optional.empty();
        for (Map.Entry<String, Caller> caller : callers.entrySet()) {
            if (MessageDigest.isEqual(given, caller.getKey().getBytes(StandardCharsets.UTF_8))) {
                found = Optional.of(caller.getValue());
            }
        }
        return found;
    }
}
