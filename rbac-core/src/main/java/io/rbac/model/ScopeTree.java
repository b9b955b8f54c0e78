package io.rbac.model;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of an application, widest first: 1 to 8 of them, of which the first is the account's own. The {@linkplain
 * #standard() standard} tree is account, team, chat.
 *
 * <p>A target lies in exactly one <em>parent</em>: the account, a target of a wider scope or, if its scope nests, one of
 * its own scope. Its <em>path</em> is the target itself, its parent, and so on up to the account: at most 16 targets.
 *
 * <pre>{@code
 * ScopeTree tree = ScopeTree.builder().scope("org").nestingScope("folder").scope("page").build();
 * Scope folder = tree.scope("folder");
 * Target drafts = Target.of(folder, "drafts");
 * Target same = tree.target("folder/drafts");
 * }</pre>
 *
 * <p>Two trees are equal if the names and nesting of their scopes are equal, in the same order. This class is immutable
 * and thread-safe.
 *
 * @since 0.1
 */
public final class ScopeTree {

    /** The maximum number of scopes of a tree. */
    public static final int MAX_SCOPES = 8;

    /** The maximum number of targets on a path, counting the target itself and the account. */
    public static final int MAX_PATH = 16;

    private static final ScopeTree STANDARD = new ScopeTree(List.of(Scope.ACCOUNT, Scope.TEAM, Scope.CHAT));

    private final List<Scope> scopes;
    private final Map<String, Scope> byName = new LinkedHashMap<>();

    private ScopeTree(List<Scope> scopes) {
        this.scopes = List.copyOf(scopes);
        scopes.forEach(scope -> byName.put(scope.name(), scope));
        byName.put(Scope.ACCOUNT.name(), scopes.get(0));
    }

    /** Returns the standard tree: account, team, chat, none of which nests. */
    public static ScopeTree standard() {
        return STANDARD;
    }

    /** Returns a builder; the account's own scope comes first. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the scopes, widest first. */
    public List<Scope> scopes() {
        return scopes;
    }

    /** Returns the account's own scope, the first one. */
    public Scope account() {
        return scopes.get(0);
    }

    /** Returns the scope with this name, or empty if there is none; {@code account} is the account's own in every tree. */
    public Optional<Scope> find(String name) {
        return Optional.ofNullable(byName.get(requireNonNull(name, "name")));
    }

    /**
     * Returns the scope with this name; {@code account} is the account's own in every tree.
     *
     * @throws PolicyViolationException ({@link Code#SCOPE_INVALID}) if there is none
     */
    public Scope scope(String name) {
        return find(name)
                .orElseThrow(() -> PolicyViolationException.of(Violation.of(
                        Code.SCOPE_INVALID,
                        "",
                        name,
                        Violation.quote(name) + " is not a scope: expected one of " + names(scopes))));
    }

    /** Returns whether a scope is one of this tree. */
    public boolean contains(Scope scope) {
        return scope.level() < scopes.size() && scopes.get(scope.level()).equals(scope);
    }

    /**
     * Returns the target that a string names: {@code SCOPE/ID}, or the account by {@code account} or the name of its own
     * scope. Everything after the first slash is the id, unchanged.
     *
     * @throws PolicyViolationException ({@link Code#MALFORMED}) if the string is none of these
     */
    public Target target(String text) {
        requireNonNull(text, "text");
        int slash = text.indexOf('/');
        Scope scope = byName.get(slash < 0 ? text : text.substring(0, slash));
        if (scope != null && slash < 0 == scope.isAccount() && slash < text.length() - 1) {
            return slash < 0 ? Target.account() : Target.of(scope, text.substring(slash + 1));
        }
        throw PolicyViolationException.of(Violation.of(
                Code.MALFORMED, "", text, Violation.quote(text) + " is not a target: expected " + targetForms()));
    }

    private String targetForms() {
        StringBuilder forms = new StringBuilder();
        for (Scope scope : scopes) {
            boolean isLast = scope.level() == scopes.size() - 1;
            forms.append(scope.isAccount() ? "" : isLast ? " or " : ", ")
                    .append('`')
                    .append(scope.name())
                    .append(scope.isAccount() ? "`" : "/ID`");
        }
        return forms.toString();
    }

