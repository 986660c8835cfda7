package pairwright.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.agreement.BiasKind;
import pairwright.recipe.AskSettings;
import pairwright.recipe.BiasStage;
import pairwright.recipe.StageReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bias",
        description =
                "How far position, length and format move a judge on your data, beside what asking again does by itself.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright bias pairs.jsonl --judge openai:MODEL --base-url http://localhost:8000/v1 --out bias.json",
            "  ./pairwright bias pairs.jsonl --judge reward:models/quickstart --kinds length,format",
            "",
            "position: the order shown. length: one response says its last sentences again. format: one response gets a heading,",
            "bullets and bold words, its words stay. swapped: the whole pair turned round, for a judge that is asked in one order.",
            "Judges that can be asked: openai:MODEL, anthropic:MODEL, gemini:MODEL, ollama:MODEL, scoring:MODEL (vLLM),",
            "get-reward:MODEL, panel:FILE, reward:FOLDER."
        })
final class BiasCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PAIRS", description = "JSONL, plain or gzip; - is standard input.")
    private String in;

    @Mixin
    private AskingOptions asking;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Pairs that are asked about, drawn by their ids and the seed (default 200).")
    private Optional<Integer> sample;

    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "KIND",
            description = "position, length, format, swapped (default position,length,format).")
    private List<BiasKind> kinds = List.of();

    @Option(names = "--bootstrap", paramLabel = "N", description = "Rounds (default 1000).")
    private Optional<Integer> bootstrapRounds;

    @Option(names = "--confidence", paramLabel = "LEVEL", description = "Of the intervals (default 0.95).")
    private Optional<Double> confidence;

    @Mixin
    private SpendingOptions spending;

    @Option(names = "--ledger", paramLabel = "FILE", description = "Keeps every reply (default OUT.ledger.sqlite).")
    private Optional<String> ledger;

    @Option(
            names = "--out",
            defaultValue = "-",
            paramLabel = "FILE.json",
            description = "For the report, with a page FILE.html beside it (default: no files).")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private EndpointOptions endpoint;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        AskSettings asked = asking.settings(endpoint);
        BiasStage stage = new BiasStage(
                in,
                rows.where(),
                asked.judge(),
                asked.rubric(),
                asked.endpoint(),
                asked.reading(),
                asked.orders(),
                asked.samples(),
                asked.temperature(),
                asked.pooling(),
                asked.demonstrations(),
                asked.askAgain(),
                kinds.isEmpty() ? Optional.empty() : Optional.of(kinds),
                sample,
                bootstrapRounds,
                confidence,
                spending.budget(),
                spending.prices(),
                ledger,
                rows.maxBadRows(),
                asked.seed(),
                out);
        StageReport report = spending.dryRun() ? stage.forecast(Ending.context()) : stage.run(Ending.context());
        ending.tell(stage, report, report.numbers());
        return Ending.code(report);
    }
}
