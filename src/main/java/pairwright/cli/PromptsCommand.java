package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.PromptsStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prompts",
        description = "Rows of any form to prompts: through a template, as a sample, each once.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright prompts questions.csv --template ask.txt --tag topic --sample 500 --stratify-by topic --out prompts.jsonl",
            "",
            "A template is a text with slots that the columns fill: Translate into {{ language }}: {{ sentence }}"
        })
final class PromptsCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ROWS",
            description = "JSONL, a JSON list, Parquet, .csv, .tsv, or .txt with a prompt a line; - is standard input.")
    private String in;

    @Option(
            names = "--form",
            paramLabel = "json|csv|tsv|lines",
            description = "How the rows are written, whatever the file's name.")
    private Optional<String> form;

    @Mixin
    private PromptOptions prompt;

    @Option(names = "--sample", paramLabel = "N", description = "Draw so many prompts.")
    private Optional<Long> sample;

    @Option(
            names = "--stratify-by",
            paramLabel = "TAG",
            description = "The values of this tag keep their shares in the sample.")
    private Optional<String> stratifyBy;

    @Option(names = "--seed", paramLabel = "N", description = "Decides what is drawn (default 0).")
    private Optional<Long> seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Prompts; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new PromptsStage(
                in,
                rows.where(),
                form,
                prompt.template(),
                prompt.idBy(),
                prompt.tags(),
                sample,
                stratifyBy,
                rows.maxBadRows(),
                seed,
                out));
    }
}
