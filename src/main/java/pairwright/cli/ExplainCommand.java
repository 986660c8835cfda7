package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.ExplainStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "What moves a reward: the features that add most, for each row and over all rows.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright explain pairs.jsonl --model models/quickstart --out explained.jsonl",
            "",
            "A pair's contributions add up to r(a) - r(b), a response's to its reward."
        })
final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ROWS", description = "Texts or pairs; JSONL, plain or gzip; - is standard input.")
    private String in;

    @Option(names = "--model", required = true, paramLabel = "FOLDER", description = "A reward model.")
    private String model;

    @Option(names = "--top", paramLabel = "N", description = "How many features are shown (default 10).")
    private Optional<Integer> top;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The rows with their contributions; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new ExplainStage(in, rows.where(), model, top, rows.maxBadRows(), out));
    }
}
