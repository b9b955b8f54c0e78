package io.rbac.jackson;

import java.io.IOException;

/**
 * Changes which files a folder has. While the last change of somebody may not be durable, it is made so before anything is
 * said about the folder.
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

    /** Makes sure that what is seen is durable. */
    void settle() throws IOException {
        if (inDoubt) {
            force();
        }
    }

    /** Opens a file to write to it; a file that was missing is there to stay. */
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
        // Before, because a change that fails meanwhile may come too late for this.
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
