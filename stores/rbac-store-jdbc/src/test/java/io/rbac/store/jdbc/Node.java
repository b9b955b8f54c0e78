package io.rbac.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link NodeProcess} as its test sees it: it is started again after it was killed. */
final class Node {
    private static final long PATIENCE_SECONDS = 120;

    private final String name;
    private final String url;
    private final boolean isHinted;
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> mixed = new CopyOnWriteArrayList<>();
    private BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private Process process;
    private Thread listener;
    private PrintStream commands;
    private int starts;

    Node(String name, String url, boolean isHinted) {
        this.name = name;
        this.url = url;
        this.isHinted = isHinted;
    }

    /** Starts it, and does not wait until it is there: what it is told meanwhile it does then. */
    void start() throws IOException {
        starts++;
        BlockingQueue<String> fresh = new LinkedBlockingQueue<>();
        answers = fresh;
        process = StoreProcess.java(NodeProcess.class, name + '-' + starts, url, Boolean.toString(isHinted))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new PrintStream(process.getOutputStream(), true, UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        listener = new Thread(() -> lines.lines().forEach(line -> take(line, fresh)), name);
        listener.setDaemon(true);
        listener.setUncaughtExceptionHandler((thread, e) -> {}); // the process was killed
        listener.start();
    }

    private void take(String line, BlockingQueue<String> fresh) {
        if (line.startsWith("did ")) {
            acknowledged.add(line.substring("did ".length()));
        } else if (line.startsWith("mixed ")) {
            mixed.add(line);
        } else {
            fresh.add(line);
        }
    }

    private String await(String start) throws InterruptedException {
        String line;
        do {
            line = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError(name + " has not said `" + start + '`');
            }
        } while (!line.startsWith(start));
        return line;
    }

    void work(String account) {
        commands.println("work " + account);
    }

    void beQuiet() throws InterruptedException {
        commands.println("quiet");
        await("quiet");
    }

    /** Returns the version and the digest of what it answers from. */
    String tell(String account) throws InterruptedException {
        commands.println("tell " + account);
        return await("at ").substring("at ".length());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        listener.join();
    }

    /** Returns what it has said of commits since the last call. */
    List<String> takeAcknowledged() {
        List<String> taken = List.copyOf(acknowledged);
        acknowledged.clear();
        return taken;
    }

    List<String> mixed() {
        return mixed;
    }

    void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
