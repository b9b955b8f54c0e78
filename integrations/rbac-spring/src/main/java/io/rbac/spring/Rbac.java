package io.rbac.spring;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.matrix.PermissionRequirement;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.model.Violation.Code;
import io.rbac.spring.Decisions.Asker;
import io.rbac.spring.RequiresPermission.Match;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Asks what the current user may do. As the bean {@code rbac} it is for rules about URLs, for expressions, and for
 * controllers and services:
 *
 * <pre>{@code
 * requests.requestMatchers(DELETE, "/chats/{chatId}/**").access(rbac.permission("message:delete").at("chat/{chatId}"));
 * @PreAuthorize("@rbac.at('chat', #id).has('message:delete')")
 * List<Chat> shown = rbac.filter("message:read", page, chat -> Target.chat(chat.id()));
 * }</pre>
 *
 * <p>All questions of one request about one account are answered from one revision, that which was current when the first
 * was asked. What is asked outside a request is answered from the current revision. A user who is not authenticated, or for
 * whom no account is found, is denied everything. If the store fails, a question throws a {@link
 * io.rbac.engine.PolicyStoreException}.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
public final class Rbac {

    private final PermissionEngine engine;
    private final ConversionService conversions;
    private final Decisions decisions;
    private final SecurityContextHolderStrategy securityContext = SecurityContextHolder.getContextHolderStrategy();

    /** Whether a rule about URLs needs a variable of its pattern. */
    private volatile boolean hasPlaceholders;

    private Rbac(Builder builder) {
        this.engine = builder.engine;
        this.conversions = builder.conversions;
        this.decisions = new Decisions(engine, builder.accounts, builder.users, builder.listeners, builder.sampler);
    }

    /**
     * Returns a builder.
     *
     * @param engine answers the questions
     * @param accounts finds the account of a request
     */
    public static Builder builder(PermissionEngine engine, AccountResolver accounts) {
        return new Builder(requireNonNull(engine, "engine"), requireNonNull(accounts, "accounts"));
    }

    /** Returns the engine that answers. */
    public PermissionEngine engine() {
        return engine;
    }

