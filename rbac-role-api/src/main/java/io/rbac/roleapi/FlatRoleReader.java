package io.rbac.roleapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of a role with the scope of the account, whose permissions are a list of keys. */
final class FlatRoleReader {

    /** The locations of the parts of a role in a request. */
    static final Map<String, String> PARTS =
            Map.of("name", "/name", "description", "/description", "rights", "/permissions");

    private final DialectOptions options;
    private final List<String> readOnly;

    /**
     * @param options the options of the dialect
     * @param readOnly the fields of a role that cannot be set
     */
    FlatRoleReader(DialectOptions options, List<String> readOnly) {
        this.options = options;
        this.readOnly = readOnly;
    }

    /**
     * Reads the attributes of a role. This must be the last of all fields to be read, as any other field is refused.
     *
     * @param current the role with all its fields before the change, {@code null} if it is to be created
     */
    RoleUpdate read(
            RequestFields fields,
            PermissionCatalog catalog,
            @Nullable ObjectNode current,
            Violation.Collector violations) {
        RoleUpdate.Builder update = RoleUpdate.builder();
        String name = fields.string("name");
        if (name != null) {
            update.name(name);
        }
        if (fields.has("description")) {
            update.description(fields.valueUnlessNull("description") == null ? null : fields.string("description"));
        }
        if (current != null || fields.valueUnlessNull("permissions") != null) {
            Rights rights = new RightsReader(catalog, catalog.scopes().account(), options.lenient, violations)
                    .readKeys(fields, "permissions");
            if (rights != null) {
                update.rights(rights);
            }
        }
        if (!options.lenient) {
            fields.requireUnchanged(readOnly, current);
            fields.refuseOthers();
        }
        return update.build();
    }
}
