package io.rbac.roleapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RequestTarget.Parameter;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The operation that shows callers what they may do, which no vendor documents: the JSON of {@link
 * io.rbac.matrix.UserRights}, without the user if the account itself asks.
 */
final class OwnRights {

    private static final String AT = "at";

    private final DialectOptions options;

    OwnRights(DialectOptions options) {
        this.options = options;
    }

    Route route() {
        return Route.of("GET", "/rights", this::show).withParameters();
    }

    private JsonResponse show(Call call) {
        PermissionMatrix matrix = call.matrix();
        Policy policy = matrix.policy();
        ObjectNode json = Json.object().put("account", policy.account());
        call.caller().user().ifPresent(user -> json.put("user", user));
        json.put("version", policy.version().toString());
        json.set("rights", Json.rights(rights(call.caller(), matrix, Target.account())));
        ObjectNode targets = json.putObject("targets");
        for (Target target : targets(call, policy.catalog().scopes())) {
            targets.set(target.toString(), Json.rights(rights(call.caller(), matrix, target)));
        }
        call.header("Content-Type", "application/json");
        return JsonResponse.ok(json);
    }

    private Set<Target> targets(Call call, ScopeTree scopes) {
        Set<Target> targets = new LinkedHashSet<>();
        Violation.Collector violations = new Violation.Collector();
        for (Parameter parameter : call.parameters()) {
            if (!parameter.name().equals(AT)) {
                parameter.refuseUnknown(options.lenient, violations);
                continue;
            }
            try {
                targets.add(scopes.target(parameter.value()));
            } catch (PolicyViolationException e) {
                violations.add(e.violations().get(0).withPath(parameter.location()));
            }
        }
        violations.throwIfAny();
        targets.remove(Target.account());
        return targets;
    }

    /** The account itself may do everything at whatever there is. */
    private static Rights rights(Caller caller, PermissionMatrix matrix, Target target) {
        Policy policy = matrix.policy();
        Rights own = caller.user()
                .map(user -> matrix.user(user).rightsAt(target))
                .orElseGet(() -> target.isAccount() || policy.hasTarget(target)
                        ? policy.catalog().allRights()
                        : policy.catalog().noRights());
        return caller.restriction().map(own::intersect).orElse(own);
    }
}
