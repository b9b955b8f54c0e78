package com.example.roleapi;

import io.rbac.model.Policy;
import io.rbac.roleapi.Caller;
import io.rbac.roleapi.RoleDialect;
import io.rbac.roleapi.RoleRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a host brings to the role API of one product. Here all of it is made up; a host replaces it by its own. */
interface Demo {

    /** All three products. */
    static List<Demo> all() {
        return List.of(new TrilletDemo(), new PulseDemo(), new FreyaDemo());
    }

    /** The product, with the options that the host chooses. */
    RoleDialect dialect();

    /** The account that there is at first, under the catalog of the host. */
    Policy firstPolicy(Instant now);

    /** Who makes a request, empty for somebody unknown. */
    Optional<Caller> caller(RoleRequest request);

    /** The path of the roles. */
    String roles();

    /** Whom a request may be made as, and how. */
    List<String> credentials();

    /** A command that creates a role. */
    String curl(String url);

    /**
     * Finds a caller by the token that a request bears. This map of tokens that everybody knows is what a host replaces:
     * by its sessions, its keys, or a check of the token's signature.
     */
    static Optional<Caller> bearer(RoleRequest request, Map<String, Caller> callers) {
        String scheme = "Bearer ";
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length()))
                .flatMap(value -> Optional.ofNullable(
                        callers.get(value.substring(scheme.length()).strip())));
    }
}
