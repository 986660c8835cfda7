package pairwright.cli;

import java.util.Optional;
import pairwright.dataset.SplitRules;
import picocli.CommandLine.Option;

/** What stays together when a dataset is split. */
final class SplitOptions {
    @Option(
            names = "--split-by",
            paramLabel = "prompt|cluster",
            description =
                    "What is never on both sides: a prompt, or a cluster of nearly equal prompts (default prompt).")
    private Optional<String> by;

    @Option(
            names = "--split-similarity",
            paramLabel = "J",
            description =
                    "Jaccard similarity of character 5-grams from which two prompts are one cluster (default 0.7).")
    private Optional<Double> similarity;

    @Option(
            names = "--stratify-by",
            paramLabel = "FIELD",
            description = "Give every value of this field, such as tags.source, the same share on the test side.")
    private Optional<String> stratifyBy;

    Optional<SplitRules> rules() {
        SplitRules rules = new SplitRules(
                by.map(name -> Named.constant("split-by", name, SplitRules.Unit.class)), similarity, stratifyBy);
        return rules.equals(SplitRules.BY_PROMPT) ? Optional.empty() : Optional.of(rules);
    }
}
