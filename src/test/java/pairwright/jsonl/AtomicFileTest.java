package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aCommittedFileStandsWholeAndAlone() throws IOException {
        Path file = folder.resolve("f.txt");
        AtomicFile.write(file, "old");
        AtomicFile.write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("f.txt");
    }

    @Test
    void withoutCommitTheOldFileStaysAndNoPartIsLeft() throws IOException {
        Path file = folder.resolve("f.jsonl");
        AtomicFile.write(file, "old");
        try (RowWriter writer = RowWriter.to(file)) {
            for (int i = 0; i < 100_000; i++) {
                writer.write(Map.of("i", i));
            }
            assertThat(names()).containsExactly("f.jsonl", "f.jsonl.part");
        }
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("f.jsonl");
    }

    @Test
    void finishedButNotCommittedIsNotThere() throws IOException {
        Path file = folder.resolve("f.jsonl");
        try (RowWriter writer = RowWriter.to(file)) {
            writer.write(Map.of("i", 1));
            writer.finish();
            assertThat(file).doesNotExist();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void aPartThatACrashLeftIsOverwritten() throws IOException {
        Files.writeString(folder.resolve("f.txt.part"), "half a row of an earlier run");
        AtomicFile.write(folder.resolve("f.txt"), "new");
        assertThat(folder.resolve("f.txt")).hasContent("new");
        assertThat(names()).containsExactly("f.txt");
    }

    @Test
    void aSecondWriterOfTheSameFileIsRefusedAndHarmsNothing() throws IOException {
        Path file = folder.resolve("f.jsonl");
        try (RowWriter first = RowWriter.to(file)) {
            first.write(Map.of("i", 1));
            assertThatThrownBy(() -> AtomicFile.write(file, "second"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("another process is writing it");
            first.commit();
        }
        assertThat(file).hasContent("{\"i\":1}");
        assertThat(names()).containsExactly("f.jsonl");
    }

    @Test
    void aSymbolicLinkStaysAndItsFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("f.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, "new");
        assertThat(file).hasContent("new");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aDeviceIsNeverReplaced() {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device), "no /dev/null here");
        assertThatThrownBy(() -> AtomicFile.write(device, "x"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is a device or a pipe, must be a file");
    }

    @Test
    void missingFoldersAreMade() {
        AtomicFile.write(folder.resolve("a/b/f.txt"), "new");
        assertThat(folder.resolve("a/b/f.txt")).hasContent("new");
    }

    @Test
    void aFolderInTheWayIsNamedAndLeavesNoPart() throws IOException {
        Path file = Files.createDirectories(folder.resolve("taken/by/a/folder")).getParent();
        assertThatThrownBy(() -> AtomicFile.write(file, "new"))
                .isInstanceOf(BadInput.class)
                .hasMessage(file + ": is a folder, must be the name of a file");
        assertThat(file.resolveSibling("a.part")).doesNotExist();
        assertThat(file).isDirectory();
    }

    @Test
    void aFolderThatIsAFileIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("f"));
        assertThatThrownBy(() -> AtomicFile.write(file.resolve("g.txt"), "new"))
                .hasMessageContaining("g.txt: cannot be written: " + file + " is a file, must be a folder");
    }

    @Test
    void aFolderWithoutPermissionIsNamed() throws IOException {
        Assumptions.assumeTrue(
                Files.getFileStore(folder).supportsFileAttributeView("posix"), "no POSIX permissions here");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(closed), "this user may write everywhere");
        assertThatThrownBy(() -> AtomicFile.write(closed.resolve("f.txt"), "new"))
                .hasMessageContaining("f.txt: cannot be written: no permission for");
    }

    @Test
    void aFullDiskNamesTheCauseAndLeavesNothing() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "no /dev/full here");
        assertThatThrownBy(() -> {
                    try (var out = Files.newOutputStream(full);
                            RowWriter writer = RowWriter.to(out)) {
                        writer.write("x".getBytes(StandardCharsets.UTF_8));
                        writer.commit();
                    }
                })
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be written: No space left on device");
    }
}
