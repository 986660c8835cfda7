package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Estimates on the command line. Nobody listens where they would ask, so a call would fail. */
class DryRunCommandTest {
    private static final String NOBODY = "http://127.0.0.1:9/v1";

    @RegisterExtension
    final Captured printed = new Captured();

    @TempDir
    Path folder;

    private Path pairs;
    private Path prices;

    @BeforeEach
    void write() throws Exception {
        pairs = Files.writeString(
                folder.resolve("pairs.jsonl"),
                "{\"id\":\"1\",\"prompt\":\"q\",\"response_a\":\"good\",\"response_b\":\"poor\"}\n");
        prices = Files.writeString(
                folder.resolve("my-prices.yaml"),
                "currency: EUR\nmodels:\n  - {model: \"known-*\", prompt: 1, completion: 2}\n");
    }

    private int judge(String model, String... more) {
        return Pairwright.execute(Stream.concat(
                        Stream.of(
                                "judge",
                                pairs.toString(),
                                "--judge",
                                "openai:" + model,
                                "--base-url",
                                NOBODY,
                                "--reading",
                                "verdict",
                                "--prices",
                                prices.toString(),
                                "--out",
                                folder.resolve("judged.jsonl").toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void aDryRunPrintsTheEstimateAndLeavesNothing() throws Exception {
        assertThat(judge("known-1", "--dry-run")).as(printed.err()).isZero();
        assertThat(printed.out()).contains("estimate: 2 calls", "EUR");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(pairs, prices);
        }
    }

    @Test
    void thePriceIsThatOfTheTable() {
        assertThat(judge("known-1", "--dry-run")).isZero();
        String known = printed.out();
        printed.clear();
        assertThat(judge("unknown-1", "--dry-run")).isZero();
        assertThat(known).doesNotContain("cost unknown");
        assertThat(printed.out()).contains("cost unknown");
    }

    @Test
    void underABudgetAModelThatIsNotInTheTableIsRefusedBeforeAnythingIsSent() throws Exception {
        assertThat(judge("unknown-1", "--budget", "1")).isEqualTo(2);
        assertThat(printed.err()).contains("no price is known for the model unknown-1");
        assertThat(folder.resolve("judged.jsonl")).doesNotExist();
    }
}
