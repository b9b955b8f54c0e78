package io.rbac.spring;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.PolicyEdit;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.PermissionRequirement;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.spring.DecisionSampler.Sample;
import io.rbac.spring.Decisions.Asker;
import io.rbac.spring.RequiresPermission.Match;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Asks what the current user of a reactive application may do: the twin of {@link Rbac}. As the bean {@code reactiveRbac} it is
 * for rules about URLs, and for controllers and services:
 *
 * <pre>{@code
 * exchanges.pathMatchers(DELETE, "/chats/{chatId}/**").access(rbac.permission("message:delete").at("chat/{chatId}"));
 * Mono<List<Chat>> shown = page.flatMap(chats -> rbac.filter("message:read", chats, chat -> Target.chat(chat.id())));
 * }</pre>
 *
 * <p>User and exchange are those of the subscriber. All questions of one exchange about one account are answered from one
 * revision, that which was current when the first was asked; what is asked outside an exchange is answered from the current
 * one. An account that is in memory is answered from there, in the thread that subscribes. Any other is loaded by a thread of
 * {@link Schedulers#boundedElastic()}, so no event loop ever waits for the store; the answer comes from that thread. A user who
 * is not authenticated, or for whom no account is found, is denied everything. If the store fails, an answer is an error, a
 * {@link io.rbac.engine.PolicyStoreException}.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
public final class ReactiveRbac {

    private final Rbac rbac;
    private final Decisions decisions;

    /** Whether a rule about URLs needs a variable of its pattern. */
    private volatile boolean hasPlaceholders;

    private ReactiveRbac(Rbac rbac) {
        this.rbac = rbac;
        this.decisions = rbac.decisions();
    }

    /**
     * Returns what asks in reactive code.
     *
     * @param rbac knows the engine, and finds account and user; its resolvers are called by event loops, and must not block
     */
    public static ReactiveRbac of(Rbac rbac) {
        return new ReactiveRbac(requireNonNull(rbac, "rbac"));
    }

    // rules about URLs

    /**
     * Returns a rule about URLs that needs a permission; {@link PlacedBy#at} says where.
     *
     * @throws InvalidRulesException if the catalog lacks it; the message names the nearest
     */
    public PlacedBy permission(String key) {
        return new PlacedBy(List.of(key), Match.ALL);
    }

    /** Returns a rule about URLs that needs all of these permissions; otherwise like {@link #permission}. */
    public PlacedBy allOf(String... keys) {
        return new PlacedBy(List.of(keys), Match.ALL);
    }

    /** Returns a rule about URLs that needs one of these permissions; otherwise like {@link #permission}. */
    public PlacedBy anyOf(String... keys) {
        return new PlacedBy(List.of(keys), Match.ANY);
    }

    // questions about the current user

    /** Returns what the current user may do, at the revision of this exchange. */
    public Mono<UserPermissions> user() {
        return currentUser().map(CurrentUser::permissions);
    }

    /** Returns the account of the current exchange, nothing if there is none or the user is not authenticated. */
    public Mono<String> account() {
        return asker().flatMap(asker -> Mono.justOrEmpty(asker.account()));
    }

    /**
     * Returns the version that this exchange is answered from, which {@code ResponseEntity.ok().eTag(...)} makes an entity tag
     * of; nothing if there is no account, or the user is not authenticated.
     */
    public Mono<Version> version() {
        return currentUser().flatMap(user -> Mono.justOrEmpty(decisions.versionOf(user.matrix())));
    }

    /**
     * Returns an edit that expects the version which the header {@code If-Match} of the current exchange names, so that nobody
     * overwrites what they have not seen: {@code
     * rbac.ifMatch(edit).publishOn(Schedulers.boundedElastic()).map(engine::commit)} is answered with 412 if there is another.
     * Without the header, and with {@code *}, it is the edit as it is. What the account is at is found out in a thread that may
     * wait for the store.
     *
     * @return an error otherwise: an {@link IllegalStateException} if the subscriber handles no exchange, as the header cannot
     *     be known; a {@link io.rbac.model.PolicyViolationException}, of the code {@code CONFLICT} if the header names no
     *     version at all, which is never ignored, of {@code ACCOUNT_NOT_FOUND} if it names some and there is no such account;
     *     a {@link io.rbac.engine.PolicyStoreException} if the store fails
     */
    public Mono<PolicyEdit> ifMatch(PolicyEdit edit) {
        requireNonNull(edit, "edit");
        return Mono.deferContextual(context -> {
            CurrentRequest request = ExchangeValues.of(context);
            if (request == CurrentRequest.NONE) {
                return Mono.error(new IllegalStateException("the subscriber handles no exchange: expected one, whose"
                        + " header `If-Match` says what was read"));
            }
            List<String> headers = request.headers(HttpHeaders.IF_MATCH);
            return headers.isEmpty() ? Mono.just(edit) : whereItMayWait(() -> rbac.ifMatch(edit, headers));
        });
    }

    /** Returns whether the current user has a permission at the account. Otherwise like {@link Place#has}. */
    public Mono<Boolean> has(String permission) {
        return new Place(Target.account()).has(permission);
    }

    /**
     * Returns the place to ask about.
     *
     * @param scope the name of its scope
     * @param id its id: a string, or what converts to one; everything is denied at {@code null}
     * @throws IllegalArgumentException if the catalog has no such scope, or an id cannot be made of the value
     */
    public Place at(String scope, @Nullable Object id) {
        return new Place(rbac.target(scope, id));
    }

    /** Returns the place to ask about. */
    public Place at(Target target) {
        return new Place(requireNonNull(target, "target"));
    }

    /**
     * Returns those of some things at whose targets the current user has a permission, in their order: one question for a
     * whole page, however many things are on it.
     *
     * @param permission the key of the permission
     * @param things what is to be filtered
     * @param target finds the target of a thing
     * @throws IllegalArgumentException if the catalog lacks the permission
     */
    public <T> Mono<List<T>> filter(
            String permission, Collection<? extends T> things, Function<? super T, Target> target) {
        Permission known = rbac.known(permission);
        List<T> all = List.copyOf(things);
        return user().map(user -> Rbac.filter(user, known, all, target));
    }

    Mono<CurrentUser> currentUser() {
        return asker().flatMap(
                        asker -> matrix(asker).map(matrix -> new CurrentUser(asker.account(), asker.user(), matrix)));
    }

    Rbac rbac() {
        return rbac;
    }

    boolean hasPlaceholders() {
        return hasPlaceholders;
    }

    // decisions

    /** Returns what an authentication has, empty for none: nobody is asked about, too. */
    static Mono<Optional<Authentication>> orNobody(Mono<Authentication> authentication) {
        return authentication.map(Optional::of).defaultIfEmpty(Optional.empty());
    }

    Mono<PermissionDecision> decide(
            @Nullable Authentication authentication,
            CurrentRequest request,
            PermissionRequirement requirement,
            Function<String, @Nullable String> values) {
        return Mono.defer(() -> {
            Sample sample = decisions.beginSample();
            Mono<PermissionDecision> decision = Mono.defer(() -> {
                        Asker asker = decisions.asker(authentication, request);
                        Target target = requirement.target(values).orElse(null);
                        return asker.isUnknown() || target == null
                                ? Mono.just(
                                        PermissionDecision.denied(asker.account(), asker.user(), requirement, target))
                                : matrix(asker).map(matrix -> decisions.decide(asker, matrix, requirement, target));
                    })
                    .doOnNext(decisions::tell);
            return sample == null ? decision : observed(decision, sample);
        });
    }

    /** Ends a sample with whatever comes first: an exchange may be cancelled while an account is loaded. */
    private static Mono<PermissionDecision> observed(Mono<PermissionDecision> decision, Sample sample) {
        AtomicBoolean ended = new AtomicBoolean();
        return decision.doOnNext(made -> {
                    if (ended.compareAndSet(false, true)) {
                        sample.decided(made);
                    }
                })
                .doOnError(RuntimeException.class, failure -> {
                    if (ended.compareAndSet(false, true)) {
                        sample.failed(failure);
                    }
                })
                .doOnCancel(() -> {
                    if (ended.compareAndSet(false, true)) {
                        sample.failed(new CancellationException("the question was cancelled"));
                    }
                });
    }

    private Mono<Asker> asker() {
        return Mono.deferContextual(context -> orNobody(authentication())
                .map(found -> decisions.asker(found.orElse(null), ExchangeValues.of(context))));
    }

    /** Returns who is authenticated, nothing if nobody is. */
    static Mono<Authentication> authentication() {
        return ReactiveSecurityContextHolder.getContext()
                .flatMap(context -> Mono.justOrEmpty(context.getAuthentication()));
    }

    /** Returns the matrix that an exchange is answered from, without a wait in the thread that subscribes. */
    private Mono<PermissionMatrix> matrix(Asker asker) {
        if (asker.isUnknown()) {
            return Mono.just(decisions.matrix(asker));
        }
        return Mono.defer(() -> decisions
                .matrixInMemory(asker)
                .map(Mono::just)
                .orElseGet(() -> whereItMayWait(() -> decisions.matrix(asker))));
    }

    /** Works to the end although nobody may want it any more: others may wait for the same load. */
    private static <T> Mono<T> whereItMayWait(Supplier<T> work) {
        return Mono.fromFuture(
                () -> CompletableFuture.supplyAsync(
                        work, task -> Schedulers.boundedElastic().schedule(task)),
                true);
    }

    /** Returns what the bean asks, human-readable. */
    @Override
    public String toString() {
        return "Reactive " + rbac;
    }

    /**
     * A rule about URLs that lacks only its place.
     *
     * <p>This class is immutable and thread-safe.
     *
     * @since 0.1
     */
    public final class PlacedBy {

        private final List<String> keys;
        private final Match match;

        private PlacedBy(List<String> keys, Match match) {
            Requirements.check(rbac.catalog(), keys);
            this.keys = keys;
            this.match = match;
        }

        /**
         * Returns the rule that the permissions are needed at a place: {@code account}, or a scope and an id, such as {@code
         * chat/{chatId}}. The id is fixed, or a single placeholder for a variable of the pattern that the rule is for.
         *
         * @throws InvalidRulesException if the catalog has no such scope, or no role may hold a permission there
         */
        public ReactivePermissionRule at(String template) {
            PermissionRequirement requirement =
                    Requirements.of(rbac.catalog(), keys, match, requireNonNull(template, "template"));
            if (requirement.placeholder().isPresent()) {
                hasPlaceholders = true;
            }
            return new ReactivePermissionRule(ReactiveRbac.this, requirement);
        }

        /** Returns the permissions, human-readable. */
        @Override
        public String toString() {
            return keys.toString();
        }
    }

    /**
     * A target that the current user is asked about.
     *
     * <p>This class is thread-safe.
     *
     * @since 0.1
     */
    public final class Place {

        private final @Nullable Target target;

        private Place(@Nullable Target target) {
            this.target = target;
        }

        /**
         * Returns whether the current user has the permission with this key here.
         *
         * @throws IllegalArgumentException if the catalog lacks it: a misspelt key is not an ordinary denial
         */
        public Mono<Boolean> has(String permission) {
            Permission known = rbac.known(permission);
            Target place = target;
            return place == null ? Mono.just(false) : user().map(user -> user.has(known, place));
        }

        /** Returns whether the current user has all of these permissions here; otherwise like {@link #has}. */
        public Mono<Boolean> hasAll(String... permissions) {
            Rights rights = rbac.known(Arrays.asList(permissions));
            Target place = target;
            return place == null ? Mono.just(false) : user().map(user -> user.hasAll(rights, place));
        }

        /** Returns whether the current user has one of these permissions here; otherwise like {@link #has}. */
        public Mono<Boolean> hasAny(String... permissions) {
            Rights rights = rbac.known(Arrays.asList(permissions));
            Target place = target;
            return place == null ? Mono.just(false) : user().map(user -> user.hasAny(rights, place));
        }

        /** Returns all permissions that the current user has here: for a page that shows what can be done. */
        public Mono<Rights> rights() {
            Target place = target;
            return place == null ? Mono.just(rbac.catalog().noRights()) : user().map(user -> user.rightsAt(place));
        }

        /** Returns the target, human-readable. */
        @Override
        public String toString() {
            return String.valueOf(target);
        }
    }
}
