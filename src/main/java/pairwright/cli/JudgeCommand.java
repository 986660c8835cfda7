package pairwright.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.AskSettings;
import pairwright.recipe.JudgeStage;
import pairwright.recipe.PromptPreview;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "judge",
        description = "Pairs to judgments: who is better, and how surely.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright judge pairs.jsonl --judge reward:models/quickstart --out judgments.jsonl",
            "  ./pairwright judge pairs.jsonl --judge openai:MODEL --base-url http://localhost:8000/v1 \\",
            "      --rubric helpfulness --out judgments.jsonl",
            "  ./pairwright judge pairs.jsonl --judge openai:MODEL --rubric code --show-prompt",
            "",
            "Judges that are asked: openai:MODEL, anthropic:MODEL, gemini:MODEL, ollama:MODEL, scoring:MODEL (vLLM),",
            "get-reward:MODEL. Several of them: panel:FILE, a jury or a cascade, whose next judge is asked where the one before was",
            "not sure.",
            "Others: reward:FOLDER, recorded:NAME[@PROTOCOL], human, human:majority, human:NAME, field:NAME, gold.",
            "Stopped at any time, the same command goes on where it was: replies are kept in the ledger."
        })
final class JudgeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PAIRS", description = "JSONL, plain or gzip; - is standard input.")
    private String in;

    @Mixin
    private AskingOptions asking;

    @Option(
            names = "--tie-band",
            paramLabel = "D",
            description = "The label is a tie where z is at most this far from one half; z stays (default 0.05).")
    private Optional<Double> tieBand;

    @Option(
            names = "--conservative",
            description = "The label is also a tie where the two orders contradict each other; z stays.")
    private boolean conservative;

    @Option(
            names = "--calibrator",
            paramLabel = "FILE",
            description =
                    "A calibrator.json that agree wrote for this judge and rubric, or its folder: z becomes sigma(a logit z)."
                            + " It costs no call.")
    private Optional<String> calibrator;

    @Mixin
    private SpendingOptions spending;

    @Mixin
    private BatchOptions batching;

    @Option(names = "--ledger", paramLabel = "FILE", description = "Keeps every reply (default OUT.ledger.sqlite).")
    private Optional<String> ledger;

    @Option(
            names = "--max-abstentions",
            paramLabel = "SHARE",
            description = "End with code 3 above this share of abstentions (default 0.05).")
    private Optional<Double> maxAbstentions;

    @Option(
            names = "--show-prompt",
            arity = "0..1",
            preprocessor = OptionalNumber.class,
            paramLabel = "N",
            description = "Print what the judge would be asked about the first N pairs (default 1), and ask nothing:"
                    + " no server, key or --out is needed.")
    private Optional<Integer> showPrompt;

    @Option(names = "--out", paramLabel = "FILE", description = "Judgments; - is standard output.")
    private Optional<String> out;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RowOptions rows;

    @Mixin
    private EndpointOptions endpoint;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        AskSettings asked = asking.settings(endpoint);
        if (showPrompt.isPresent()) {
            new PromptPrinter(System.out, System.err)
                    .print(
                            PromptPreview.of(
                                    in, rows.where().orElse(List.of()), asked, showPrompt.get(), Ending.context()),
                            ending.json());
            return ExitCode.DONE.code();
        }
        if (out.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Missing required option: '--out=FILE'");
        }
        JudgeStage stage = new JudgeStage(
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
                tieBand,
                conservative ? Optional.of(true) : Optional.empty(),
                calibrator,
                spending.budget(),
                spending.prices(),
                batching.settings(),
                ledger,
                maxAbstentions,
                rows.maxBadRows(),
                asked.seed(),
                out.get());
        return spending.dryRun() ? ending.show(stage, stage.forecast(Ending.context())) : ending.run(stage);
    }
}
