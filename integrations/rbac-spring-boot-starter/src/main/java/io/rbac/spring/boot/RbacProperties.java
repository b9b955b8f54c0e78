package io.rbac.spring.boot;

import io.rbac.spring.ProblemOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

/**
 * The properties of rbac.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @param catalog where the catalog is read from, unless it is a bean: {@code classpath:catalog.json}
 * @param invariants where invariants that no edit may break are read from, beside those that are beans: {@code
 *     classpath:invariants.json}
 * @param account how the account of a request is found, unless an {@code AccountResolver} is a bean
 * @param store where policies are kept, unless a {@code PolicyStore} is a bean
 * @param cache what is kept in memory
 * @param refresh how what other processes commit is seen
 * @param maxStaleness how old an answer may be; without it, answers go on while the store is away
 * @param guard which permissions an edit by a user needs, unless an {@code AdminGuard} is a bean
 * @param problem what a client learns of a denied request
 * @param roleApi which product's role API is mounted, and where
 * @param observations which decisions are observed
 * @since 0.1
 */
@ConfigurationProperties("rbac")
public record RbacProperties(
        @Nullable Resource catalog,
        @Nullable Resource invariants,
        @DefaultValue Account account,
        @DefaultValue Store store,
        @DefaultValue Cache cache,
        @DefaultValue Refresh refresh,
        @Nullable Duration maxStaleness,
        @DefaultValue Guard guard,
        @DefaultValue Problem problem,
        @DefaultValue RoleApi roleApi,
        @DefaultValue Observations observations) {

    /**
     * How the account of a request is found: by exactly one of these.
     *
     * @param fixed the id of the only account
     * @param claim the name of a claim of the user's token
     * @param pathVariable the name of a variable of the path
     * @param header the name of a header that a gateway sets and that no client can send past it
     * @since 0.1
     */
    public record Account(
            @Nullable String fixed,
            @Nullable String claim,
            @Nullable String pathVariable,
            @Nullable String header) {}

    /**
     * Where policies are kept.
     *
     * @param type the kind of store
     * @param file the file of a SQLite store
     * @param createSchema whether the tables are created where they are missing
     * @param timeout how long a question or a commit waits for the store
     * @since 0.1
     */
    public record Store(
            @DefaultValue("memory") Type type,
            @Nullable Path file,
            @DefaultValue("true") boolean createSchema,
            @DefaultValue("5s") Duration timeout) {

        /**
         * The kind of store.
         *
         * @since 0.1
         */
        public enum Type {
            /** In memory: everything is gone when the application ends. */
            MEMORY,
            /** In a file of SQLite. */
            SQLITE,
            /** In the application's data source, which is SQLite or PostgreSQL. */
            JDBC
        }
    }

    /**
     * What is kept in memory.
     *
     * @param maxSize how much all policies may take; a quarter of the maximum heap by default
     * @since 0.1
     */
    public record Cache(@Nullable DataSize maxSize) {}

    /**
     * How what other processes commit is seen.
     *
     * @param every how often the accounts in memory are compared with the store; never by default
     * @since 0.1
     */
    public record Refresh(@Nullable Duration every) {}

    /**
     * Which permissions an edit by a user needs. All three are set, or none.
     *
     * @param roles the permission to create, change and delete roles
     * @param memberships the permission to give and take roles
     * @param targets the permission to add, move and remove targets
     * @since 0.1
     */
    public record Guard(
            @Nullable String roles,
            @Nullable String memberships,
            @Nullable String targets) {

        /** Returns whether one of them is set. */
        boolean isSet() {
            return roles != null || memberships != null || targets != null;
        }
    }

    /**
     * What a client learns of a denied request.
     *
     * @param details what the body says
     * @param secretScopes the names of scopes whose targets do not exist for those who have no permission there: 404
     * @param retryAfter after which time a client should ask again if the store fails
     * @since 0.1
     */
    public record Problem(
            @DefaultValue("none") ProblemOptions.Details details,
            @DefaultValue Set<String> secretScopes,
            @DefaultValue("1s") Duration retryAfter) {}

    /**
     * Which product's role API is mounted, and where: the path of one of these, such as {@code /api/v1}. It needs {@code
     * rbac-role-api}.
     *
     * @param trillet the path of the role API of Trillet
     * @param pulse the path of the role API of Papershift Pulse
     * @param freya the path of the role API of Freya Voice
     * @since 0.1
     */
    public record RoleApi(
            @Nullable String trillet,
            @Nullable String pulse,
            @Nullable String freya) {}

    /**
     * Which decisions are observed with Micrometer.
     *
     * @param sampling the share of the decisions, from 0 for none to 1 for all
     * @since 0.1
     */
    public record Observations(@DefaultValue("0.01") double sampling) {}
}
