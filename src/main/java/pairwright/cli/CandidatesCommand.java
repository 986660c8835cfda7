package pairwright.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.CandidatesStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "candidates",
        description = "Responses that exist already, a column for each model, to candidates.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright candidates answers.csv --response small=answer_1 --response large=answer_2 --out candidates.jsonl",
            "",
            "A row of it: {\"prompt\": \"Why is the sky blue?\", \"answer_1\": \"...\", \"answer_2\": \"...\"}; an empty cell is no candidate."
        })
final class CandidatesCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ROWS",
            description = "JSONL, a JSON list, Parquet, .csv or .tsv, plain or packed; - is standard input.")
    private String in;

    @Option(
            names = "--response",
            required = true,
            paramLabel = "MODEL=COLUMN",
            description = "The column of a model's responses; the column alone names the model too. May be repeated.")
    private List<String> responses;

    @Option(
            names = "--form",
            paramLabel = "json|csv|tsv",
            description = "How the rows are written, whatever the file's name.")
    private Optional<String> form;

    @Mixin
    private PromptOptions prompt;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Candidates; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String response : responses) {
            String[] parts = response.split("=", 2);
            columns.put(parts[0], parts[parts.length - 1]);
        }
        return ending.run(new CandidatesStage(
                in,
                rows.where(),
                form,
                prompt.template(),
                prompt.idBy(),
                prompt.tags(),
                columns,
                rows.maxBadRows(),
                out));
    }
}
