package io.rbac.spring;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.PermissionRequirement;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import io.rbac.spring.DecisionSampler.Sample;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;

/** Finds out who asks, and from which matrix they are answered; decides by rules, and tells whoever wants to know. */
final class Decisions {

    private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();
    private static final String NOBODY = "nobody";

    private final PermissionEngine engine;
    private final AccountResolver accounts;
    private final UserResolver users;
    private final List<DecisionListener> listeners;
    private final DecisionSampler sampler;
    private final PermissionMatrix nobody;
    private final LongAdder hits = new LongAdder();

    Decisions(
            PermissionEngine engine,
            AccountResolver accounts,
            UserResolver users,
            List<DecisionListener> listeners,
            DecisionSampler sampler) {
        this.engine = engine;
        this.accounts = accounts;
        this.users = users;
        this.listeners = List.copyOf(listeners);
        this.sampler = sampler;
        this.nobody = PermissionMatrix.compile(Policy.builder()
                .account(NOBODY)
                .catalog(engine.catalog())
                .role(Role.builder(NOBODY, Scope.ACCOUNT)
                        .name(NOBODY)
                        .defaultRole(true)
                        .build())
                .build());
    }

    // who asks

    Asker asker(@Nullable Authentication authentication, CurrentRequest request) {
        if (authentication == null || !authentication.isAuthenticated() || TRUST.isAnonymous(authentication)) {
            return new Asker(null, null, request);
        }
        return new Asker(accounts.account(authentication, request), users.user(authentication), request);
    }

    /** Returns the matrix that somebody is answered from: one that denies everything if they are unknown. */
    PermissionMatrix matrix(Asker asker) {
        return asker.account == null || asker.user == null
                ? nobody
                : asker.request.pinned().matrix(engine, asker.account, hits).orElse(nobody);
    }

    /** Returns the matrix if that takes no wait, for somebody who is known. */
    Optional<PermissionMatrix> matrixInMemory(Asker asker) {
        return asker.request.pinned().inMemory(engine, requireNonNull(asker.account), hits);
    }

    /** Returns how often a request found an account in memory when it first asked about it. */
    long foundInMemory() {
        return hits.sum();
    }

    /** Returns the version that an answer is from, empty if there is no account. */
    @SuppressWarnings("ReferenceEquality") // asks whether it is this very instance
    Optional<Version> versionOf(PermissionMatrix matrix) {
        return matrix == nobody ? Optional.empty() : Optional.of(matrix.policy().version());
    }

    /** Who asks in which account. */
    record Asker(@Nullable String account, @Nullable String user, CurrentRequest request) {

        /** Returns whether there is nobody to ask about, or no account to ask. */
        boolean isUnknown() {
            return account == null || user == null;
        }
    }

    // rules

    PermissionDecision decide(
            @Nullable Authentication authentication,
            CurrentRequest request,
            PermissionRequirement requirement,
            Function<String, @Nullable String> values) {
        Sample sample = beginSample();
        try {
            Asker asker = asker(authentication, request);
            Target target = requirement.target(values).orElse(null);
            PermissionDecision decision = asker.isUnknown() || target == null
                    ? PermissionDecision.denied(asker.account, asker.user, requirement, target)
                    : decide(asker, matrix(asker), requirement, target);
            tell(decision);
            if (sample != null) {
                sample.decided(decision);
            }
            return decision;
        } catch (RuntimeException e) {
            if (sample != null) {
                sample.failed(e);
            }
            throw e;
        }
    }

    /** Decides about somebody who is known, and tells nobody but the engine. */
    PermissionDecision decide(Asker asker, PermissionMatrix matrix, PermissionRequirement requirement, Target target) {
        String account = requireNonNull(asker.account);
        String user = requireNonNull(asker.user);
        PermissionDecision decision = PermissionDecision.of(matrix, account, user, requirement, target);
        decision.lacking()
                .ifPresent(
                        lacking -> engine.reportDenial(PermissionDeniedException.of(account, user, lacking, target)));
        return decision;
    }

    /** Tells whoever wants to know of every decision. */
    void tell(PermissionDecision decision) {
        for (DecisionListener listener : listeners) {
            listener.decided(decision);
        }
    }

    /** Begins to observe a decision; null if it is not observed. */
    @Nullable
    Sample beginSample() {
        return sampler.begin();
    }
}
