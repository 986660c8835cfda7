package pairwright.cli;

import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.recipe.BatchingSettings;
import picocli.CommandLine.Option;

/** Whether and how to ask through a provider's batch API. */
final class BatchOptions {
    @Option(
            names = "--batch",
            description =
                    "Ask openai:MODEL or anthropic:MODEL through the provider's batch API: cheaper, within a day.")
    private boolean batch;

    @Option(
            names = "--batch-wait",
            paramLabel = "SECONDS",
            description =
                    "Longest time to wait for batches, 0 to leave at once; then end with code 130. The same command"
                            + " later collects them (default to the end).")
    private Optional<Double> wait;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Most requests of one batch (default what the provider allows).")
    private Optional<Integer> size;

    @Option(
            names = "--batch-poll",
            paramLabel = "SECONDS",
            description = "Longest time between two looks at batches under way (default 60).")
    private Optional<Double> poll;

    Optional<BatchingSettings> settings() {
        if (!batch && (wait.isPresent() || size.isPresent() || poll.isPresent())) {
            throw new BadInput("--batch-wait, --batch-size and --batch-poll are about batches: add --batch");
        }
        return batch ? Optional.of(new BatchingSettings(size, poll, wait)) : Optional.empty();
    }
}
