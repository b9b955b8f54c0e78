package io.rbac.guard;

import io.rbac.model.Target;
import java.util.List;

/**
 * A role that a change gives to users at a target.
 *
 * @param role the role
 * @param target where it is given
 * @param users the users who get it, whether or not they hold it already
 * @param reachesOthers whether it also reaches users who are not listed and do not hold it yet
 */
record Grant(SimulatedRole role, Target target, List<String> users, boolean reachesOthers) {

    static Grant to(List<String> users, SimulatedRole role, Target target) {
        return new Grant(role, target, users, false);
    }

    static Grant toOthers(SimulatedRole role, Target target) {
        return new Grant(role, target, List.of(), true);
    }
}
