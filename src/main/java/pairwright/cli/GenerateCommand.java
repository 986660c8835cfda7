package pairwright.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.GenerateStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "generate",
        description = "Prompts to candidates: samples answers from models.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright generate prompts.jsonl --model openai:llama-3 --samples 4 \\",
            "      --base-url http://localhost:8000/v1 --out candidates.jsonl",
            "",
            "A prompt's row: {\"id\": \"p1\", \"prompt\": \"Why is the sky blue?\"}, or messages instead of prompt."
        })
final class GenerateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PROMPTS", description = "JSONL, plain or gzip; - is standard input.")
    private String in;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "PROTOCOL:MODEL",
            description = "openai:, anthropic:, gemini: or ollama:MODEL; may be repeated.")
    private List<String> models;

    @Option(names = "--samples", paramLabel = "N", description = "Of each model for each prompt (default 4).")
    private Optional<Integer> samples;

    @Option(names = "--temperature", paramLabel = "T", description = "In [0, 2] (default 1).")
    private Optional<Double> temperature;

    @Option(names = "--top-p", paramLabel = "P", description = "In (0, 1].")
    private Optional<Double> topP;

    @Option(names = "--max-tokens", paramLabel = "N", description = "Of a reply (default 1024).")
    private Optional<Integer> maxTokens;

    @Option(names = "--system", paramLabel = "TEXT", description = "A system message for prompts that have none.")
    private Optional<String> system;

    @Mixin
    private SpendingOptions spending;

    @Option(names = "--ledger", paramLabel = "FILE", description = "Keeps every reply (default OUT.ledger.sqlite).")
    private Optional<String> ledger;

    @Option(
            names = "--max-failures",
            paramLabel = "SHARE",
            description = "End with code 3 above this share of samples without an answer (default 0.05).")
    private Optional<Double> maxFailures;

    @Option(names = "--seed", paramLabel = "N", description = "Passed to servers that know it.")
    private Optional<Long> seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Candidates; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private EndpointOptions endpoint;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        GenerateStage stage = new GenerateStage(
                in,
                rows.where(),
                models,
                samples,
                temperature,
                topP,
                maxTokens,
                system,
                endpoint.settings(),
                spending.budget(),
                spending.prices(),
                ledger,
                maxFailures,
                rows.maxBadRows(),
                seed,
                out);
        return spending.dryRun() ? ending.show(stage, stage.forecast(Ending.context())) : ending.run(stage);
    }
}
