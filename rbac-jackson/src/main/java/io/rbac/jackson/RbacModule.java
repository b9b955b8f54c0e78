package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets an application's own mapper read and write {@link Rights} and {@link Role}: {@code {"user": {"read": true}}}, and
 * a role as it stands in the policy document.
 *
 * <p>Both are read as strictly as a document, whatever the mapper is set to: unknown and repeated fields, groups and
 * actions that the catalog lacks, and values of another type are refused. So are permissions that the scope of the role
 * does not allow, where a role is read. What is wrong comes as a {@link
 * com.fasterxml.jackson.databind.JsonMappingException JsonMappingException} with the place of the first fault, whose cause
 * is the {@link io.rbac.model.PolicyViolationException PolicyViolationException} with all of them; paths are those of the
 * text that the mapper reads. Names, ids and lengths are judged by the policy that takes a role. JSON {@code null} is a
 * Java {@code null}.
 *
 * <p>Default typing, naming strategies, inclusion, annotations mixed in: none of these changes what is read and written.
 * Whole policies go through {@link PolicyJson}.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RbacModule extends Module {

    private final ValueReader<Rights> rightsReader;
    private final ValueReader<Role> roleReader;
    private final ValueWriter<Rights> rightsWriter = new ValueWriter<>(Rights.class, RoleWriter::write);
    private final ValueWriter<Role> roleWriter = new ValueWriter<>(Role.class, RoleWriter::write);

    /**
     * Creates a module.
     *
     * @param catalog the catalog that rights are looked up in
     */
    public RbacModule(PermissionCatalog catalog) {
        CatalogIndex index = new CatalogIndex(requireNonNull(catalog, "catalog"));
        this.rightsReader = new ValueReader<>(Rights.class, tokens -> rights(tokens, index));
        this.roleReader = new ValueReader<>(Role.class, tokens -> role(tokens, index));
    }

    private static Rights rights(Tokens tokens, CatalogIndex catalog) throws IOException {
        RightsDraft draft = RightsDraft.read(tokens);
        return new RightsLookup(catalog, catalog.catalog(), tokens.problems()).rights(draft, null, null);
    }

    private static Role role(Tokens tokens, CatalogIndex catalog) throws IOException {
        RoleDraft draft = RoleDraft.read(tokens);
        draft.find(new RightsLookup(catalog, catalog.catalog(), tokens.problems()));
        return draft.role("", "", Scope.ACCOUNT);
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

    /** Registers readers and writers with a mapper. */
    @Override
    public void setupModule(SetupContext context) {
        SimpleSerializers serializers = new SimpleSerializers(List.of(rightsWriter, roleWriter));
        SimpleDeserializers deserializers = new SimpleDeserializers();
        deserializers.addDeserializer(Rights.class, rightsReader);
        deserializers.addDeserializer(Role.class, roleReader);
        context.addSerializers(serializers);
        context.addDeserializers(deserializers);
        context.insertAnnotationIntrospector(new Annotations());
    }

    /** Comes before annotations that a host mixes in, which would come before the registered readers and writers. */
    private final class Annotations extends NopAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Object findSerializer(Annotated annotated) {
            return choose(annotated, rightsWriter, roleWriter);
        }

        @Override
        public @Nullable Object findDeserializer(Annotated annotated) {
            return choose(annotated, rightsReader, roleReader);
        }

        @Override
        public @Nullable Boolean isIgnorableType(AnnotatedClass annotated) {
            return choose(annotated, Boolean.FALSE, Boolean.FALSE);
        }

        private static <T> @Nullable T choose(Annotated annotated, T ofRights, T ofRole) {
            if (!(annotated instanceof AnnotatedClass)) {
                return null;
            }
            Class<?> type = annotated.getRawType();
            return type == Rights.class ? ofRights : type == Role.class ? ofRole : null;
        }
    }
}
