package io.rbac.benchmarks.contenders;

import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.World;
import io.rbac.model.Permission;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.authz.permission.WildcardPermission;
import org.apache.shiro.cache.MemoryConstrainedCacheManager;
import org.apache.shiro.realm.AuthorizingRealm;
import org.apache.shiro.subject.ImmutablePrincipalCollection;
import org.apache.shiro.subject.PrincipalCollection;

/** Apache Shiro with wildcard permissions of group, action and place, asked at each place on the path. */
final class Shiro {

    private Shiro() {}

    static Contender plain(World world) {
        return asked(world, false, (info, text) -> info.addStringPermission(text));
    }

    static Contender cached(World world) {
        return asked(world, true, (info, text) -> info.addStringPermission(text));
    }

    static Contender cachedObjects(World world) {
        return asked(world, true, (info, text) -> info.addObjectPermission(new WildcardPermission(text)));
    }

    private static Contender asked(World world, boolean cached, BiConsumer<SimpleAuthorizationInfo, String> add) {
        WorldRealm realm = new WorldRealm(world, add);
        realm.setAuthorizationCachingEnabled(cached);
        if (cached) {
            realm.setCacheManager(new MemoryConstrainedCacheManager());
        }
        Map<String, String> parents = new HashMap<>();
        for (int target = 1; target < world.targets(); target++) {
            parents.put(world.place(target), world.place(world.parent(target)));
        }
        return (questions, i) -> isAllowed(realm, parents, questions, i);
    }

    private static boolean isAllowed(AuthorizingRealm realm, Map<String, String> parents, Questions questions, int i) {
        PrincipalCollection principals = ImmutablePrincipalCollection.ofSinglePrincipal(questions.user(i), "world");
        for (String place = questions.place(i); place != null; place = parents.get(place)) {
            if (realm.isPermitted(principals, questions.key(i) + ":" + place)) {
                return true;
            }
        }
        return false;
    }

    private static final class WorldRealm extends AuthorizingRealm {

        private final World world;
        private final Map<String, Integer> users = new HashMap<>();
        private final BiConsumer<SimpleAuthorizationInfo, String> add;

        WorldRealm(World world, BiConsumer<SimpleAuthorizationInfo, String> add) {
            this.world = world;
            this.add = add;
            for (int user = 0; user < world.users(); user++) {
                users.put(world.user(user), user);
            }
        }

        @Override
        protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
            SimpleAuthorizationInfo info = new SimpleAuthorizationInfo();
            Integer user = users.get((String) principals.getPrimaryPrincipal());
            if (user != null) {
                for (int i = world.start(user); i < world.start(user + 1); i++) {
                    String place = world.place(world.assignedTarget(i));
                    for (Permission permission :
                            world.role(world.assignedRole(i)).rights()) {
                        add.accept(info, permission.key() + ":" + place);
                    }
                }
            }
            return info;
        }

        @Override
        protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
            return new SimpleAuthenticationInfo(token.getPrincipal(), token.getCredentials(), "world");
        }
    }
}
