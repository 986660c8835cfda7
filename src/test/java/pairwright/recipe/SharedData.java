package pairwright.recipe;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real preferences that are not part of the project; tests that need them are skipped where they are absent. */
public final class SharedData {
    private static final Path FOLDER = Path.of("../shared/data");

    private SharedData() {}

    public static String file(String name) {
        Path file = FOLDER.resolve(name);
        assumeTrue(Files.exists(file), "skipped: " + file + " is not here");
        return file.toString();
    }
}
