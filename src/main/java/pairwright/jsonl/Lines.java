package pairwright.jsonl;

import java.io.IOException;
import java.util.Optional;

/** Rows as text, one after the other, each with a number by which people find it. */
interface Lines {
    /** The next row's bytes, or null at the end. */
    byte[] next() throws IOException;

    /** Number of the last row, from 1: its line, or its place where the file has no lines. */
    long number();

    /** Whether the last row was longer than is read and only its beginning was given. */
    default boolean overlong() {
        return false;
    }

    /** What is wrong with the last row, which then was given as it stands in the file. */
    default Optional<String> fault() {
        return Optional.empty();
    }

    /** Bytes read so far, unpacked where the file is packed. */
    long bytesRead();
}
