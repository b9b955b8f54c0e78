package io.rbac.benchmarks.contenders;

import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.World;
import io.rbac.model.Permission;
import io.rbac.model.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.casbin.jcasbin.main.CachedEnforcer;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;

/**
 * jCasbin with the model "RBAC with domains" of its documentation: a domain is a place, and each place on the path is asked
 * about. The matcher compares actions first, which is faster.
 */
final class Casbin {

    private static final String MODEL = """
            [request_definition]
            r = sub, dom, act
            [policy_definition]
            p = sub, act
            [role_definition]
            g = _, _, _
            [policy_effect]
            e = some(where (p.eft == allow))
            [matchers]
            m = r.act == p.act && g(r.sub, p.sub, r.dom)
            """;

    private Casbin() {}

    static Contender plain(World world) {
        return asked(world, filled(new Enforcer(model()), world));
    }

    static Contender cached(World world) {
        return asked(world, filled(new CachedEnforcer(model()), world));
    }

    private static Model model() {
        Model model = new Model();
        model.loadModelFromText(MODEL);
        return model;
    }

    private static Enforcer filled(Enforcer enforcer, World world) {
        enforcer.enableLog(false);
        List<List<String>> granted = new ArrayList<>();
        for (int i = 0; i < world.roles(); i++) {
            Role role = world.role(i);
            for (Permission permission : role.rights()) {
                granted.add(List.of(role.id(), permission.key()));
            }
        }
        enforcer.addPolicies(granted);
        List<List<String>> assigned = new ArrayList<>();
        for (int user = 0; user < world.users(); user++) {
            for (int i = world.start(user); i < world.start(user + 1); i++) {
                assigned.add(List.of(
                        world.user(user),
                        world.role(world.assignedRole(i)).id(),
                        world.place(world.assignedTarget(i))));
            }
        }
        enforcer.addGroupingPolicies(assigned);
        return enforcer;
    }

    private static Contender asked(World world, Enforcer enforcer) {
        Map<String, String> parents = new HashMap<>();
        for (int target = 1; target < world.targets(); target++) {
            parents.put(world.place(target), world.place(world.parent(target)));
        }
        return (questions, i) -> isAllowed(enforcer, parents, questions, i);
    }

    private static boolean isAllowed(Enforcer enforcer, Map<String, String> parents, Questions questions, int i) {
        for (String place = questions.place(i); place != null; place = parents.get(place)) {
            if (enforcer.enforce(questions.user(i), place, questions.key(i))) {
                return true;
            }
        }
        return false;
    }
}
