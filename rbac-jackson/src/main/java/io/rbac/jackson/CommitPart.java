package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One change or effect of a commit as it was read: an object whose fields depend on its kind. */
final class CommitPart {

    /** What one kind is made of: the fields it has, those it may have, and how it is made of them. */
    record Kind<T>(List<String> required, List<String> optional, Maker<T> maker) {}

    /** Makes a change or effect of a part that has all the fields of its kind. */
    @FunctionalInterface
    interface Maker<T> {
        T make(CommitPart part);
    }

    private final RightsLookup lookup;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, Role> roles = new HashMap<>();
    private @Nullable Scope scope;
    private @Nullable Boolean flag;
    private @Nullable Rights rights;
    private boolean describes;

    private CommitPart(RightsLookup lookup) {
        this.lookup = lookup;
    }

    /** Reads a part; null if it cannot be made, which is reported. */
    static <T> @Nullable T read(
            Tokens tokens, RightsLookup lookup, Fields fields, String kindField, Map<String, Kind<T>> kinds)
            throws IOException {
        CommitPart part = new CommitPart(lookup);
        Problems problems = tokens.problems();
        long before = problems.total();
        long place = tokens.place();
        long seen = tokens.object(fields, field -> part.field(tokens, field));
        if (seen == Tokens.NO_OBJECT) {
            return null;
        }
        String word = part.texts.getOrDefault(kindField, "");
        Kind<T> kind = kinds.get(word);
        if (kind == null) {
            String message = Violation.quote(word) + " is not a kind of " + kindField + ": expected one of "
                    + kinds.keySet() + problems.didYouMean(word, kinds.keySet());
            problems.add(Code.WRONG_TYPE, tokens.pointer() + '/' + kindField, word, message, place);
            return null;
        }
        for (String field : fields.names()) {
            boolean has = (seen & fields.bit(field)) != 0;
            boolean required = kind.required().contains(field) || field.equals(kindField);
            if (required && !has) {
                tokens.missing(Code.MISSING_FIELD, field, '`' + word + "` has no `" + field + '`', place);
            } else if (has && !required && !kind.optional().contains(field)) {
                String message = '`' + field + "` is not a field of `" + word + '`';
                problems.add(Code.UNKNOWN_FIELD, tokens.pointer() + '/' + field, field, message, place);
            }
        }
        if (part.texts.containsKey("team")
                && part.texts.containsKey("chat")
                && kind.optional().contains("chat")) {
            String message = '`' + word + "` has a `team` and a `chat`: expected at most one of them";
            problems.add(Code.UNKNOWN_FIELD, tokens.pointer() + "/chat", "chat", message, place);
        }
        return problems.total() == before ? part.made(tokens, word, kind, place) : null;
    }

    private <T> @Nullable T made(Tokens tokens, String word, Kind<T> kind, long place) {
        try {
            return kind.maker().make(this);
        } catch (WrongForm e) {
            String message = '`' + word + "` has a `" + e.getMessage() + "` of another form than it takes";
            tokens.problems().add(Code.WRONG_TYPE, tokens.pointer() + '/' + e.getMessage(), null, message, place);
            return null;
        }
    }

    private void field(Tokens tokens, String field) throws IOException {
        switch (field) {
            case "scope" -> scope = Words.scope(tokens);
            case "default" -> flag = tokens.flag();
            case "rights" -> rights = lookup.rights(RightsDraft.read(tokens), null, null);
            case "roles", "users" -> list(tokens, field);
            case "description" -> {
                describes = true;
                if (!tokens.isNull()) {
                    text(tokens, field);
                }
            }
            case "role", "before", "after" -> {
                if (tokens.isObject()) {
                    role(tokens, field);
                } else {
                    text(tokens, field);
                }
            }
            default -> text(tokens, field);
        }
    }

    private void text(Tokens tokens, String field) throws IOException {
        String text = tokens.text("a text");
        if (text != null) {
            texts.put(field, text);
        }
    }

    private void list(Tokens tokens, String field) throws IOException {
        List<String> list = new ArrayList<>();
        lists.put(field, list);
        tokens.array(Integer.MAX_VALUE, () -> {
            String text = tokens.text("an id");
            if (text != null) {
                list.add(text);
            }
        });
    }

    private void role(Tokens tokens, String field) throws IOException {
        RoleDraft draft = RoleDraft.read(tokens);
        draft.find(lookup);
        if (draft.isComplete()) {
            roles.put(field, draft.role("", "", Scope.ACCOUNT));
        }
    }

    String text(String field) {
        return of(texts, field);
    }

    @Nullable
    String textOrNull(String field) {
        return roles.containsKey(field) ? text(field) : texts.get(field);
    }

    List<String> list(String field) {
        return of(lists, field);
    }

    Role role(String field) {
        return of(roles, field);
    }

    private static <T> T of(Map<String, T> values, String field) {
        T value = values.get(field);
        if (value == null) {
            throw new WrongForm(field);
        }
        return value;
    }

    @Nullable
    Scope scope() {
        return scope;
    }

    Target target() {
        String team = texts.get("team");
        String chat = texts.get("chat");
        return team != null ? Target.team(team) : chat != null ? Target.chat(chat) : Target.account();
    }

    RoleUpdate attributes() {
        RoleUpdate.Builder builder = RoleUpdate.builder();
        String name = texts.get("name");
        if (name != null) {
            builder.name(name);
        }
        if (describes) {
            builder.description(texts.get("description"));
        }
        if (flag != null) {
            builder.defaultRole(flag);
        }
        if (rights != null) {
            builder.rights(requireNonNull(rights));
        }
        return builder.build();
    }

    /** Says that a field has an id where it takes a role, or the other way round; its message is the field. */
    private static final class WrongForm extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongForm(String field) {
            super(field, null, false, false);
        }
    }
}
