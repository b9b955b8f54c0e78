/** The command {@code rbac}: checks, explains, validates, compares and imports policies from a shell. */
@SuppressWarnings("requires-automatic") // ICU4J states no more than its name
module io.rbac.cli {
    requires com.fasterxml.jackson.core;
    requires com.ibm.icu;
    requires info.picocli;
    requires io.rbac.core;
    requires io.rbac.jackson;
    requires org.yaml.snakeyaml;
    requires static org.jspecify;

    exports io.rbac.cli;

    opens io.rbac.cli to
            info.picocli;
}
