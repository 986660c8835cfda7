package pairwright.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the README, one block after the other, and compares what they print. They run in a folder of their own,
 * where links lead to the launcher and to the project's data, so their outputs never touch the checkout.
 *
 * <p>One thing is changed in the commands: the address {@code http://localhost:8000/v1} becomes that of a server that the
 * tour starts. {@code ./mvnw verify}, of which this is a part, is left to {@link VerifyTour}.
 */
class ReadmeTour {
    private static final String SERVER = "http://localhost:8000/v1";
    private static final List<String> LINKED = List.of("pairwright", "datasets", "models", "rubrics");

    @TempDir
    Path folder;

    private StandInServer server;

    @BeforeEach
    void theProgramIsBuilt() throws IOException {
        assumeTrue(Shell.isThere(), "there is no /bin/sh, so the commands of the README cannot be run");
        assertThat(Path.of("target/pairwright.jar"))
                .as("packaged before the tour")
                .exists();
        // The launcher builds anew when a source is newer than this stamp; Maven has just built everything.
        Path stamp = Path.of("target/pairwright.built");
        if (!Files.exists(stamp)) {
            Files.createFile(stamp);
        }
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now()));
        for (String name : LINKED) {
            Files.createSymbolicLink(folder.resolve(name), Path.of(name).toAbsolutePath());
        }
        server = new StandInServer();
    }

    @AfterEach
    void theServerStopsAndTheLinksGo() throws IOException {
        if (server != null) {
            server.close();
        }
        for (String name : LINKED) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExamplePrintsWhatThePageSays() throws IOException {
        List<ReadmeExample> examples = ReadmeExample.all();
        assertThat(examples).hasSizeGreaterThan(2);
        return examples.stream()
                .filter(example -> !example.commands().contains("./mvnw"))
                .map(example -> DynamicTest.dynamicTest(example.title(), () -> follow(example)));
    }

    private void follow(ReadmeExample example) throws IOException, InterruptedException {
        Shell.Ended ended = Shell.run(example.commands().replace(SERVER, server.baseUrl()), folder, Map.of());
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        example.printed().ifPresent(printed -> printed.mustBe(ended.output()));
    }

    @Test
    void everyOutputOnThePageBelongsToCommands() throws IOException {
        long outputs = Files.readString(ReadmeExample.README)
                .lines()
                .filter("```text"::equals)
                .count();
        assertThat(ReadmeExample.all())
                .filteredOn(example -> example.printed().isPresent())
                .hasSize((int) outputs);
    }

    @Test
    void everyStageHasAnExample() throws IOException {
        String commands = String.join(
                "\n", ReadmeExample.all().stream().map(ReadmeExample::commands).toList());
        for (String stage : List.of("generate", "pair", "judge", "fit", "score", "export", "agree", "run")) {
            assertThat(commands).contains("./pairwright " + stage);
        }
    }
}
