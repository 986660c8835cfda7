package pairwright.cli;

import java.util.List;
import java.util.Optional;
import pairwright.judge.DemonstrationPool;
import pairwright.judge.Pooling;
import pairwright.recipe.AskSettings;
import pairwright.recipe.DemonstrationSettings;
import picocli.CommandLine.Option;

/** Who judges and how the judge is asked. */
final class AskingOptions {
    @Option(names = "--judge", required = true, paramLabel = "JUDGE", description = "Who judges, see below.")
    private String judge;

    @Option(
            names = "--rubric",
            paramLabel = "NAME",
            description = "A file in rubrics/, or the path of one (default helpfulness).")
    private Optional<String> rubric;

    @Option(
            names = "--reading",
            paramLabel = "auto|logprobs|verdict|schema|tool",
            description =
                    "How z is read from a reply; auto asks the server what it does, and takes log-probabilities, else a JSON schema,"
                            + " else a tool call, else the last line (default auto).")
    private Optional<String> reading;

    @Option(
            names = "--orders",
            paramLabel = "both|one",
            description = "One order only halves the calls and keeps the position bias (default both).")
    private Optional<String> orders;

    @Option(names = "--samples", paramLabel = "N", description = "Calls per order (default 1).")
    private Optional<Integer> samples;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Of the judge, in [0, 2] (default the rubric's); several samples need one above 0.")
    private Optional<Double> temperature;

    @Option(
            names = "--pooling",
            paramLabel = "mean|logit",
            description = "How two orders become one z: mean or logit (default mean).")
    private Optional<Pooling> pooling;

    @Option(names = "--seed", paramLabel = "N", description = "Of the codes in the judge's prompts (default 0).")
    private Optional<Long> seed;

    @Option(
            names = "--demonstrations",
            paramLabel = "PAIRS",
            description = "Labelled pairs of which worked examples are chosen for each pair, never the pair itself;"
                    + " they take the place of the rubric's own.")
    private Optional<String> demonstrations;

    @Option(
            names = "--demonstrations-choose",
            paramLabel = "random|diverse|similar",
            description =
                    "How they are chosen: at random, unlike each other, or like the pair's prompt (default similar).")
    private Optional<DemonstrationPool.Choice> choose;

    @Option(names = "--demonstrations-count", paramLabel = "N", description = "How many (default 4).")
    private Optional<Integer> count;

    @Option(
            names = "--ask-again",
            split = ",",
            paramLabel = "REASON",
            description =
                    "Ask once more where a reply was an abstention for one of these reasons: REFUSED, FILTERED, TRUNCATED,"
                            + " OVERFLOW, UNPARSEABLE, or all (default none; a reply that never came is asked for by every run). The second"
                            + " reply stands and both are paid; the same command run again asks nothing.")
    private List<String> askAgain = List.of();

    AskSettings settings(EndpointOptions endpoint) {
        return new AskSettings(
                judge,
                rubric,
                endpoint.settings(),
                reading,
                orders,
                samples,
                temperature,
                pooling,
                demonstrations.map(pool -> new DemonstrationSettings(pool, choose, count)),
                askAgain.isEmpty() ? Optional.empty() : Optional.of(askAgain),
                seed);
    }
}
