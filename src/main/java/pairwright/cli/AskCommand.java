package pairwright.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.AskStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        description = "One step of a chain: rows fill a template, a model answers into a new field.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright ask candidates.jsonl --template-file critique --principle honest --as critique \\",
            "      --model openai:llama-3 --base-url http://localhost:8000/v1 --out critiques.jsonl",
            "",
            "A template is a text with slots: {{ response }} is the row's field, {{ conversation }} its prompt as text."
        })
final class AskCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ROWS", description = "JSONL, plain or gzip; a file, since all rows are looked at first.")
    private String in;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "PROTOCOL:MODEL",
            description = "openai:, anthropic:, gemini: or ollama:MODEL.")
    private String model;

    @Option(
            names = "--template-file",
            required = true,
            paramLabel = "FILE",
            description = "A file, or the name of one in templates/.")
    private String template;

    @Option(names = "--as", required = true, paramLabel = "FIELD", description = "The new field.")
    private String as;

    @Option(names = "--with", paramLabel = "SLOT=TEXT", description = "A slot that is the same for all rows.")
    private Map<String, String> with;

    @Option(
            names = "--principle",
            paramLabel = "NAME",
            description = "A file in principles/, or the path of one, whose sentence fills {{ principle }}.")
    private Optional<String> principle;

    @Option(names = "--system", paramLabel = "TEXT", description = "A system message.")
    private Optional<String> system;

    @Mixin
    private AnswerOptions answer;

    @Mixin
    private SpendingOptions spending;

    @Mixin
    private BatchOptions batching;

    @Option(names = "--ledger", paramLabel = "FILE", description = "Keeps every reply (default OUT.ledger.sqlite).")
    private Optional<String> ledger;

    @Option(
            names = "--max-failures",
            paramLabel = "SHARE",
            description = "End with code 3 above this share of rows without an answer (default 0.05).")
    private Optional<Double> maxFailures;

    @Option(names = "--seed", paramLabel = "N", description = "Passed to servers that know it.")
    private Optional<Long> seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Rows; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private EndpointOptions endpoint;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        AskStage stage = new AskStage(
                in,
                rows.where(),
                model,
                template,
                as,
                with,
                principle,
                system,
                answer.temperature(),
                answer.topP(),
                answer.maxTokens(),
                endpoint.settings(),
                spending.budget(),
                spending.prices(),
                batching.settings(),
                ledger,
                maxFailures,
                rows.maxBadRows(),
                seed,
                out);
        return spending.dryRun() ? ending.show(stage, stage.forecast(Ending.context())) : ending.run(stage);
    }
}
