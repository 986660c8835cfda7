package pairwright.cli;

import java.util.concurrent.Callable;
import pairwright.recipe.ScoreStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "score",
        description = "Texts or pairs to rewards.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  echo '{\"prompt\": \"What is 2 + 2?\", \"response\": \"It is 4.\"}' | ./pairwright score - --model models/quickstart --out -",
            "",
            "A row with response gets reward; a row with response_a and response_b gets reward_a, reward_b and reward_z."
        })
final class ScoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ROWS", description = "JSONL, plain or gzip; - is standard input.")
    private String in;

    @Option(names = "--model", required = true, paramLabel = "FOLDER", description = "A reward model.")
    private String model;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The rows with their rewards; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new ScoreStage(in, rows.where(), model, rows.maxBadRows(), out));
    }
}
