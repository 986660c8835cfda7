package pairwright.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's two commands on what a fresh clone holds: the tracked files, alone in a folder. A file that somebody forgot to
 * add, or that only an earlier build left behind, is missed here. The build inside compiles, packages and checks everything,
 * but of the tests it runs only the architecture's: the build around it runs all of them on the same files.
 */
class VerifyTour {
    /** Set to {@code nested} in the build inside, which would otherwise begin another one, and so on. */
    private static final String NESTED = "PAIRWRIGHT_TOUR";

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aFreshCloneRunsAndVerifiesWithTheTwoCommandsOfTheReadme() throws Exception {
        assumeTrue(Shell.isThere(), "there is no /bin/sh, so the commands of the README cannot be run");
        assumeTrue(!"nested".equals(System.getenv(NESTED)), "this build is itself the one inside the tour");
        assumeTrue(
                Shell.run("git ls-files --error-unmatch pom.xml", Path.of("."), Map.of())
                                .exitCode()
                        == 0,
                "git or its repository is not there, so nobody knows which files are tracked");
        ReadmeExample run = command(0, "./pairwright run\n");
        ReadmeExample verify = command(1, "./mvnw verify\n");
        Path clone = folder.resolve("pairwright");
        copyTrackedFiles(clone);

        Shell.Ended ran = Shell.run(run.commands(), clone, Map.of(NESTED, "nested"));
        assertThat(ran.exitCode()).as(ran.output()).isZero();
        run.printed().orElseThrow().mustBe(withoutBuilding(ran.output()));
        for (String file : List.of(
                "pairs.jsonl",
                "pairs.jsonl.provenance.json",
                "labelled.jsonl",
                "judgments.jsonl",
                "model/manifest.json",
                "model/model.safetensors",
                "dataset/train.jsonl",
                "dataset/test.jsonl",
                "dataset/provenance.json",
                "agreement/agreement.json",
                "agreement/agreement.html")) {
            assertThat(clone.resolve("out/quickstart").resolve(file)).isNotEmptyFile();
        }

        Shell.Ended verified =
                Shell.run(verify.commands().strip() + " -Dtest=RoomsTest -DskipITs\n", clone, Map.of(NESTED, "nested"));
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        assertThat(verified.output()).contains("Tests run:").contains("BUILD SUCCESS");
    }

    private static ReadmeExample command(int place, String commands) throws IOException {
        ReadmeExample example = ReadmeExample.all().get(place);
        assertThat(example.commands()).isEqualTo(commands);
        return example;
    }

    private static void copyTrackedFiles(Path clone) throws IOException, InterruptedException {
        Shell.Ended listed = Shell.run("git ls-files", Path.of("."), Map.of());
        assertThat(listed.exitCode()).as(listed.output()).isZero();
        for (String name : listed.output().lines().toList()) {
            Path file = Path.of(name);
            // Removed here but not yet in a commit.
            if (Files.exists(file)) {
                Path copy = clone.resolve(name);
                Files.createDirectories(copy.getParent());
                // Also keeps the permission to execute.
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The launcher says that it builds, since nothing is built in a fresh clone. */
    private static String withoutBuilding(String output) {
        assertThat(output).startsWith("pairwright: building");
        return output.substring(output.indexOf('\n') + 1);
    }
}
