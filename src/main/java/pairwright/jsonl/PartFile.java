package pairwright.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that is being written and belongs to one process at a time: locked while it is open, taken over when a crash left it
 * behind, removed when the program is stopped.
 */
final class PartFile implements Closeable {
    private static final int TRIES = 5;
    private static final Set<PartFile> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(PartFile::removeAll, "part files"));
    }

    private final Path path;
    private final FileChannel channel;

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        OPEN.add(this);
    }

    /** @throws IOException also when another process, or another writer of this one, holds the file */
    static PartFile create(Path path) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            FileChannel fresh;
            try {
                fresh = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileAlreadyExistsException e) {
                removeUnlessHeld(path);
                continue;
            }
            if (locked(fresh)) {
                return new PartFile(path, fresh);
            }
            fresh.close();
            break;
        }
        throw held(path);
    }

    /** What a crash left has no lock any more. It is removed, never reused: its bytes may just have become the finished file. */
    private static void removeUnlessHeld(Path path) throws IOException {
        try (FileChannel left = FileChannel.open(path, StandardOpenOption.WRITE)) {
            if (!locked(left)) {
                throw held(path);
            }
            Files.deleteIfExists(path);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static FileSystemException held(Path path) {
        return new FileSystemException(
                path.toString(),
                null,
                "another process is writing it (" + path + "); wait until that ends, or name another output");
    }

    FileChannel channel() {
        return channel;
    }

    Path path() {
        return path;
    }

    /** Ends the writing; the file, if it still stands under its name, stays. */
    @Override
    public void close() throws IOException {
        OPEN.remove(this);
        channel.close();
    }

    private static void removeAll() {
        for (PartFile part : OPEN) {
            part.path.toFile().delete();
        }
    }
}
