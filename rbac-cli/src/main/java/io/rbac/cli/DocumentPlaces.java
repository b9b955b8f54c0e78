package io.rbac.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the lines of a valid policy document on which roles, users and permissions first appear. */
final class DocumentPlaces {

    private final JsonParser parser;
    private final Set<String> wanted;
    private final Map<String, Integer> lines = new HashMap<>();

    private DocumentPlaces(JsonParser parser, Set<String> wanted) {
        this.parser = parser;
        this.wanted = wanted;
    }

    /**
     * Returns the lines of some places, such as {@code role/ID}; those that are not found are left out.
     *
     * @throws IOException if the stream throws it, or the document is not JSON
     */
    static Map<String, Integer> lines(InputStream document, Set<String> wanted) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(document)) {
            DocumentPlaces places = new DocumentPlaces(parser, wanted);
            parser.nextToken();
            places.readDocument();
            return places.lines;
        }
    }

    private void readDocument() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "roles" -> readEach("id", "role/");
                case "assignments" -> readEach("user", "user/");
                case "catalog" -> readCatalog();
                default -> parser.skipChildren();
            }
        }
    }

    private void readEach(String key, String prefix) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int line = line();
            String id = readFields(key);
            if (id != null) {
                found(prefix + id, line);
            }
        }
    }

    /** Reads an object and returns the string that one of its fields has; null if it has none. */
    private @Nullable String readFields(String key) throws IOException {
        String value = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isKey = parser.currentName().equals(key);
            if (parser.nextToken() == JsonToken.VALUE_STRING && isKey) {
                value = parser.getText();
            }
            parser.skipChildren();
        }
        return value;
    }

    private void readCatalog() throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String group = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("group")) {
                    group = parser.getText();
                } else if (field.equals("actions") && value == JsonToken.START_ARRAY) {
                    readActions(group);
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private void readActions(String group) throws IOException {
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            int line = line();
            if (item == JsonToken.VALUE_STRING) {
                found("permission/" + group + ':' + parser.getText(), line);
            } else {
                readAction(group, line);
            }
        }
    }

    private void readAction(String group, int line) throws IOException {
        String action = "";
        String key = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("action")) {
                action = parser.getText();
            } else if (field.equals("key")) {
                key = parser.getText();
            }
            parser.skipChildren();
        }
        found("permission/" + (key == null ? group + ':' + action : key), line);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private void found(String place, int line) {
        if (wanted.contains(place)) {
            lines.putIfAbsent(place, line);
        }
    }
}
