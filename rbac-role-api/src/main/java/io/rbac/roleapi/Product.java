package io.rbac.roleapi;

import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.Scope;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;

/** A product whose role API is spoken: what its vendor says, and what is chosen where he says nothing. */
enum Product {
    /** Roles of a workspace, listed with their users; deleted for good. */
    TRILLET("trillet", "/v1/api/roles-and-permissions", "application/json", "ApiKey", 400) {
        @Override
        PolicyRules rules() {
            return PolicyRules.builder()
                    .nameMax(null)
                    .blankNames(true)
                    .descriptionMax(null)
                    .scopes(EnumSet.of(Scope.ACCOUNT))
                    .defaultScope(Scope.ACCOUNT)
                    .rightsRequired(true)
                    .defaults(Scope.ACCOUNT, 0, null)
                    .deletion(Deletion.DELETE)
                    .build();
        }

        @Override
        GuardPlan guard() {
            return GuardPlan.trillet();
        }

        @Override
        Supplier<String> ids() {
            return () -> hexadecimal(12);
        }

        @Override
        Wire wire(DialectOptions options) {
            return new TrilletWire(options);
        }
    },

    /** Roles of the account, of teams and of chats; discarded and restored. */
    PULSE("pulse", "/api/v1", "application/vnd.api+json", "Bearer", 422) {
        @Override
        PolicyRules rules() {
            return PolicyRules.builder()
                    .descriptions(false)
                    .defaultScope(Scope.TEAM)
                    .build();
        }

        @Override
        GuardPlan guard() {
            return GuardPlan.pulse();
        }

        @Override
        Supplier<String> ids() {
            return () -> UUID.randomUUID().toString();
        }

        @Override
        Wire wire(DialectOptions options) {
            return new PulseWire(options);
        }
    },

    /** Roles of a workspace, one for each member; kept while they are in use. */
    FREYA("freya", "/api/v2", "application/json", "Bearer", 400) {
        @Override
        PolicyRules rules() {
            return PolicyRules.builder()
                    .nameMax(60)
                    .blankNames(true)
                    .scopes(EnumSet.of(Scope.ACCOUNT))
                    .defaultScope(Scope.ACCOUNT)
                    .defaults(Scope.ACCOUNT, 1, 1)
                    .rolesPerTarget(1)
                    .deletion(Deletion.REFUSE)
                    .systemRoleNames(false)
                    .systemRoleDefaults(false)
                    .build();
        }

        @Override
        GuardPlan guard() {
            return GuardPlan.freya();
        }

        @Override
        Supplier<String> ids() {
            return () -> "role_" + hexadecimal(12);
        }

        @Override
        Wire wire(DialectOptions options) {
            return new FreyaWire(options);
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

    abstract GuardPlan guard();

    abstract Supplier<String> ids();

    abstract Wire wire(DialectOptions options);

    /** The name in lower case. */
    String word() {
        return word;
    }

    String basePath() {
        return basePath;
    }

    /** Of requests and responses with a body. */
    String mediaType() {
        return mediaType;
    }

    /** The way to authenticate, as a response of 401 names it. */
    String challenge() {
        return challenge;
    }

    /** The status of a request that was read and cannot be carried out, where no other is laid down. */
    int refusedStatus() {
        return refusedStatus;
    }
}
