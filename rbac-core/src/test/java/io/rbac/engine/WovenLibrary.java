package io.rbac.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Loads the library and its tests a second time, and has every method of some classes come by at {@link Failpoint} when
 * it begins and when it returns. It is woven with what AssertJ brings along.
 */
final class WovenLibrary extends ClassLoader {

    private static final String ALL = "io.rbac.";

    private final List<String> woven;

    /** Weaves the classes whose names begin like this. */
    WovenLibrary(List<String> woven) {
        super(WovenLibrary.class.getClassLoader());
        this.woven = woven;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(ALL) || name.equals(Failpoint.class.getName())) {
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
            byte[] made = woven.stream().anyMatch(name::startsWith) ? weave(name, bytes) : bytes;
            return defineClass(name, made, 0, made.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] weave(String name, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        String type = name.substring(name.lastIndexOf('.') + 1);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String method, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
                        return method.startsWith("<") ? next : new Passing(next, type + '.' + method);
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
}
