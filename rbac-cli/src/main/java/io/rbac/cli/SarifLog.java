package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Findings in SARIF 2.1.0, the format that code hosts and editors show. */
final class SarifLog {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
    private static final Pattern NUMBERS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\S*");

    private final String version;
    private final Map<String, List<LintFinding>> findings;
    private final List<LintRule> rules = LintRule.all();

    /**
     * Creates a log.
     *
     * @param version what the command calls its version
     * @param findings what was found, by file
     */
    SarifLog(String version, Map<String, List<LintFinding>> findings) {
        this.version = version;
        this.findings = findings;
    }

    /** Writes the fields of the log. */
    void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        writeTool(json);
        json.writeArrayFieldStart("results");
        for (Map.Entry<String, List<LintFinding>> file : findings.entrySet()) {
            for (LintFinding finding : file.getValue()) {
                writeResult(file.getKey(), finding, json);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void writeTool(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "rbac");
        Matcher numbers = NUMBERS.matcher(version);
        if (numbers.find()) {
            json.writeStringField("semanticVersion", numbers.group());
        }
        json.writeArrayFieldStart("rules");
        for (LintRule rule : rules) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            writeText("shortDescription", rule.description(), json);
            json.writeObjectFieldStart("defaultConfiguration");
            json.writeStringField("level", rule.level());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeResult(String file, LintFinding finding, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", finding.rule().id());
        json.writeNumberField("ruleIndex", rules.indexOf(finding.rule()));
        json.writeStringField("level", finding.rule().level());
        String suggestion =
                finding.suggestion() == null ? "" : "; suggestion: " + LintFinding.suggestionText(finding.suggestion());
        writeText("message", finding.message() + suggestion, json);
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        if (!file.equals(Documents.STANDARD_INPUT)) {
            writePhysicalLocation(file, finding.line(), json);
        }
        json.writeArrayFieldStart("logicalLocations");
        json.writeStartObject();
        json.writeStringField("fullyQualifiedName", finding.place());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writePhysicalLocation(String file, int line, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", uri(file));
        json.writeEndObject();
        if (line > 0) {
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", line);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Returns the address of a file, relative if its name is. */
    static String uri(String file) {
        Path path = Path.of(file);
        if (path.isAbsolute()) {
            return path.toUri().toASCIIString();
        }
        try {
            // The scheme keeps a colon in the first name from being read as the end of one.
            String absolute = new URI("file", null, '/' + file.replace(File.separatorChar, '/'), null).toASCIIString();
            return absolute.substring("file:/".length()).replace(":", "%3A");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeText(String field, String text, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("text", text);
        json.writeEndObject();
    }
}
