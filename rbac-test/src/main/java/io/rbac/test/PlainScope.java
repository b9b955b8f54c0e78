package io.rbac.test;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scope of a plain policy. Two scopes are equal if their names, levels and nesting are, or if both are the account's
 * own, which is the account in every tree (S5).
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param name its name
 * @param level how many scopes of its tree are wider; zero for the account's own
 * @param nests whether a target of it may lie in another one of it
 * @since 0.1
 */
public record PlainScope(String name, int level, boolean nests) {

    /** The account as a whole. */
    public static final PlainScope ACCOUNT = new PlainScope("account", 0, false);

    /** A team, in the standard tree. */
    public static final PlainScope TEAM = new PlainScope("team", 1, false);

    /** A chat, in the standard tree. */
    public static final PlainScope CHAT = new PlainScope("chat", 2, false);

    private static final List<PlainScope> STANDARD = List.of(ACCOUNT, TEAM, CHAT);
    private static final String NESTS = "*";

    public PlainScope {
        requireNonNull(name, "name");
    }

    /** Returns the standard tree: account, team, chat. */
    public static List<PlainScope> standard() {
        return STANDARD;
    }

    /** Returns the tree of these scopes, widest first; a star after a name says that it nests: {@code folder*}. */
    public static List<PlainScope> tree(String... names) {
        List<PlainScope> tree = new ArrayList<>();
        for (String name : names) {
            boolean nests = name.endsWith(NESTS);
            String bare = nests ? name.substring(0, name.length() - NESTS.length()) : name;
            tree.add(new PlainScope(bare, tree.size(), nests));
        }
        return List.copyOf(tree);
    }

    /** Returns whether this is the account's own. */
    public boolean isAccount() {
        return level == 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlainScope that
                && level == that.level
                && (level == 0 || (name.equals(that.name) && nests == that.nests));
    }

    @Override
    public int hashCode() {
        return level == 0 ? 0 : name.hashCode() + level;
    }

    /** Returns the name, with a star if the scope nests. */
    @Override
    public String toString() {
        return nests ? name + NESTS : name;
    }
}
