package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.PairStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pair",
        description = "Candidates to pairs: chooses which two are compared.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright pair datasets/quickstart/candidates.jsonl --label-by quality --out pairs.jsonl",
            "",
            "A candidate's row: {\"id\": \"c1\", \"prompt_id\": \"p1\", \"prompt\": \"...\", \"response\": \"...\"}; the rows of a prompt stand together."
        })
final class PairCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CANDIDATES", description = "JSONL, plain or gzip; - is standard input.")
    private String in;

    @Option(
            names = "--policy",
            paramLabel = "all|random:N",
            description = "All pairs of a prompt, or N of them (default all).")
    private Optional<String> policy;

    @Option(
            names = "--label-by",
            paramLabel = "FIELD",
            description = "A numeric field of the candidates, higher being better: gives each pair its gold label.")
    private Optional<String> labelBy;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides which candidate is A, and what random picks (default 0).")
    private Optional<Long> seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Pairs; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new PairStage(in, rows.where(), policy, labelBy, rows.maxBadRows(), seed, out));
    }
}
