package io.rbac.jackson;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the names of scopes in a document stand for: they are looked up in the tree of the document, then by name in the
 * tree of the host (S2e). If the document's tree could not be read, that was reported, and nothing is about its names.
 */
final class DocumentScopes {

    private final boolean isKnown;
    private final ScopeTree document;
    private final ScopeTree host;
    private final Map<String, Name> names = new LinkedHashMap<>();
    private final List<Name> listed;
    private final FieldSet targetFields;
    private final String targetForms;

    /** What a name stands for in the document and at the host. */
    private record Name(
            String text, Scope inDocument, @Nullable Scope atHost) {}

    private DocumentScopes(boolean isKnown, ScopeTree document, ScopeTree host) {
        this.isKnown = isKnown;
        this.document = document;
        this.host = host;
        names.put(Scope.ACCOUNT.name(), new Name(Scope.ACCOUNT.name(), document.account(), host.account()));
        for (Scope scope : document.scopes()) {
            names.put(scope.name(), new Name(scope.name(), scope, atHost(scope, host)));
        }
        this.listed = List.copyOf(names.values());
        List<String> fields = new ArrayList<>(namesBelowAccount());
        fields.add(TargetReader.PARENT);
        this.targetFields = FieldSet.of(fields);
        this.targetForms = document.scopes().stream()
                .map(scope -> '`' + scope.name() + (scope.isAccount() ? "`" : "/ID`"))
                .collect(Collectors.joining(" or "));
    }

    private static @Nullable Scope atHost(Scope scope, ScopeTree host) {
        return scope.isAccount()
                ? host.account()
                : host.find(scope.name()).filter(found -> !found.isAccount()).orElse(null);
    }

    /** Returns those of a tree that is the host's own. */
    static DocumentScopes of(ScopeTree tree) {
        return new DocumentScopes(true, tree, tree);
    }

    /** Returns those of a document with a tree of its own, of which not everything is known to the host. */
    static DocumentScopes of(ScopeTree document, ScopeTree host) {
        return new DocumentScopes(true, document, host);
    }

    /** Returns those of a document whose tree could not be read. */
    static DocumentScopes unknown(ScopeTree host) {
        return new DocumentScopes(false, ScopeTree.standard(), host);
    }

    /** Whether the document's tree could be read. */
    boolean isKnown() {
        return isKnown;
    }

    /** The tree of the document, or any if it could not be read. */
    ScopeTree document() {
        return document;
    }

    /** Returns the scope of the document with a name, null if there is none. */
    @Nullable
    Scope find(String text) {
        Name name = isKnown ? names.get(text) : null;
        return name == null ? null : name.inDocument;
    }

    /** Returns what the scope of the document with a name is at the host, null if there is none. */
    @Nullable
    Scope findAtHost(String text) {
        Name name = isKnown ? names.get(text) : null;
        return name == null ? null : name.atHost;
    }

    /** Returns the message about a scope of the document that the host lacks. */
    String lacksAtHost(String text) {
        return Violation.quote(text) + " is not a scope of the application's catalog: expected one of " + host.scopes();
    }

    /** Returns the names of the scopes that a target may have. */
    List<String> namesBelowAccount() {
        return document.scopes().stream()
                .filter(scope -> !scope.isAccount())
                .map(Scope::name)
                .toList();
    }

    // reading

    /** Reads the name of a scope, and returns that of the document; null if there is none, which is reported. */
    @Nullable
    Scope readScope(Tokens tokens) throws IOException {
        String name = tokens.readString("one of " + document.scopes());
        if (name == null || !isKnown) {
            return null;
        }
        Scope scope = find(name);
        if (scope == null) {
            tokens.report(Code.SCOPE_INVALID, name, notAScope(tokens, name));
        }
        return scope;
    }

    /** Returns the message about a name that is not one of a scope of the document. */
    String notAScope(Tokens tokens, String name) {
        List<String> known = document.scopes().stream().map(Scope::name).toList();
        return Violation.quote(name) + " is not a scope: expected one of " + known
                + tokens.violations().didYouMean(name, known);
    }

    /** Reads the names of scopes of the document; null if one of them cannot be read, which is reported. */
    @Nullable
    Set<Scope> readScopes(Tokens tokens) throws IOException {
        tokens.mark();
        long before = tokens.violations().total();
        Set<Scope> scopes = new LinkedHashSet<>();
        tokens.readArray(Tokens.MAX_FIELDS, () -> {
            Scope scope = readScope(tokens);
            if (scope != null && !scopes.add(scope)) {
                String message = "the scope " + Violation.quote(scope.name()) + " is given twice";
                tokens.report(Code.DUPLICATE_ID, scope.name(), message);
            }
        });
        return isKnown && tokens.violations().total() == before ? scopes : null;
    }

    /** Reads the text of a target, and returns what it is at the host; null if there is none, which is reported. */
    @Nullable
    Target readTarget(Tokens tokens) throws IOException {
        if (!tokens.isString() || !isKnown) {
            tokens.readString(targetForms);
            return null;
        }
        // Most assignments name a target: the text is not made into a string.
        char[] chars = tokens.characters();
        int start = tokens.characterOffset();
        int end = start + tokens.characterCount();
        int slash = start;
        while (slash < end && chars[slash] != '/') {
            slash++;
        }
        Name name = find(chars, start, slash);
        if (name == null || slash == end != name.inDocument.isAccount() || slash == end - 1) {
            reportMalformed(tokens);
            return null;
        }
        if (slash == end) {
            return Target.account();
        }
        if (name.atHost == null) {
            tokens.report(Code.SCOPE_INVALID, new String(chars, start, end - start), lacksAtHost(name.text));
            return null;
        }
        return Target.of(name.atHost, new String(chars, slash + 1, end - slash - 1));
    }

    private @Nullable Name find(char[] chars, int start, int end) {
        for (Name name : listed) {
            if (isAt(name.text, chars, start, end)) {
                return name;
            }
        }
        return null;
    }

    private static boolean isAt(String text, char[] chars, int start, int end) {
        if (text.length() != end - start) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != chars[start + i]) {
                return false;
            }
        }
        return true;
    }

    private void reportMalformed(Tokens tokens) throws IOException {
        String text = tokens.describe();
        try {
            document.target(text);
        } catch (PolicyViolationException e) {
            Violation violation = e.violations().get(0);
            tokens.report(violation.code(), text, violation.message());
        }
    }

    /** The fields of a target: the names of scopes, and the parent. */
    FieldSet targetFields() {
        return targetFields;
    }

    /** The fields of the rule about default roles: the names of scopes. */
    FieldSet defaultsFields() {
        return FieldSet.of(List.copyOf(names.keySet()));
    }

    // writing

    /** Returns the name of a scope in documents of a tree: that of the account is what the tree calls it. */
    static String name(Scope scope, ScopeTree tree) {
        return scope.isAccount() ? tree.account().name() : scope.name();
    }
}
