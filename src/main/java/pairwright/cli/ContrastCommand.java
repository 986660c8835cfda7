package pairwright.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.ContrastStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "contrast",
        description = "Rows to pairs whose order is known beforehand, from how the responses were made.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright contrast revised.jsonl --better revision --worse response --out pairs.jsonl",
            "  ./pairwright contrast candidates.jsonl --better model=large --worse model=small --out pairs.jsonl",
            "  ./pairwright contrast candidates.jsonl --flaws all --out audit.jsonl",
            "",
            "The field intended says which response was meant to be better; agree --against field:intended compares a judge with it."
        })
final class ContrastCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ROWS", description = "JSONL, plain or gzip; - is standard input.")
    private String in;

    @Option(
            names = "--better",
            paramLabel = "FIELD|FIELD=VALUE",
            description =
                    "The field with the better text (default response), or which candidates of a prompt are better.")
    private Optional<String> better;

    @Option(
            names = "--worse",
            paramLabel = "FIELD|FIELD=VALUE",
            description = "The same for the worse, as in stance=against or sampling.temperature=1.4.")
    private Optional<String> worse;

    @Option(
            names = "--flaws",
            split = ",",
            paramLabel = "NAME",
            description = {
                "Instead of --worse: what a rule plants in the better text, one in each row:",
                "cut-off, number-changed, negated, sentence-left-out, repeated, or all."
            })
    private List<String> flaws = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides which response is A, and the flaw and its place (default 0).")
    private Optional<Long> seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Pairs; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new ContrastStage(in, rows.where(), better, worse, flaws, rows.maxBadRows(), seed, out));
    }
}
