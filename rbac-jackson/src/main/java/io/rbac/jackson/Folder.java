package io.rbac.jackson;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The files of one folder, by name. What is written to a file is durable once the file is forced; which names there are, once
 * the folder is. No method can be interrupted.
 */
interface Folder {

    /** Returns the size of a file in bytes, -1 if there is no such file. */
    long size(String name) throws IOException;

    /** Opens a file for reading, from its start. */
    InputStream read(String name) throws IOException;

    /** Opens a file for writing, and creates it if it is missing. */
    OpenFile open(String name) throws IOException;

    /** Renames a file in one step; a file of the new name is replaced. */
    void move(String from, String to) throws IOException;

    /** Removes a file, if there is one. */
    void delete(String name) throws IOException;

    /** Makes durable which names there are. */
    void force() throws IOException;

    /** Returns the whole path of a file, human-readable. */
    String path(String name);

    /** A file that is open for writing. */
    interface OpenFile extends Closeable {

        long size() throws IOException;

        /** Cuts off everything after a position. */
        void truncate(long size) throws IOException;

        void write(long position, byte[] bytes, int offset, int length) throws IOException;

        /** Makes durable what was written. */
        void force() throws IOException;
    }
}
