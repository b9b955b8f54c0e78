/** Rights, roles, violations and capabilities as JSON, for applications with Jackson 3. */
@SuppressWarnings("module") // the digit is that of Jackson
module io.rbac.jackson3 {
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires io.rbac.jackson;
    requires transitive io.rbac.core;
    requires transitive tools.jackson.databind;

    exports io.rbac.jackson3;
}
