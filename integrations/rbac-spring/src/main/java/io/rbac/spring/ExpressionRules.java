package io.rbac.spring;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.StringLiteral;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** Finds the permissions and scopes that are literals in expressions over the beans {@code rbac} and {@code reactiveRbac}. */
final class ExpressionRules {

    private static final Set<String> QUESTIONS = Set.of("has", "hasAny", "hasAll");

    private static final String BLOCKING = "@rbac";
    private static final String REACTIVE = "@" + RbacConfiguration.REACTIVE_RBAC;

    private final PermissionCatalog catalog;
    private final boolean isReactive;

    ExpressionRules(PermissionCatalog catalog, boolean isReactive) {
        this.catalog = catalog;
        this.isReactive = isReactive;
    }

    /** Returns what is wrong with an expression; one that cannot be read is for Spring to report. */
    List<String> problems(String expression) {
        List<String> problems = new ArrayList<>();
        if (expression.contains(BLOCKING) || expression.contains(REACTIVE)) {
            try {
                SpelExpression parsed = new SpelExpressionParser().parseRaw(expression);
                visit(parsed.getAST(), problems);
            } catch (ParseException e) {
                return List.of();
            }
        }
        return problems;
    }

    private void visit(SpelNode node, List<String> problems) {
        String asked = node instanceof CompoundExpression
                        && node.getChildCount() > 0
                        && node.getChild(0) instanceof BeanReference bean
                ? bean.toStringAST()
                : "";
        boolean isAboutRbac = asked.equals(BLOCKING) || asked.equals(REACTIVE);
        if (isReactive && asked.equals(BLOCKING)) {
            problems.add(Violation.quote(BLOCKING) + " knows nobody in a reactive application: expected "
                    + Violation.quote(REACTIVE));
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            SpelNode child = node.getChild(i);
            if (isAboutRbac && child instanceof MethodReference method) {
                check(method, problems);
            }
            visit(child, problems);
        }
    }

    private void check(MethodReference method, List<String> problems) {
        if (QUESTIONS.contains(method.getName())) {
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < method.getChildCount(); i++) {
                String key = literal(method.getChild(i));
                if (key != null) {
                    keys.add(key);
                }
            }
            try {
                catalog.rights(keys);
            } catch (PolicyViolationException e) {
                e.violations().forEach(violation -> problems.add(violation.message()));
            }
        } else if (method.getName().equals("at") && method.getChildCount() == 2) {
            String scope = literal(method.getChild(0));
            if (scope != null && Requirements.scopeBelowAccount(catalog, scope).isEmpty()) {
                problems.add(Requirements.noScopeBelowAccount(catalog, scope));
            }
        }
    }

    private static @Nullable String literal(SpelNode node) {
        return node instanceof StringLiteral literal
                ? String.valueOf(literal.getLiteralValue().getValue())
                : null;
    }
}
