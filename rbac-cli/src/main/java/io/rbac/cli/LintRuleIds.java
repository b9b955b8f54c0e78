package io.rbac.cli;

import java.util.Iterator;

/** The words that a shell suggests for {@code --ignore}. */
final class LintRuleIds implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return LintRule.all().stream().map(LintRule::id).iterator();
    }
}
