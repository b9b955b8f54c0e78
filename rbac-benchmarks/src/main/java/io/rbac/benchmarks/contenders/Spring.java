package io.rbac.benchmarks.contenders;

import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.World;
import io.rbac.model.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthoritiesAuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Spring Security: an authorization manager over the authorities of an authentication. */
final class Spring {

    private final World world;
    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();

    private Spring(World world) {
        this.world = world;
        for (int user = 0; user < world.users(); user++) {
            users.put(world.user(user), user);
        }
        for (int target = 1; target < world.targets(); target++) {
            parents.put(world.place(target), world.place(world.parent(target)));
        }
    }

    /** One authority for each permission at each place, made when a user is first asked about, as at a login. */
    static Contender flat(World world) {
        Spring spring = new Spring(world);
        AuthoritiesAuthorizationManager manager = new AuthoritiesAuthorizationManager();
        Map<String, Authentication> logins = new HashMap<>();
        return (questions, i) -> {
            Authentication login = logins.computeIfAbsent(questions.user(i), spring::login);
            return isGranted(manager.authorize(() -> login, spring.wanted(questions, i)));
        };
    }

    private Authentication login(String id) {
        List<GrantedAuthority> authorities = new ArrayList<>();
        Integer user = users.get(id);
        if (user != null) {
            for (int i = world.start(user); i < world.start(user + 1); i++) {
                String place = world.place(world.assignedTarget(i));
                for (Permission permission : world.role(world.assignedRole(i)).rights()) {
                    authorities.add(new SimpleGrantedAuthority(permission.key() + "@" + place));
                }
            }
        }
        return new UsernamePasswordAuthenticationToken(id, "", authorities);
    }

    private Collection<String> wanted(Questions questions, int i) {
        List<String> wanted = new ArrayList<>(3);
        for (String place = questions.place(i); place != null; place = parents.get(place)) {
            wanted.add(questions.key(i) + "@" + place);
        }
        return wanted;
    }

    /** The roles of the user on the path as authorities, with a role hierarchy down to the permissions. */
    static Contender hierarchy(World world) {
        Spring spring = new Spring(world);
        RoleHierarchyImpl.Builder hierarchy = RoleHierarchyImpl.withRolePrefix("");
        for (int i = 0; i < world.roles(); i++) {
            String[] implied =
                    world.role(i).rights().stream().map(Permission::key).toArray(String[]::new);
            if (implied.length > 0) {
                hierarchy.role(world.role(i).id()).implies(implied);
            }
        }
        AuthoritiesAuthorizationManager manager = new AuthoritiesAuthorizationManager();
        manager.setRoleHierarchy(hierarchy.build());
        GrantedAuthority[] authorities = new GrantedAuthority[world.roles()];
        for (int i = 0; i < authorities.length; i++) {
            authorities[i] = new SimpleGrantedAuthority(world.role(i).id());
        }
        return (questions, i) -> {
            Authentication login = spring.loginAt(questions.user(i), questions.place(i), authorities);
            return isGranted(manager.authorize(() -> login, List.of(questions.key(i))));
        };
    }

    private Authentication loginAt(String id, String place, GrantedAuthority[] authorities) {
        List<GrantedAuthority> held = new ArrayList<>(3);
        Integer user = users.get(id);
        if (user != null) {
            for (String at = place; at != null; at = parents.get(at)) {
                for (int i = world.start(user); i < world.start(user + 1); i++) {
                    if (world.place(world.assignedTarget(i)).equals(at)) {
                        held.add(authorities[world.assignedRole(i)]);
                    }
                }
            }
        }
        return new UsernamePasswordAuthenticationToken(id, "", held);
    }

    private static boolean isGranted(@Nullable AuthorizationResult result) {
        return result != null && result.isGranted();
    }
}
