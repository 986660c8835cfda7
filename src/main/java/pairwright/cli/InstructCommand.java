package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.InstructStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "instruct",
        description = "New prompts from a language model, each with its lineage and depth.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright instruct prompts.jsonl --method self-instruct --count 500 --model openai:llama-3 \\",
            "      --base-url http://localhost:8000/v1 --out more.jsonl",
            "  ./pairwright instruct judgments.jsonl --method wider --choose losing:my-model --seeds 200 ...",
            "",
            "What is too much like a prompt that is there, by ROUGE-L, is left out and written to OUT.dropped.jsonl."
        })
final class InstructCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SEEDS",
            description = "Prompts or judgments; rows with document for backtranslate, with label for label.")
    private String in;

    @Option(
            names = "--method",
            required = true,
            paramLabel = "NAME",
            description = "self-instruct, deeper, wider, evolve (either of the two), backtranslate or label.")
    private String method;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "PROTOCOL:MODEL",
            description = "openai:, anthropic:, gemini: or ollama:MODEL.")
    private String model;

    @Option(names = "--template-file", paramLabel = "FILE", description = "Instead of the method's own of templates/.")
    private Optional<String> template;

    @Option(
            names = "--choose",
            paramLabel = "WHICH",
            description =
                    "Seeds: all (default); of judgments least-sure or losing:MODEL; of scored pairs disputed, where an"
                            + " ensemble's members differ most.")
    private Optional<String> choose;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Most seeds: the least sure, or the surest losses, first.")
    private Optional<Integer> seeds;

    @Option(names = "--count", paramLabel = "N", description = "Prompts wanted; self-instruct and label need it.")
    private Optional<Integer> count;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How deep to evolve (default 1); else most tries to reach the count (default 10).")
    private Optional<Integer> rounds;

    @Option(names = "--examples", paramLabel = "N", description = "Shown in a call of self-instruct (default 8).")
    private Optional<Integer> examples;

    @Option(names = "--per-call", paramLabel = "N", description = "Asked for in a call of self-instruct (default 5).")
    private Optional<Integer> perCall;

    @Option(names = "--max-similarity", paramLabel = "X", description = "Highest ROUGE-L with another (default 0.7).")
    private Optional<Double> maxSimilarity;

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
            description = "End with code 3 above this share of calls without an answer (default 0.05).")
    private Optional<Double> maxFailures;

    @Option(names = "--seed", paramLabel = "N", description = "Draws the examples; passed to servers that know it.")
    private Optional<Long> seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Prompts; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private EndpointOptions endpoint;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        InstructStage stage = new InstructStage(
                in,
                rows.where(),
                method,
                model,
                template,
                choose,
                seeds,
                count,
                rounds,
                examples,
                perCall,
                maxSimilarity,
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
