package io.rbac.jackson;

import io.rbac.test.Choices;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder that forgets at a power failure what was not forced, in any combination, and whose steps can be made to fail.
 */
final class MemoryFolder implements Folder {

    /** How a step fails. */
    enum Failure {
        BEFORE,
        HALFWAY,
        AFTER
    }

    private static final class Content {
        byte[] bytes = {};
        byte[] durable = {};
        final List<Write> pending = new ArrayList<>();

        void apply(Write write) {
            bytes = write.to(bytes);
            pending.add(write);
        }
    }

    /** A write, or a cut. */
    private static final class Write {

        private final int position;
        private final byte[] bytes;
        private final boolean cuts;

        Write(int position, byte[] bytes, boolean cuts) {
            this.position = position;
            this.bytes = bytes;
            this.cuts = cuts;
        }

        byte[] to(byte[] old) {
            return to(old, 0, bytes.length);
        }

        /** Writes a part of it alone. */
        byte[] to(byte[] old, int start, int end) {
            if (cuts) {
                return Arrays.copyOf(old, Math.min(old.length, position));
            }
            if (start == end) {
                return old;
            }
            byte[] result = Arrays.copyOf(old, Math.max(old.length, position + end));
            System.arraycopy(bytes, start, result, position + start, end - start);
            return result;
        }
    }

    /** A change of the names: gone, or the name of a content; a move is both at once. */
    private record Naming(List<String> gone, Map<String, Content> named) {
        void to(Map<String, Content> names) {
            gone.forEach(names::remove);
            names.putAll(named);
        }
    }

    /** A step that changes something. */
    private interface Step {
        void take(boolean halfway) throws IOException;
    }

    private Map<String, Content> names = new TreeMap<>();
    private Map<String, Content> durableNames = new TreeMap<>();
    private final List<Naming> pending = new ArrayList<>();
    private int steps;
    private int failAt = -1;
    private int failures;
    private Failure failure = Failure.BEFORE;

    /** Makes steps fail: from one on, so many. */
    void fail(int firstStep, int howMany, Failure how) {
        failAt = firstStep;
        failures = howMany;
        failure = how;
    }

    /** Makes no step fail from now on, as if another process went on. */
    void failNoMore() {
        failAt = -1;
    }

    /** How many steps were taken that change something or make it durable. */
    int steps() {
        return steps;
    }

    /** What there may be after the power failed: of what was not forced anything, and of each write any part. */
    MemoryFolder afterPowerFailure(Choices choices) {
        Map<String, Content> left = new TreeMap<>(durableNames);
        for (Naming naming : pending) {
            if (choices.oneIn(2)) {
                naming.to(left);
            }
        }
        MemoryFolder after = new MemoryFolder();
        left.forEach((name, content) -> {
            byte[] bytes = content.durable;
            for (Write write : content.pending) {
                int kept = choices.below(3);
                if (kept == 1) {
                    bytes = write.to(bytes);
                } else if (kept == 2 && !write.cuts) {
                    int end = choices.between(0, write.bytes.length);
                    bytes = write.to(bytes, choices.oneIn(2) ? choices.between(0, end) : 0, end);
                }
            }
            after.put(name, bytes);
        });
        return after;
    }

    private void put(String name, byte[] bytes) {
        Content content = new Content();
        content.bytes = bytes;
        content.durable = bytes;
        names.put(name, content);
        durableNames.put(name, content);
    }

    private void step(Step step) throws IOException {
        int now = steps++;
        boolean fails = failAt >= 0 && now >= failAt && now < failAt + failures;
        if (!fails) {
            step.take(false);
            return;
        }
        if (failure == Failure.HALFWAY) {
            step.take(true);
        } else if (failure == Failure.AFTER) {
            step.take(false);
        }
        throw new IOException("step " + now + " failed");
    }

    private Content content(String name) throws IOException {
        Content content = names.get(name);
        if (content == null) {
            throw new FileNotFoundException(name);
        }
        return content;
    }

    List<String> names() {
        return List.copyOf(names.keySet());
    }

    @Override
    public long size(String name) {
        Content content = names.get(name);
        return content == null ? -1 : content.bytes.length;
    }

    @Override
    public InputStream read(String name) throws IOException {
        return new ByteArrayInputStream(content(name).bytes);
    }

    @Override
    public OpenFile open(String name) throws IOException {
        if (!names.containsKey(name)) {
            step(halfway -> name(new Naming(List.of(), Map.of(name, new Content()))));
        }
        return new MemoryFile(content(name));
    }

    @Override
    public void move(String from, String to) throws IOException {
        Naming naming = new Naming(List.of(from), Map.of(to, content(from)));
        step(halfway -> {
            if (!halfway) {
                name(naming);
            }
        });
    }

    @Override
    public void delete(String name) throws IOException {
        if (names.containsKey(name)) {
            step(halfway -> {
                if (!halfway) {
                    name(new Naming(List.of(name), Map.of()));
                }
            });
        }
    }

    private void name(Naming naming) {
        naming.to(names);
        pending.add(naming);
    }

    @Override
    public void force() throws IOException {
        step(halfway -> {
            if (!halfway) {
                durableNames = new TreeMap<>(names);
                pending.clear();
            }
        });
    }

    @Override
    public String path(String name) {
        return "/memory/" + name;
    }

    private final class MemoryFile implements OpenFile {

        private final Content content;

        MemoryFile(Content content) {
            this.content = content;
        }

        @Override
        public long size() {
            return content.bytes.length;
        }

        @Override
        public void truncate(long size) throws IOException {
            if (content.bytes.length > size) {
                step(halfway -> {
                    if (!halfway) {
                        content.apply(new Write((int) size, new byte[0], true));
                    }
                });
            }
        }

        @Override
        public void write(long position, byte[] bytes, int offset, int length) throws IOException {
            step(halfway -> {
                int written = halfway ? length / 2 : length;
                byte[] copy = Arrays.copyOfRange(bytes, offset, offset + written);
                content.apply(new Write((int) position, copy, false));
            });
        }

        /** One that fails halfway leaves what was written for written: no later one makes it durable. */
        @Override
        public void force() throws IOException {
            step(halfway -> {
                for (Write write : content.pending) {
                    content.durable = halfway ? content.durable : write.to(content.durable);
                }
                content.pending.clear();
            });
        }

        @Override
        public void close() {}
    }
}
