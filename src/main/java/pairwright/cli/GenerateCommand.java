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
            paramLabel = "PROTOCOL:MODEL",
            description = "openai:, anthropic:, gemini: or ollama:MODEL; may be repeated.")
    private List<String> models = List.of();

    @Option(
            names = "--pool",
            paramLabel = "FILE",
            description = {
                "YAML with more models, each with what it has for itself:",
                "generators: [{model: openai:m, name: n, samples: 2, temperature: [0.2, 1], top_p: 0.9,",
                "system: \"...\", principles: [helpful], max_tokens: 512, endpoint: {base_url: ...}}]"
            })
    private Optional<String> pool;

    @Option(names = "--samples", paramLabel = "N", description = "Of each model for each prompt (default 4).")
    private Optional<Integer> samples;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "In [0, 2] (default 1). Repeated, the samples take turns, as with the next three.")
    private List<Double> temperature = List.of();

    @Option(names = "--top-p", paramLabel = "P", description = "In (0, 1].")
    private List<Double> topP = List.of();

    @Option(names = "--max-tokens", paramLabel = "N", description = "Of a reply (default 1024).")
    private Optional<Integer> maxTokens;

    @Option(names = "--system", paramLabel = "TEXT", description = "A system message for prompts that have none.")
    private List<String> system = List.of();

    @Option(
            names = "--principle",
            paramLabel = "NAME",
            description =
                    "A file in principles/, or the path of one, whose words are the system message; not:NAME for its contrary.")
    private List<String> principles = List.of();

    @Option(
            names = "--duplicates",
            paramLabel = "keep|model|all",
            description =
                    "Which responses to a prompt that were given before are left out (default those of the same model).")
    private Optional<String> duplicates;

    @Mixin
    private SpendingOptions spending;

    @Mixin
    private BatchOptions batching;

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
                pool,
                samples,
                temperature,
                topP,
                maxTokens,
                system,
                principles,
                duplicates,
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
