package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Violation;
import io.rbac.policy.PolicyTable;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What users can pass in. A class that they write may have a hostile {@code equals}, {@code hashCode}, {@code compareTo}
 * or {@code toString}: so ids are strings, and everything else that is compared is of a closed type.
 */
class AcceptedTypesTest {

    /** Open types that hold values of closed types; they are copied. */
    private static final Set<Class<?>> CONTAINERS = Set.of(Collection.class, List.class, Set.class);

    /** Open types that are called, passed back or, by {@link Violation#pointer}, turned into text; they are never compared. */
    private static final Set<Class<?>> CALLED = Set.of(
            BiConsumer.class,
            Consumer.class,
            Executor.class,
            Function.class,
            InstantSource.class,
            IntConsumer.class,
            Object.class,
            PolicyListener.class,
            PolicyStore.class,
            PolicyTable.RoleSetBits.class,
            RefusalListener.class,
            Supplier.class,
            Throwable.class);

    @Test
    @Tag("B57")
    void only_strings_and_closed_types_are_accepted_apart_from_containers_and_what_is_called() {
        Set<Class<?>> open = PublicTypesTest.publicTypes()
                .flatMap(AcceptedTypesTest::executables)
                .flatMap(executable -> Stream.of(executable.getGenericParameterTypes()))
                .flatMap(AcceptedTypesTest::parts)
                .filter(type -> !isClosed(type))
                .collect(Collectors.toSet());

        assertThat(open)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(CONTAINERS.stream(), CALLED.stream()).toList());
    }

    /** The public methods and constructors that the core declares. */
    private static Stream<Executable> executables(Class<?> type) {
        Stream<Method> methods = Stream.of(type.getMethods())
                .filter(method -> method.getDeclaringClass().getName().startsWith("io.rbac."))
                .filter(method -> !method.isSynthetic() && !isEquals(method));
        return Stream.concat(Stream.of(type.getConstructors()), methods);
    }

    private static boolean isEquals(Method method) {
        return method.getName().equals("equals") && method.getParameterCount() == 1;
    }

    /** The classes that a type names, those of its arguments included. */
    private static Stream<Class<?>> parts(Type type) {
        if (type instanceof Class<?> named) {
            return named.isArray() ? parts(named.getComponentType()) : Stream.of(named);
        }
        if (type instanceof GenericArrayType array) {
            return parts(array.getGenericComponentType());
        }
        if (type instanceof ParameterizedType generic) {
            return Stream.concat(
                    parts(generic.getRawType()),
                    Stream.of(generic.getActualTypeArguments()).flatMap(AcceptedTypesTest::parts));
        }
        if (type instanceof TypeVariable<?> variable) {
            return Stream.of(variable.getBounds()).flatMap(AcceptedTypesTest::parts);
        }
        WildcardType wildcard = (WildcardType) type;
        return Stream.concat(Stream.of(wildcard.getUpperBounds()), Stream.of(wildcard.getLowerBounds()))
                .flatMap(AcceptedTypesTest::parts);
    }

    private static boolean isClosed(Class<?> type) {
        if (type.isSealed()) {
            return Stream.of(type.getPermittedSubclasses()).allMatch(AcceptedTypesTest::isClosed);
        }
        return type.isPrimitive() || type.isEnum() || Modifier.isFinal(type.getModifiers());
    }
}
