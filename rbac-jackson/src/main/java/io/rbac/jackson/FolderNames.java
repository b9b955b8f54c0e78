package io.rbac.jackson;

import java.io.IOException;
import java.util.Set;

/**
 * Changes which files a folder has of one account. A change that may not be durable yet is made durable before anything of
 * that account is read; other accounts do not wait for it.
 *
 * <p>This class is not thread-safe, but for the accounts in doubt, which the names of all accounts share.
 */
final class FolderNames {

    private final Folder folder;
    private final String account;
    private final Set<String> inDoubt;

    /**
     * Creates the names of one account.
     *
     * @param account what the names of its files start with
     * @param inDoubt the accounts with changes that may not be durable: a concurrent set
     */
    FolderNames(Folder folder, String account, Set<String> inDoubt) {
        this.folder = folder;
        this.account = account;
        this.inDoubt = inDoubt;
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
        if (inDoubt.contains(account)) {
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
                inDoubt.add(account);
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
        change(folder::force);
        inDoubt.remove(account);
    }

    private void change(Step step) throws IOException {
        boolean done = false;
        try {
            step.take();
            done = true;
        } finally {
            if (!done) {
                inDoubt.add(account);
            }
        }
    }
}