    /** Returns names of scopes for a message. */
    static String names(Iterable<Scope> scopes) {
        List<String> names = new ArrayList<>();
        scopes.forEach(scope -> names.add('`' + scope.name() + '`'));
        return String.join(", ", names);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof ScopeTree that
                        && scopes.equals(that.scopes)
                        && account().name().equals(that.account().name());
    }

    @Override
    public int hashCode() {
        return scopes.hashCode();
    }

    /** Returns the scopes in human-readable form: {@code org > folder > folder > page}. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        for (Scope scope : scopes) {
            names.add(scope.nests() ? scope.name() + " > " + scope.name() : scope.name());
        }
        return String.join(" > ", names);
    }

    /**
     * Builder for a {@link ScopeTree}.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,30}");

        /** What stands beside a target in a document, so that no scope can have this name. */
        private static final String RESERVED = "in";

        private final List<Scope> scopes = new ArrayList<>();

        private Builder() {}

        /** Adds a scope that is narrower than those before; the first is the account's own. */
        public Builder scope(String name) {
            return add(name, false);
        }

        /** Adds a scope that is narrower than those before, and whose targets may lie in one another. */
        public Builder nestingScope(String name) {
            return add(name, true);
        }

        private Builder add(String name, boolean nests) {
            scopes.add(new Scope(requireNonNull(name, "name"), scopes.size(), nests));
            return this;
        }

        /**
         * Returns the tree.
         *
         * @throws PolicyViolationException if there is no scope or the account's own nests ({@link Code#SCOPE_INVALID}),
         *     for more than {@value #MAX_SCOPES} scopes ({@link Code#LIMIT_EXCEEDED}), for every name that is not a
         *     letter from a to z with at most 30 such letters, digits, {@code _} and {@code -} behind it, or that has a
         *     meaning of its own: {@code in} anywhere, {@code account} below the account ({@link Code#ID_INVALID}), and
         *     for every name that is given twice ({@link Code#DUPLICATE_ID}); paths are those of the policy document
         */
        public ScopeTree build() {
            Violation.Collector violations = new Violation.Collector();
            String path = Violation.pointer("scopes");
            if (scopes.isEmpty()) {
                violations.add(Code.SCOPE_INVALID, path, null, "no scope is given: expected the account's own");
            }
            if (scopes.size() > MAX_SCOPES) {
                violations.add(
                        Code.LIMIT_EXCEEDED,
                        path,
                        Integer.toString(scopes.size()),
                        "there are " + scopes.size() + " scopes: at most " + MAX_SCOPES + " are allowed");
            } else {
                scopes.forEach(scope -> check(scope, path + '/' + scope.level(), violations));
            }
            violations.throwIfAny();
            return new ScopeTree(scopes);
        }

        private void check(Scope scope, String path, Violation.Collector violations) {
            String name = scope.name();
            if (!NAME.matcher(name).matches()) {
                violations.add(
                        Code.ID_INVALID,
                        path + "/scope",
                        name,
                        Violation.quote(name) + " is not the name of a scope: expected a letter from `a` to `z` and at"
                                + " most 30 letters, digits, `_` and `-` behind it");
            } else if (name.equals(RESERVED) || name.equals(Scope.ACCOUNT.name()) && !scope.isAccount()) {
                violations.add(
                        Code.ID_INVALID,
                        path + "/scope",
                        name,
                        Violation.quote(name) + " has a meaning of its own: expected another name");
            }
            for (Scope wider : scopes.subList(0, scope.level())) {
                if (wider.name().equals(name)) {
                    violations.add(
                            Code.DUPLICATE_ID,
                            path + "/scope",
                            name,
                            "scope " + Violation.quote(name) + " is given twice: first at `/scopes/" + wider.level()
                                    + "/scope`");
                    break;
                }
            }
            if (scope.isAccount() && scope.nests()) {
                violations.add(
                        Code.SCOPE_INVALID,
                        path + "/nests",
                        name,
                        "the account's own scope nests: an account does not lie in another one");
            }
        }
    }
}
