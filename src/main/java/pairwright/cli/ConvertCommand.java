package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.ConvertStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "convert",
        description = "Rows of preferences from one form to another, with a report of what the new form cannot hold.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright convert auto trl-explicit train.jsonl.gz --out train.parquet",
            "",
            "FROM: auto, judgments, soft, hh-rlhf, ultrafeedback, ultrafeedback-binarized, trl, trl-explicit, trl-implicit, trl-kto,",
            "openrlhf, llama-factory-alpaca, llama-factory-sharegpt, axolotl, nemo-rl, rlhflow, rlhflow-online, rewardbench,",
            "alpaca-eval, pandalm, judgebench, arena.",
            "TO: judgments (z and everything else, for the other commands), or a format of pairwright export --help."
        })
final class ConvertCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description = "The form of the rows; auto tells it from the first rows.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "The form to write.")
    private String to;

    @Parameters(
            index = "2",
            paramLabel = "FILE",
            description = "JSONL (plain, gzip or zstd), a JSON list or Parquet; - is standard input.")
    private String in;

    @Option(
            names = "--margins",
            paramLabel = "kept|gap|logit",
            description =
                    "What a margin says of z: nothing, and it is kept as source_margin; |2z - 1|; or a difference of rewards"
                            + " (default kept).")
    private Optional<String> margins;

    @Option(
            names = "--max-bad-rows",
            paramLabel = "N",
            description = "End with code 3 above this number of bad rows (default 0). Bad rows are always set aside.")
    private Optional<Long> maxBadRows;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Ends with jsonl, jsonl.gz, jsonl.zst or parquet, and is written so.")
    private String out;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new ConvertStage(in, Optional.of(from), to, margins, maxBadRows, out));
    }
}
