package pairwright.jsonl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Temporary files without a name where the system allows that, so that not even kill -9 leaves one behind. */
public final class NamelessFile {
    private NamelessFile() {}

    /**
     * An empty one to write and read, gone when it is closed.
     *
     * @param what it is in words, for the error
     * @throws UncheckedIOException where the folder for temporary files has no room or is closed to us
     */
    public static FileChannel open(String what) {
        try {
            Path file = Files.createTempFile("pairwright-", ".part");
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            file.toFile().delete();
            return channel;
        } catch (IOException e) {
            throw noRoom(what, e);
        }
    }

    /** What is said where one cannot be made, or not made longer. */
    public static UncheckedIOException noRoom(String what, IOException e) {
        return new UncheckedIOException(
                what + " cannot be made in the folder for temporary files: " + e.getMessage()
                        + "; make room there, or name another folder in PAIRWRIGHT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                e);
    }
}
