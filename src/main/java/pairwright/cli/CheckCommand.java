package pairwright.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.CheckStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Holds files to the rules of the loader that will read them, also files that others made.",
            "Ends with code 3 when a row breaks them; several files are the sides of a split and share no prompt."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright check trl dataset/",
            "  ./pairwright check hh-rlhf train.jsonl.gz test.jsonl.gz --out faults.jsonl",
            "",
            "Formats: see pairwright export --help."
        })
final class CheckCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FORMAT", description = "Whose rules; see pairwright export --help.")
    private String format;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "JSONL (plain, gzip or zstd), a JSON list or Parquet; - is standard input; or a folder of export.")
    private List<String> in;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "List every row that breaks the rules here, with file, line and reason.")
    private Optional<String> out;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new CheckStage(in, format, out.orElse("-")));
    }
}
