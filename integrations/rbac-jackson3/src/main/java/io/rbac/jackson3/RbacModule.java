package io.rbac.jackson3;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rbac.guard.Capabilities;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleSerializers;

/**
 * A module of Jackson 3 with which an application's own mapper reads and writes {@link Rights} and {@link Role}, and writes
 * {@link Violation} and {@link Capabilities}: the same JSON, byte for byte, and read as strictly, as with {@link
 * io.rbac.jackson.RbacModule} and Jackson 2. Only how a character beyond U+FFFF is written as bytes is a setting of the mapper,
 * whose default differs.
 *
 * <p>A refusal is a {@link tools.jackson.databind.DatabindException DatabindException}; its cause is the {@link
 * io.rbac.model.PolicyViolationException PolicyViolationException} with everything that is wrong, and the paths are those of
 * the JSON that the mapper reads. Lines and columns are not known. Settings of the mapper have no effect on what is read and
 * written. JSON {@code null} is read as {@code null}.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RbacModule extends JacksonModule {

    private final Map<Class<?>, ValueWriter<?>> writers;
    private final ValueReader<Rights> rightsReader;
    private final ValueReader<Role> roleReader;

    /**
     * Creates a module.
     *
     * @param catalog the catalog in which rights and scopes are looked up
     */
    public RbacModule(PermissionCatalog catalog) {
        ScopeTree tree = requireNonNull(catalog, "catalog").scopes();
        this.writers = Map.of(
                Rights.class, new ValueWriter<>(Rights.class, Values::write),
                Role.class, new ValueWriter<>(Role.class, (role, json) -> Values.write(role, tree, json)),
                Violation.class, new ValueWriter<>(Violation.class, Values::write),
                Capabilities.class, new ValueWriter<>(Capabilities.class, Values::write));
        ObjectMapper strict = new ObjectMapper().registerModule(new io.rbac.jackson.RbacModule(catalog));
        this.rightsReader = new ValueReader<>(Rights.class, strict);
        this.roleReader = new ValueReader<>(Role.class, strict);
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
        public @Nullable Object findSerializer(MapperConfig<?> config, Annotated annotated) {
            return annotated instanceof AnnotatedClass ? writers.get(annotated.getRawType()) : null;
        }

        @Override
        public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
            if (!(annotated instanceof AnnotatedClass)) {
                return null;
            }
            Class<?> type = annotated.getRawType();
            return type == Rights.class ? rightsReader : type == Role.class ? roleReader : null;
        }

        @Override
        public @Nullable Boolean isIgnorableType(MapperConfig<?> config, AnnotatedClass annotated) {
            return writers.containsKey(annotated.getRawType()) ? Boolean.FALSE : null;
        }
    }
}
