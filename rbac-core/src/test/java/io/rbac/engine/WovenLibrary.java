package io.rbac.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Loads the library and its tests a second time, some classes with more in their methods than was written. */
final class WovenLibrary extends ClassLoader {

    private static final String ALL = "io.rbac.";

    /** What the woven classes call is the one that the tests see. */
    private static final Set<String> SHARED =
            Set.of(Failpoint.class.getName(), Steps.class.getName(), WrappingNanos.class.getName());

    /** Weaves a method, given where it is. */
    private interface Weaver {
        MethodVisitor weave(MethodVisitor next, String where);
    }

    private final Predicate<String> woven;
    private final Weaver weaver;

    private WovenLibrary(Predicate<String> woven, Weaver weaver) {
        super(WovenLibrary.class.getClassLoader());
        this.woven = woven;
        this.weaver = weaver;
    }

    /** Every method of the classes whose names begin like this comes by at {@link Failpoint} at its beginning and end. */
    static WovenLibrary withFailpoints(List<String> prefixes) {
        return new WovenLibrary(name -> prefixes.stream().anyMatch(name::startsWith), Passing::new);
    }

    /** Every class of the library, but for the tests, comes by at {@link Steps} with each step. */
    static WovenLibrary withSteps() {
        return new WovenLibrary(name -> !name.contains("Test"), (next, where) -> new Counting(next));
    }

    /** Every class of the library takes {@link System#nanoTime()} from {@link WrappingNanos}. */
    static WovenLibrary withWrappingNanos() {
        return new WovenLibrary(name -> !name.contains("Test"), (next, where) -> new Retimed(next));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(ALL) || SHARED.contains(name)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            byte[] made = woven.test(name) ? weave(name, bytes) : bytes;
            return defineClass(name, made, 0, made.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] weave(String name, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        String type = name.substring(name.lastIndexOf('.') + 1);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String method, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
                        return method.startsWith("<") ? next : weaver.weave(next, type + '.' + method);
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Passing extends MethodVisitor {

        private final String where;

        Passing(MethodVisitor next, String where) {
            super(Opcodes.ASM9, next);
            this.where = where;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            pass("before ");
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                pass("after ");
            }
            super.visitInsn(opcode);
        }

        private void pass(String when) {
            super.visitLdcInsn(when + where);
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, "io/rbac/engine/Failpoint", "pass", "(Ljava/lang/String;)V", false);
        }
    }

    private static final class Retimed extends MethodVisitor {

        Retimed(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean isNanoTime = owner.equals("java/lang/System") && name.equals("nanoTime");
            super.visitMethodInsn(
                    opcode, isNanoTime ? "io/rbac/engine/WrappingNanos" : owner, name, descriptor, isInterface);
        }
    }

    private static final class Counting extends MethodVisitor {

        private final Set<Label> behind = new HashSet<>();

        Counting(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitMethodInsn(Opcodes.INVOKESTATIC, "io/rbac/engine/Steps", "step", "()V", false);
        }

        @Override
        public void visitLabel(Label label) {
            behind.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (behind.contains(label)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, "io/rbac/engine/Steps", "step", "()V", false);
            }
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals("java/lang/System") && name.equals("arraycopy")) {
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, "io/rbac/engine/Steps", "steps", "(I)V", false);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }
}
