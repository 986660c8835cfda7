package pairwright.jsonl;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears whole or not at all: bytes go to {@code NAME.part} beside it, and {@link #commit} forces them to disk
 * and renames it into place. Closed without commit, the old file stays as it was.
 */
public final class AtomicFile implements Closeable {
    private final Path target;
    private final PartFile part;
    private final OutputStream out;
    private boolean committed;

    /**
     * Begins to write; a target that is a symbolic link stands for the file that it leads to.
     *
     * @throws BadInput if the target is a folder, a device or a pipe
     * @throws UncheckedIOException naming the file and the cause, also when another process is writing it
     */
    public AtomicFile(Path target) {
        if (Files.isDirectory(target)) {
            throw new BadInput(target + ": is a folder, must be the name of a file");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new BadInput(target + ": is a device or a pipe, must be a file");
        }
        try {
            Path parent = target.toAbsolutePath().getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                Files.createDirectories(parent);
            }
            this.target = Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
            part = PartFile.create(this.target.resolveSibling(this.target.getFileName() + ".part"));
        } catch (IOException e) {
            throw unwritable(target, e);
        }
        out = new BufferedOutputStream(Channels.newOutputStream(part.channel()), 1 << 16);
    }

    /** Writes the text whole and commits it. */
    public static void write(Path target, String text) {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the bytes whole and commits them. */
    public static void write(Path target, byte[] bytes) {
        try (AtomicFile file = new AtomicFile(target)) {
            file.out.write(bytes);
            file.commit();
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    Path target() {
        return target;
    }

    public OutputStream stream() {
        return out;
    }

    /**
     * Forces all bytes to disk without putting the file in its place yet: of several files, finish all before committing the
     * first, and a full disk leaves every old file as it was.
     *
     * @throws UncheckedIOException naming the file and the cause
     */
    public void finish() {
        try {
            if (part.channel().isOpen()) {
                out.flush();
                part.channel().force(true);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /** What was written so far, from the first byte. */
    InputStream written() throws IOException {
        out.flush();
        return Files.newInputStream(part.path());
    }

    /** Puts these bytes in the place of all that was written so far. */
    void replace(InputStream bytes) throws IOException {
        out.flush();
        part.channel().truncate(0);
        bytes.transferTo(out);
        out.flush();
    }

    /**
     * Finishes the file and puts it in its place.
     *
     * @throws UncheckedIOException naming the file and the cause; the old file then stands as it was
     */
    public void commit() {
        finish();
        try {
            Files.move(part.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            committed = true;
            part.close();
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    @Override
    public void close() {
        if (committed) {
            return;
        }
        try {
            Files.deleteIfExists(part.path());
            part.close();
        } catch (IOException e) {
            throw new UncheckedIOException(part.path() + ": cannot be removed: " + reason(e), e);
        }
    }

    private static UncheckedIOException unwritable(Path target, IOException e) {
        return new UncheckedIOException(
                target + ": cannot be written: " + reason(e) + "; what stood there before is unchanged", e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (e instanceof NoSuchFileException) {
            return "its folder cannot be made";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is a file, must be a folder";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
