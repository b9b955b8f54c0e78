package io.rbac.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of target that roles are assigned at: one level of a {@link ScopeTree}.
 *
 * <p>The constants are the scopes of the {@linkplain ScopeTree#standard() standard} tree. {@link #ACCOUNT} stands for
 * the account's own scope in every tree, whatever it is called there.
 *
 * <p>Two scopes are equal if their names, levels and nesting are equal, or if both are the account's own. This class is
 * immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Scope {

    /** The account as a whole. */
    public static final Scope ACCOUNT = new Scope("account", 0, false);

    /** One team of the account, including the chats that lie in it. */
    public static final Scope TEAM = new Scope("team", 1, false);

    /** One chat. */
    public static final Scope CHAT = new Scope("chat", 2, false);

    private static final Comparator<Scope> WIDEST_FIRST =
            Comparator.comparingInt(Scope::level).thenComparing(Scope::name);

    private final String name;
    private final int level;
    private final boolean nests;

    Scope(String name, int level, boolean nests) {
        this.name = name;
        this.level = level;
        this.nests = nests;
    }

    /** Returns the name, which documents and messages use: {@code account}, {@code team}, {@code chat}. */
    public String name() {
        return name;
    }

    /** Returns how many scopes of the tree are wider: zero for the account's own. */
    public int level() {
        return level;
    }

    /** Returns whether a target of this scope may lie in another one of this scope, as a folder in a folder. */
    public boolean nests() {
        return nests;
    }

    /** Returns whether this is the account's own scope. */
    public boolean isAccount() {
        return level == 0;
    }

    /** Returns whether a target of this scope may lie directly in a target of another scope of the same tree. */
    public boolean canLieIn(Scope parent) {
        return parent.level < level || nests && parent.level == level;
    }

    /** Returns an unmodifiable copy of some scopes, widest first. */
    static Set<Scope> widestFirst(Collection<Scope> scopes) {
        Set<Scope> ordered = new LinkedHashSet<>();
        scopes.stream().sorted(WIDEST_FIRST).forEach(ordered::add);
        return Collections.unmodifiableSet(ordered);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Scope that
                        && level == that.level
                        && (level == 0 || name.equals(that.name) && nests == that.nests);
    }

    @Override
    public int hashCode() {
        return level == 0 ? 0 : 31 * name.hashCode() + level;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
