package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import io.rbac.guard.Capabilities;
import io.rbac.matrix.UserRights;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Jackson module with which an application's own mapper reads and writes {@link Rights} and {@link Role}: rights as
 * {@code {"user": {"read": true}}}, a role as in the policy document. It also writes {@link Violation}, as {@code {"code":
 * "NAME_TAKEN", "path": "/name", "value": "Lead", "message": "..."}} with {@code line} and {@code column} where text was
 * read, {@link Capabilities}, as {@code {"edit": true, "delete": false, "editRights": true, "assign": true}}, and {@link
 * UserRights}.
 *
 * <p>Rights and roles are read as strictly as a document, however the mapper is configured: unknown and repeated fields,
 * groups and actions that the catalog lacks, and values of another type are refused. In a role, so are permissions that its
 * scope does not allow, and scopes that the catalog's tree lacks. A refusal is a {@link
 * com.fasterxml.jackson.databind.JsonMappingException JsonMappingException} with the location of the first violation; its
 * cause is the {@link io.rbac.model.PolicyViolationException
 * PolicyViolationException} with all of them, and their paths are those of the JSON that the mapper reads. Names, ids
 * and lengths are checked later, by the policy that the role is put into. JSON {@code null} is read as {@code null}.
 *
 * <p>Default typing, naming strategies, inclusion and mix-in annotations have no effect on what is read and written.
 * Whole policies are read and written by {@link PolicyJson}.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RbacModule extends Module {

    private final ValueReader<Rights> rightsReader;
    private final ValueReader<Role> roleReader;
    private final Map<Class<?>, ValueWriter<?>> writers;

    /**
     * Creates a module.
     *
     * @param catalog the catalog in which rights and scopes are looked up
     */
    public RbacModule(PermissionCatalog catalog) {
        CatalogIndex index = new CatalogIndex(requireNonNull(catalog, "catalog"));
        ScopeTree tree = catalog.scopes();
        DocumentScopes scopes = DocumentScopes.of(tree);
        this.rightsReader = new ValueReader<>(Rights.class, tokens -> readRights(tokens, index));
        this.roleReader = new ValueReader<>(Role.class, tokens -> readRole(tokens, index, scopes));
        this.writers = Map.of(
                Rights.class, new ValueWriter<>(Rights.class, RoleWriter::write),
                Role.class, new ValueWriter<>(Role.class, (role, json) -> RoleWriter.write(role, tree, json)),
                Violation.class, new ValueWriter<>(Violation.class, AnswerWriter::write),
                Capabilities.class, new ValueWriter<>(Capabilities.class, AnswerWriter::write),
                UserRights.class, new ValueWriter<>(UserRights.class, AnswerWriter::write));
    }

    private static Rights readRights(Tokens tokens, CatalogIndex catalog) throws IOException {
        ParsedRights parsed = ParsedRights.read(tokens);
        return lookup(tokens, catalog).rights(parsed, RightsLookup.Holder.ANY);
    }

    private static Role readRole(Tokens tokens, CatalogIndex catalog, DocumentScopes scopes) throws IOException {
        ParsedRole parsed = ParsedRole.read(tokens, scopes);
        parsed.lookUpRights(lookup(tokens, catalog));
        return parsed.role("", "", Scope.ACCOUNT);
    }

    private static RightsLookup lookup(Tokens tokens, CatalogIndex catalog) {
        return new RightsLookup(catalog, catalog.catalog(), tokens.violations());
    }

    /** Returns the name of the module. */
    @Override
    public String getModuleName() {
        return "rbac";
    }

    /** Returns no version: the module has none of its own. */
    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    /** Registers the readers and writers with a mapper. */
    @Override
    public void setupModule(SetupContext context) {
        SimpleSerializers serializers = new SimpleSerializers(List.copyOf(writers.values()));
        SimpleDeserializers deserializers = new SimpleDeserializers();
        deserializers.addDeserializer(Rights.class, rightsReader);
        deserializers.addDeserializer(Role.class, roleReader);
        context.addSerializers(serializers);
        context.addDeserializers(deserializers);
        context.insertAnnotationIntrospector(new Annotations());
    }

    /**
     * Takes precedence over mix-in annotations of a host, which would take precedence over the registered readers and
     * writers.
     */
    private final class Annotations extends NopAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Object findSerializer(Annotated annotated) {
            return annotated instanceof AnnotatedClass ? writers.get(annotated.getRawType()) : null;
        }

        @Override
        public @Nullable Object findDeserializer(Annotated annotated) {
            if (!(annotated instanceof AnnotatedClass)) {
                return null;
            }
            Class<?> type = annotated.getRawType();
            return type == Rights.class ? rightsReader : type == Role.class ? roleReader : null;
        }

        @Override
        public @Nullable Boolean isIgnorableType(AnnotatedClass annotated) {
            return writers.containsKey(annotated.getRawType()) ? Boolean.FALSE : null;
        }
    }
}
