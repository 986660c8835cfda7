package pairwright.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How the one answer of a model to each request is sampled. */
final class AnswerOptions {
    @Option(names = "--temperature", paramLabel = "T", description = "In [0, 2] (default 1).")
    private Optional<Double> temperature;

    @Option(names = "--top-p", paramLabel = "P", description = "In (0, 1].")
    private Optional<Double> topP;

    @Option(names = "--max-tokens", paramLabel = "N", description = "Of an answer (default 1024).")
    private Optional<Integer> maxTokens;

    Optional<Double> temperature() {
        return temperature;
    }

    Optional<Double> topP() {
        return topP;
    }

    Optional<Integer> maxTokens() {
        return maxTokens;
    }
}
