package pairwright.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.ExportStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description =
                "Judgments to a dataset that trainers read. Ties and abstentions are never exported; every drop is counted.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright export judgments.jsonl --format trl --out dataset/",
            "  ./pairwright export judgments.jsonl --license license.json --family support-chats --out dataset/",
            "",
            "Formats, each split into train and test by prompt; pairwright check FORMAT FILE holds a file to its trainer's rules:",
            "  trl                      prompt, chosen, rejected as messages: TRL's DPO and reward trainers",
            "  trl-explicit             the same as plain text, for prompts of one message",
            "  trl-implicit             chosen, rejected as whole conversations, and margin",
            "  trl-kto                  prompt, completion, label: two rows a pair",
            "  prompt-only, sft         the prompts; the prompts with the better response",
            "  openrlhf                 as trl, with margin",
            "  llama-factory-alpaca, llama-factory-sharegpt   with their entry in dataset_info.json",
            "  axolotl                  chat_template.default",
            "  hh-rlhf, ultrafeedback-binarized, rlhflow, nemo-rl, rewardbench",
            "  soft                     x1, x2 and z, ties with them, with weight and epsilon"
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "JUDGMENTS", description = "JSONL, plain or gzip; - is standard input.")
    private List<String> in;

    @Option(names = "--format", paramLabel = "FORMAT", description = "For which trainer, see below (default trl).")
    private Optional<String> format;

    @Option(
            names = "--file-type",
            paramLabel = "TYPE",
            description = "jsonl, jsonl.gz, jsonl.zst or parquet (default jsonl).")
    private Optional<String> fileType;

    @Option(names = "--min-margin", paramLabel = "M", description = "Least |2z - 1| to export, in [0, 1] (default 0).")
    private Optional<Double> minMargin;

    @Option(names = "--tie-band", paramLabel = "D", description = "z within D of 0.5 is a tie (default 0.05).")
    private Optional<Double> tieBand;

    @Option(
            names = "--test-fraction",
            paramLabel = "SHARE",
            description = "Of the prompts, on the test side (default 0.1).")
    private Optional<Double> testFraction;

    @Option(
            names = "--conflicts",
            paramLabel = "keep|drop",
            description = "Judgments whose trials contradict each other (default keep).")
    private Optional<String> conflicts;

    @Option(
            names = "--license",
            paramLabel = "FILE",
            description =
                    "The verdict of agree --license. What it does not fit (judge, rubric, model, data family) is refused; rows below its margin are dropped.")
    private Optional<String> license;

    @Option(
            names = "--unlicensed",
            description = "Export all the same what no licence fits; every row and the card say so.")
    private boolean unlicensed;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "Of data that the judgments are of (default: their field dataset).")
    private Optional<String> family;

    @Option(names = "--seed", paramLabel = "N", description = "Of the split (default 0).")
    private Optional<Long> seed;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "The dataset.")
    private String out;

    @Mixin
    private SelectOptions select;

    @Mixin
    private SplitOptions split;

    @Mixin
    private CardOptions card;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new ExportStage(
                in,
                rows.where(),
                format,
                fileType,
                minMargin,
                tieBand,
                testFraction,
                conflicts,
                select.rules(),
                split.rules(),
                card.settings(),
                license,
                unlicensed ? Optional.of(true) : Optional.empty(),
                family,
                rows.maxBadRows(),
                seed,
                out));
    }
}
