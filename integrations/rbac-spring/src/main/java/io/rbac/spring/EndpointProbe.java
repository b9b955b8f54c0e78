package io.rbac.spring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A user with no authority and no role, who asks the rules about URLs which of them covers an endpoint. Each of ours that is
 * asked says so and denies.
 */
final class EndpointProbe extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems = new ArrayList<>();

    EndpointProbe() {
        super(List.of());
        setAuthenticated(true);
    }

    /** Notes that a rule was asked, and what is wrong with it. */
    void add(@Nullable String problem) {
        if (problem != null) {
            problems.add(problem);
        }
    }

    List<String> problems() {
        return problems;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return "endpoint-probe";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