    /**
     * Returns how often a request found an account in memory when it first asked about it, here or through a {@link
     * ReactiveRbac} of this; what is asked outside a request counts each time. What was not found is among the misses of the
     * {@linkplain PermissionEngine#statistics() engine}, with those of all other questions to it.
     */
    public long foundInMemory() {
        return decisions.foundInMemory();
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

    /** Returns what the current user may do, at the revision of this request. */
    public UserPermissions user() {
        return currentUser().permissions();
    }

    CurrentUser currentUser() {
        Asker asker = asker();
        return new CurrentUser(asker.account(), asker.user(), decisions.matrix(asker));
    }

    private Asker asker() {
        return decisions.asker(securityContext.getContext().getAuthentication(), CurrentRequest.get());
    }

    /** Returns the account of the current request, empty if there is none or the user is not authenticated. */
    public Optional<String> account() {
        return Optional.ofNullable(asker().account());
    }

    /**
     * Returns the version that this request is answered from, which {@code ResponseEntity.ok().eTag(...)} makes an entity tag
     * of; empty if there is no account, or the user is not authenticated.
     */
    public Optional<Version> version() {
        return decisions.versionOf(currentUser().matrix());
    }

    /**
     * Returns an edit that expects the version which the header {@code If-Match} of the current request names, so that nobody
     * overwrites what they have not seen: {@code engine.commit(rbac.ifMatch(edit))} is answered with 412 if there is another.
     * Without the header, and with {@code *}, it is the edit as it is.
     *
     * @throws IllegalStateException if the current thread handles no request: the header cannot be known
     * @throws PolicyViolationException ({@link Code#CONFLICT}) if the header names no version at all: it is never ignored;
     *     ({@link Code#ACCOUNT_NOT_FOUND}) if it names some and there is no such account
     */
    public PolicyEdit ifMatch(PolicyEdit edit) {
        requireNonNull(edit, "edit");
        CurrentRequest request = CurrentRequest.get();
        if (request == CurrentRequest.NONE) {
            throw new IllegalStateException(
                    "the current thread handles no request: expected one, whose header `If-Match` says what was read");
        }
        List<String> headers = request.headers(HttpHeaders.IF_MATCH);
        return headers.isEmpty() ? edit : ifMatch(edit, headers);
    }

    PolicyEdit ifMatch(PolicyEdit edit, List<String> headers) {
        return IfMatch.parse(String.join(", ", headers)).expectedBy(edit, engine);
    }

    /** Returns whether the current user has a permission at the account. Otherwise like {@link Place#has}. */
    public boolean has(String permission) {
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
        return new Place(target(scope, id));
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
    public <T> List<T> filter(String permission, Collection<? extends T> things, Function<? super T, Target> target) {
        Permission known = known(permission);
        return filter(user(), known, List.copyOf(things), target);
    }

    static <T> List<T> filter(
            UserPermissions user, Permission permission, List<T> things, Function<? super T, Target> target) {
        List<Target> targets = things.stream().<Target>map(target).toList();
        List<Target> allowed = user.filter(permission, targets);
        List<T> kept = new ArrayList<>(allowed.size());
        // equal targets have one answer, so the next target that equals the next allowed one is that
        for (int i = 0; kept.size() < allowed.size(); i++) {
            if (targets.get(i).equals(allowed.get(kept.size()))) {
                kept.add(things.get(i));
            }
        }
        return List.copyOf(kept);
    }

    /** Returns the target that {@link #at(String, Object)} is about, null for no id. */
    @Nullable
    Target target(String scope, @Nullable Object id) {
        Scope known = Requirements.scopeBelowAccount(engine.catalog(), scope).orElse(null);
        if (known == null) {
            throw new IllegalArgumentException(Requirements.noScopeBelowAccount(engine.catalog(), scope));
        }
        String text = id == null ? null : text(id);
        return text == null ? null : Target.of(known, text);
    }

    /** Returns the permission with this key; one that is unknown is a mistake of the program, never a denial. */
    Permission known(String key) {
        try {
            return engine.catalog().permission(key);
        } catch (PolicyViolationException e) {
            throw mistake(e);
        }
    }

    /** Returns the rights with these keys; otherwise like {@link #known(String)}. */
    Rights known(List<String> keys) {
        try {
            return engine.catalog().rights(keys);
        } catch (PolicyViolationException e) {
            throw mistake(e);
        }
    }

    private static IllegalArgumentException mistake(PolicyViolationException unknown) {
        return new IllegalArgumentException(unknown.violations().get(0).message(), unknown);
    }

    /** Returns the id that a value stands for. */
    @Nullable
    String text(Object id) {
        return id instanceof String text ? text : conversions.convert(id, String.class);
    }

    boolean hasPlaceholders() {
        return hasPlaceholders;
    }

    ConversionService conversions() {
        return conversions;
    }

    PermissionCatalog catalog() {
        return engine.catalog();
    }

    Decisions decisions() {
        return decisions;
    }

    /** Returns the number of accounts in memory, human-readable. */
    @Override
    public String toString() {
        return "Rbac over " + engine;
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
            Requirements.check(engine.catalog(), keys);
            this.keys = keys;
            this.match = match;
        }

        /**
         * Returns the rule that the permissions are needed at a place: {@code account}, or a scope and an id, such as {@code
         * chat/{chatId}}. The id is fixed, or a single placeholder for a variable of the pattern that the rule is for.
         *
         * @throws InvalidRulesException if the catalog has no such scope, or no role may hold a permission there
         */
        public PermissionRule at(String template) {
            PermissionRequirement requirement =
                    Requirements.of(engine.catalog(), keys, match, requireNonNull(template, "template"));
            if (requirement.placeholder().isPresent()) {
                hasPlaceholders = true;
            }
            return new PermissionRule(Rbac.this, requirement);
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
        public boolean has(String permission) {
            Permission known = known(permission);
            return target != null && user().has(known, target);
        }

        /** Returns whether the current user has all of these permissions here; otherwise like {@link #has}. */
        public boolean hasAll(String... permissions) {
            Rights rights = known(Arrays.asList(permissions));
            return target != null && user().hasAll(rights, target);
        }

        /** Returns whether the current user has one of these permissions here; otherwise like {@link #has}. */
        public boolean hasAny(String... permissions) {
            Rights rights = known(Arrays.asList(permissions));
            return target != null && user().hasAny(rights, target);
        }

        /** Returns all permissions that the current user has here: for a page that shows what can be done. */
        public Rights rights() {
            return target == null ? engine.catalog().noRights() : user().rightsAt(target);
        }

        /** Returns the target, human-readable. */
        @Override
        public String toString() {
            return String.valueOf(target);
        }
    }

    /**
     * Builder for an {@link Rbac}.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final PermissionEngine engine;
        private final AccountResolver accounts;
        private UserResolver users = Authentication::getName;
        private ConversionService conversions = DefaultConversionService.getSharedInstance();
        private final List<DecisionListener> listeners = new ArrayList<>();
        private DecisionSampler sampler = () -> null;

        private Builder(PermissionEngine engine, AccountResolver accounts) {
            this.engine = engine;
            this.accounts = accounts;
        }

        /** Sets what finds out who makes a request: by default, {@link Authentication#getName()}. */
        public Builder users(UserResolver newUsers) {
            users = requireNonNull(newUsers, "users");
            return this;
        }

        /** Sets what makes an id of a value that is not a string: by default, Spring's own conversions. */
        public Builder conversions(ConversionService newConversions) {
            conversions = requireNonNull(newConversions, "conversions");
            return this;
        }

        /** Adds a listener for every decision of an annotation or a rule. It should return soon and must not throw. */
        public Builder onDecision(DecisionListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /** Sets what observes some of these decisions: by default, nothing does. */
        public Builder sampler(DecisionSampler newSampler) {
            sampler = requireNonNull(newSampler, "sampler");
            return this;
        }

        /** Returns the bean. */
        public Rbac build() {
            return new Rbac(this);
        }
    }
}
