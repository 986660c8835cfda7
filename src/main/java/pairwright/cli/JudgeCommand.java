package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.judge.Pooling;
import pairwright.recipe.JudgeStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "judge",
        description = "Pairs to judgments: who is better, and how surely.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright judge pairs.jsonl --judge reward:models/quickstart --out judgments.jsonl",
            "  ./pairwright judge pairs.jsonl --judge openai:MODEL --base-url http://localhost:8000/v1 \\",
            "      --rubric helpfulness --out judgments.jsonl",
            "",
            "Judges: openai:MODEL, reward:FOLDER, recorded:NAME[@PROTOCOL], human, human:majority, human:NAME, field:NAME, gold.",
            "Stopped at any time, the same command goes on where it was: replies are kept in the ledger."
        })
final class JudgeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PAIRS", description = "JSONL, plain or gzip; - is standard input.")
    private String in;

    @Option(names = "--judge", required = true, paramLabel = "JUDGE", description = "Who judges, see below.")
    private String judge;

    @Option(
            names = "--rubric",
            paramLabel = "NAME",
            description = "A file in rubrics/, or the path of one (default helpfulness).")
    private Optional<String> rubric;

    @Option(
            names = "--reading",
            paramLabel = "auto|logprobs|verdict",
            description =
                    "How z is read from a reply; auto asks the server once whether it returns log-probabilities (default auto).")
    private Optional<String> reading;

    @Option(
            names = "--orders",
            paramLabel = "both|one",
            description = "One order only halves the calls and keeps the position bias (default both).")
    private Optional<String> orders;

    @Option(names = "--samples", paramLabel = "N", description = "Calls per order (default 1).")
    private Optional<Integer> samples;

    @Option(
            names = "--pooling",
            paramLabel = "mean|logit",
            description = "How two orders become one z: mean or logit (default mean).")
    private Optional<Pooling> pooling;

    @Option(names = "--ledger", paramLabel = "FILE", description = "Keeps every reply (default OUT.ledger.sqlite).")
    private Optional<String> ledger;

    @Option(
            names = "--max-abstentions",
            paramLabel = "SHARE",
            description = "End with code 3 above this share of abstentions (default 0.05).")
    private Optional<Double> maxAbstentions;

    @Option(names = "--seed", paramLabel = "N", description = "Of the codes in the judge's prompts (default 0).")
    private Optional<Long> seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Judgments; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private EndpointOptions endpoint;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new JudgeStage(
                in,
                rows.where(),
                judge,
                rubric,
                endpoint.settings(),
                reading,
                orders,
                samples,
                pooling,
                ledger,
                maxAbstentions,
                rows.maxBadRows(),
                seed,
                out));
    }
}
