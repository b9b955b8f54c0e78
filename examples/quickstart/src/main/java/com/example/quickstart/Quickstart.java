package com.example.quickstart;

import io.rbac.engine.AdminGuard;
import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.io.PrintStream;
import java.util.EnumSet;

/** From a catalog to an answer, and from an answer to a document and back. */
public final class Quickstart {

    // An application has one catalog. A permission in a constant is checked when the program starts: a typo fails here.
    static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .group("team_membership", "create", "read", "update", "delete", "manage")
            .group("message", EnumSet.of(Scope.CHAT), "create", "read", "delete")
            .build();
    static final Permission MANAGE = CATALOG.permission("team_membership:manage");

    private Quickstart() {}

    /**
     * Prints the answers.
     *
     * @param arguments none are looked at
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
        out.println("read back, it is the same: " + json.read(document).equals(matrix.policy()));

        try {
            json.read(document.replace("\"team\": \"support\"", "\"team\": \"suport\""));
        } catch (PolicyViolationException refused) {
            refused.violations().forEach(violation -> out.println("refused: " + violation));
        }
    }

    private static void live(PrintStream out) {
        // Who may do what to roles and memberships: here whoever manages a team's memberships, and nobody else.
        AdminGuard guard = AdminGuard.builder(CATALOG)
                .needs(Change.Assign.class, MANAGE)
                .needs(Change.Unassign.class, MANAGE)
                .needs(Change.Connect.class, MANAGE)
                .needs(Change.SetRoles.class, MANAGE)
                .needs(Change.SetUsers.class, MANAGE)
                .needs(Change.AssignToAll.class, MANAGE)
                .needs(Change.RemoveUser.class, MANAGE)
                .needs(Change.CreateRole.class, MANAGE)
                .needs(Change.UpdateRole.class, MANAGE)
                .needs(Change.DeleteRole.class, MANAGE)
                .needs(Change.RestoreRole.class, MANAGE)
                .needs(Change.AddTeam.class, MANAGE)
                .needs(Change.RemoveTeam.class, MANAGE)
                .needs(Change.AddChat.class, MANAGE)
                .needs(Change.MoveChat.class, MANAGE)
                .needs(Change.RemoveChat.class, MANAGE)
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
                        .expecting(2)
                        .changes(Change.assign("eve", "lead", Target.team("support"))));
            } catch (PolicyViolationException refused) {
                out.println("refused: " + refused.violations().get(0).code());
            }
        }
    }

    static Policy policy() {
        return Policy.builder("acme", CATALOG)
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
