/** The command {@code rbac}: checks, validates, shows and tests policies from a shell. */
module io.rbac.cli {
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires io.rbac.core;
    requires io.rbac.jackson;
    requires static org.jspecify;

    exports io.rbac.cli;

    opens io.rbac.cli to
            info.picocli;
}
