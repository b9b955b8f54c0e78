package com.example.quickstart;

import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.guard.AdminGuard;
import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.io.PrintStream;
import java.util.Set;

/**
 * Builds a policy and asks it questions, writes it as a document and reads it back, then edits it while it is in use.
 *
 * <p>This class has no state and is thread-safe.
 */
public final class Quickstart {

    // An application has one catalog. Keep permissions in constants: a typo then fails when the program starts.
    static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .group("team_membership", "create", "read", "update", "delete", "manage")
            .group("message", Set.of(Scope.CHAT), "create", "read", "delete")
            .build();
    static final Permission MANAGE = CATALOG.permission("team_membership:manage");

    private Quickstart() {}

    /**
     * Prints the answers.
     *
     * @param arguments ignored
     */
    public static void main(String[] arguments) {
        run(System.out);
    }

    static void run(PrintStream out) {
        PermissionMatrix matrix = PermissionMatrix.compile(policy());
        askAndWrite(matrix, out);
        live(out);
    }

    private static void askAndWrite(PermissionMatrix matrix, PrintStream out) {
        out.println("ada manages support: " + matrix.hasPermission("ada", MANAGE, Target.team("support")));
        out.println("bob manages support: " + matrix.hasPermission("bob", MANAGE, Target.team("support")));
        out.println("bob manages c-42, a chat of support: "
                + matrix.hasPermission("bob", "team_membership:manage", Target.chat("c-42")));
        out.println("bob manages the account: " + matrix.hasPermission("bob", MANAGE, Target.account()));

        Rights held = matrix.rightsOf("bob", Target.team("support"));
        out.println("bob in support: " + held);

        try {
            matrix.require("ada", MANAGE, Target.team("support"));
        } catch (PermissionDeniedException denied) {
            out.println("denied: " + denied.getMessage());
        }

        PermissionChecker apiKey = matrix.restrictedTo(CATALOG.rights("user:read"));
        out.println(
                "bob's read-only key manages support: " + apiKey.hasPermission("bob", MANAGE, Target.team("support")));

        PolicyJson json = new PolicyJson(CATALOG, PolicyRules.standard());
        String document = json.write(matrix.policy());
        out.print(document);
        out.println("the same when read back: " + json.read(document).equals(matrix.policy()));

        try {
            json.read(document.replace("\"at\": \"team/support\"", "\"at\": \"team/suport\""));
        } catch (PolicyViolationException refused) {
            refused.violations().forEach(violation -> out.println("refused: " + violation));
        }
    }

    private static void live(PrintStream out) {
        // The guard says which permission an administrator needs. Here it is the same one for everything.
        AdminGuard guard = AdminGuard.builder(CATALOG)
                .needsForMemberships(MANAGE)
                .needsForRoles(MANAGE)
                .needsForTargets(MANAGE)
                .build();
        try (PermissionEngine engine =
                PermissionEngine.builder().catalog(CATALOG).guard(guard).build()) {
            engine.create(policy());
            PermissionChecker acme = engine.checker("acme");
            Commit commit = engine.commit(
                    "acme",
                    Change.updateRole(
                            "lead",
                            RoleUpdate.builder()
                                    .rights(CATALOG.rights("user:update"))
                                    .build()),
                    Change.connect("eve", Target.team("support")));
            out.println(
                    "revision " + commit.revision() + ": " + commit.effects().size() + " effects");
            out.println("eve reads in support: " + acme.hasPermission("eve", "user:read", Target.team("support")));
            out.println("bob manages support now: " + acme.hasPermission("bob", MANAGE, Target.team("support")));
            try {
                engine.commit(PolicyEdit.of("acme")
                        .by("bob")
                        .expecting(commit.version())
                        .changes(Change.assign("eve", "lead", Target.team("support"))));
            } catch (PolicyViolationException refused) {
                out.println("refused: " + refused.violations().get(0).code());
            }
        }
    }

    static Policy policy() {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build())
                .role(Role.builder("teammate", Scope.TEAM)
                        .name("Team member")
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build())
                .role(Role.builder("lead", Scope.TEAM)
                        .name("Team lead")
                        .rights(CATALOG.rights("user:update", "team_membership:manage"))
                        .build())
                .team("support")
                .chat("c-42", "support")
                .assign("ada", "member", Target.account())
                .assign("bob", "member", Target.account())
                .assign("bob", "lead", Target.team("support"))
                .build();
    }
}
