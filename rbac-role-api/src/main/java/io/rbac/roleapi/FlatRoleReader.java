package io.rbac.roleapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a role of the account whose permissions are a list of keys. */
final class FlatRoleReader {

    /** Where the parts of a role stand in a request. */
    static final Map<String, String> PARTS =
            Map.of("name", "/name", "description", "/description", "rights", "/permissions");

    private final DialectOptions options;
    private final List<String> readOnly;

    /**
     * @param readOnly the fields of a role that cannot be set
     */
    FlatRoleReader(DialectOptions options, List<String> readOnly) {
        this.options = options;
        this.readOnly = readOnly;
    }

    /**
     * Reads what a role is to have, after all other fields of the request were read.
     *
     * @param current the role with all its fields as it is, {@code null} where one is created
     */
    RoleUpdate read(
            Fields fields, PermissionCatalog catalog, @Nullable ObjectNode current, Violation.Collector faults) {
        RoleUpdate.Builder update = RoleUpdate.builder();
        String name = fields.text("name");
        if (name != null) {
            update.name(name);
        }
        if (fields.has("description")) {
            update.description(fields.valueUnlessNull("description") == null ? null : fields.text("description"));
        }
        if (current != null || fields.valueUnlessNull("permissions") != null) {
            Rights rights =
                    new RightsReader(catalog, Scope.ACCOUNT, options.lenient, faults).keys(fields, "permissions");
            if (rights != null) {
                update.rights(rights);
            }
        }
        if (!options.lenient) {
            fields.readOnly(readOnly, current);
            fields.refuseOthers();
        }
        return update.build();
    }
}
