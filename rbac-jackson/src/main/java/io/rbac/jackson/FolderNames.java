package io.rbac.jackson;

import java.io.IOException;

/**
 * Changes which files a folder has. A change that may not be durable yet, whichever account made it, is made durable before
 * anything is read.
 */
final class FolderNames {

    private final Folder folder;
    private volatile boolean inDoubt;

    FolderNames(Folder folder) {
        this.folder = folder;
    }

    /** Changes the names of a folder. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    Folder folder() {
        return folder;
    }

    /** Makes sure that what can be seen is durable. */
    void settle() throws IOException {
        if (inDoubt) {
            force();
        }
    }

    /** Opens a file for writing; if it is new, its name is durable. */
    Folder.OpenFile open(String name) throws IOException {
        boolean isNew = folder.size(name) < 0;
        Folder.OpenFile file = null;
        boolean done = false;
        try {
            file = folder.open(name);
            if (isNew) {
                folder.force();
            }
            done = true;
            return file;
        } finally {
            if (!done) {
                inDoubt = true;
                if (file != null) {
                    file.close();
                }
            }
        }
    }

    void move(String from, String to) throws IOException {
        change(() -> folder.move(from, to));
    }

    void delete(String name) throws IOException {
        change(() -> folder.delete(name));
    }

    void force() throws IOException {
        // Cleared first: a change that fails in the meantime may come too late to be forced here.
        inDoubt = false;
        change(folder::force);
    }

    private void change(Step step) throws IOException {
        boolean done = false;
        try {
            step.take();
            done = true;
        } finally {
            if (!done) {
                inDoubt = true;
            }
        }
    }
}
