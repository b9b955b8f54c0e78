package io.rbac.roleapi;

import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A product whose role API is served: what its vendor documents, and a choice where the documents say nothing. */
enum Product {
    /** Roles of a workspace, listed with their users and deleted for good. */
    TRILLET("trillet", "/v1/api/roles-and-permissions", "application/json", "ApiKey", 400) {
        @Override
        PolicyRules rules() {
            return PolicyRules.builder()
                    .nameMax(null)
                    .allowsBlankNames(true)
                    .descriptionMax(null)
                    .scopes(Set.of(Scope.ACCOUNT))
                    .defaultScope(Scope.ACCOUNT)
                    .requiresRights(true)
                    .defaults(Scope.ACCOUNT, 0, null)
                    .deletion(Deletion.DELETE)
                    .build();
        }

        @Override
        AccessPlan access() {
            return AccessPlan.trillet();
        }

        @Override
        Supplier<String> ids() {
            return () -> hexadecimal(12);
        }

        @Override
        WireFormat wireFormat(DialectOptions options) {
            return new TrilletWireFormat(options);
        }
    },

    /** Roles of an account, its teams and its chats, which can be discarded and restored. */
    PULSE("pulse", "/api/v1", "application/vnd.api+json", "Bearer", 422) {
        @Override
        PolicyRules rules() {
            return PolicyRules.builder()
                    .allowsDescriptions(false)
                    .defaultScope(Scope.TEAM)
                    .build();
        }

        @Override
        AccessPlan access() {
            return AccessPlan.pulse();
        }

        @Override
        Supplier<String> ids() {
            return () -> UUID.randomUUID().toString();
        }

        @Override
        void requireScopes(ScopeTree scopes) {
            if (!scopes.equals(ScopeTree.standard())) {
                throw new IllegalArgumentException("`" + word() + "` has the scopes " + ScopeTree.standard()
                        + ", the catalog " + scopes + ": expected the same");
            }
        }

        @Override
        WireFormat wireFormat(DialectOptions options) {
            return new PulseWireFormat(options);
        }
    },

    /** Roles of a workspace, one for each member, which cannot be deleted while they are in use. */
    FREYA("freya", "/api/v2", "application/json", "Bearer", 400) {
        @Override
        PolicyRules rules() {
            return PolicyRules.builder()
                    .nameMax(60)
                    .allowsBlankNames(true)
                    .scopes(Set.of(Scope.ACCOUNT))
                    .defaultScope(Scope.ACCOUNT)
                    .defaults(Scope.ACCOUNT, 1, 1)
                    .rolesPerTarget(1)
                    .deletion(Deletion.REFUSE)
                    .allowsSystemRoleNames(false)
                    .allowsSystemRoleDefaults(false)
                    .build();
        }

        @Override
        AccessPlan access() {
            return AccessPlan.freya();
        }

        @Override
        Supplier<String> ids() {
            return () -> "role_" + hexadecimal(12);
        }

        @Override
        WireFormat wireFormat(DialectOptions options) {
            return new FreyaWireFormat(options);
        }
    };

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String word;
    private final String basePath;
    private final String mediaType;
    private final String challenge;
    private final int refusedStatus;

    Product(String word, String basePath, String mediaType, String challenge, int refusedStatus) {
        this.word = word;
        this.basePath = basePath;
        this.mediaType = mediaType;
        this.challenge = challenge;
        this.refusedStatus = refusedStatus;
    }

    private static String hexadecimal(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    abstract PolicyRules rules();

    abstract AccessPlan access();

    abstract Supplier<String> ids();

    /**
     * Requires that the product works on a scope tree; one that knows the account only works on every tree.
     *
     * @throws IllegalArgumentException if it does not
     */
    void requireScopes(ScopeTree scopes) {}

    abstract WireFormat wireFormat(DialectOptions options);

    /** Returns the name in lower case. */
    String word() {
        return word;
    }

    String basePath() {
        return basePath;
    }

    /** Returns the media type of the bodies of requests and responses. */
    String mediaType() {
        return mediaType;
    }

    /** Returns the authentication scheme that a response of 401 names. */
    String challenge() {
        return challenge;
    }

    /** Returns the default status of a request that can be read but not carried out. */
    int refusedStatus() {
        return refusedStatus;
    }
}
