package io.rbac.cli;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds roles of the account that can be taken for system roles: those whose name or id has the skeleton, as Unicode's UTS 39
 * defines it, of the name or the id of a system role.
 */
final class ConfusableNames {

    private static final int MAX_CHARACTERS = 5;
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    private final SpoofChecker checker = new SpoofChecker.Builder().build();
    private final Normalizer2 caseless = Normalizer2.getNFKCCasefoldInstance();
    private final Map<String, Name> system = new HashMap<>();

    private ConfusableNames() {}

    private record Name(Role role, String text, String kind) {}

    static List<LintFinding> in(Policy policy) {
        List<Role> roles = policy.roles().stream().filter(Role::isActive).toList();
        if (roles.stream().noneMatch(ConfusableNames::isSystem)) {
            return List.of();
        }
        ConfusableNames names = new ConfusableNames();
        roles.stream().filter(ConfusableNames::isSystem).forEach(names::add);
        List<LintFinding> findings = new ArrayList<>();
        roles.stream().filter(role -> !isSystem(role)).forEach(role -> names.check(role, findings));
        return findings;
    }

    private static boolean isSystem(Role role) {
        return role.type() == RoleType.SYSTEM;
    }

    private static List<Name> namesOf(Role role) {
        return List.of(new Name(role, role.name(), "name"), new Name(role, role.id(), "id"));
    }

    private void add(Role role) {
        for (Name name : namesOf(role)) {
            skeletons(name.text()).forEach(skeleton -> system.putIfAbsent(skeleton, name));
        }
    }

    private void check(Role role, List<LintFinding> findings) {
        for (Name name : namesOf(role)) {
            for (String skeleton : skeletons(name.text())) {
                Name like = system.get(skeleton);
                if (like != null) {
                    findings.add(new LintFinding(
                            LintRule.CONFUSABLE_NAME,
                            "role/" + role.id(),
                            "role " + Violation.quote(role.id()) + " has the " + name.kind() + ' '
                                    + Violation.quote(name.text()) + foreign(name, like) + ", which looks like "
                                    + Violation.quote(like.text()) + ", the " + like.kind() + " of system role "
                                    + Violation.quote(like.role().id()),
                            0,
                            null));
                    return;
                }
            }
        }
    }

    /** Returns the characters beyond ASCII that one name has and the other lacks: they look alike in a message, too. */
    private static String foreign(Name name, Name like) {
        String characters = name.text()
                .codePoints()
                .filter(c -> c > 0x7F && like.text().indexOf(c) < 0)
                .distinct()
                .limit(MAX_CHARACTERS)
                .mapToObj(c -> String.format(Locale.ROOT, "U+%04X", c))
                .collect(Collectors.joining(", "));
        return characters.isEmpty() ? "" : " with " + characters;
    }

    /**
     * Returns the skeletons of a text as it stands and without regard to letter case: a capital i looks like a small l, but its
     * small form does not.
     */
    private List<String> skeletons(String text) {
        return List.of(skeleton(text), skeleton(caseless.normalize(text)));
    }

    private String skeleton(String text) {
        return SPACE.matcher(checker.getSkeleton(text)).replaceAll(" ").strip();
    }
}
