package pairwright.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.agreement.Clusters;
import pairwright.agreement.ConflictingOrders;
import pairwright.agreement.Frame;
import pairwright.agreement.HumanVote;
import pairwright.agreement.OrdersUsed;
import pairwright.agreement.TiesAs;
import pairwright.agreement.UnparsedAs;
import pairwright.recipe.AgreeStage;
import pairwright.recipe.StageReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "agree",
        description =
                "How far two judges agree: accuracy, S1, S2, Cohen's kappa, with intervals that resample prompts.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright agree pairs.jsonl --judge recorded:gpt-4 --against human:majority",
            "  ./pairwright agree judgments.jsonl --against gold --out agreement/",
            "  ./pairwright agree judgments-a.jsonl judgments-b.jsonl",
            "  ./pairwright agree judgments.jsonl --draw 200 --out to-label.jsonl",
            "  ./pairwright agree judgments.jsonl to-label.jsonl",
            "  ./pairwright agree judgments.jsonl to-label.jsonl --family support-chats --license license.json",
            "  ./pairwright agree stories.jsonl --scores relevance --judge field:metric_bleu --against human",
            "",
            "--license writes whether the judge may stand in for the reference, and where; code 3 when it is refused.",
            "--against human compares with every annotator and with their majority, and the annotators with each other."
        })
final class AgreeCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..2",
            paramLabel = "ROWS",
            description =
                    "Pairs or judgments; with two files, the judge's and the reference's, joined by id. JSONL, plain or gzip; - is standard input.")
    private List<String> in;

    @Option(
            names = "--judge",
            paramLabel = "JUDGE",
            description = "Who is measured (default: the rows' own judgments).")
    private Optional<String> judge;

    @Option(
            names = "--against",
            paramLabel = "JUDGE",
            description =
                    "The reference: human, human:majority, human:NAME, field:NAME, gold, recorded:NAME, reward:FOLDER.")
    private Optional<String> against;

    @Option(
            names = "--scores",
            paramLabel = "CRITERION",
            description =
                    "Rows hold scores on this criterion, in human[].scores and judges[].scores, or numeric fields: correlations, and how"
                            + " far people agree (without --judge: only that).")
    private Optional<String> scores;

    @Option(
            names = "--unparsed",
            paramLabel = "drop|tie|error",
            description = "What a row is in which the judge gave no preference (default drop; always counted).")
    private Optional<UnparsedAs> unparsed;

    @Option(
            names = "--conflicting-orders",
            paramLabel = "z_mean|tie|error|drop|sum",
            description = "What a row is whose orders disagree (default z_mean).")
    private Optional<ConflictingOrders> conflictingOrders;

    @Option(
            names = "--orders",
            paramLabel = "both|ab|ba",
            description = "Which orders of the judge count (default both).")
    private Optional<OrdersUsed> orders;

    @Option(
            names = "--frame",
            paramLabel = "item|shown",
            description =
                    "What A means: response_a, one comparison a row (default item), or the response shown first, one comparison for each order.")
    private Optional<Frame> frame;

    @Option(
            names = "--ties",
            paramLabel = "class|half|dropped",
            description = "What a tie is to accuracy and the coefficients (default class).")
    private Optional<TiesAs> ties;

    @Option(
            names = "--humans",
            paramLabel = "RULE",
            description =
                    "How several people become one reference: lead (most votes, a tie where the lead is shared; default), majority"
                            + " (more than half), plurality (most votes, none where shared), sign_of_mean, dawid_skene.")
    private Optional<HumanVote> humans;

    @Option(names = "--tie-band", paramLabel = "D", description = "z within D of 0.5 is a tie (default 0.05).")
    private Optional<Double> tieBand;

    @Option(
            names = "--clusters",
            paramLabel = "prompt|row",
            description = "What the bootstrap resamples (default prompt).")
    private Optional<Clusters> clusters;

    @Option(names = "--bootstrap", paramLabel = "N", description = "Rounds (default 1000).")
    private Optional<Integer> bootstrapRounds;

    @Option(names = "--confidence", paramLabel = "LEVEL", description = "Of the intervals (default 0.95).")
    private Optional<Double> confidence;

    @Option(names = "--seed", paramLabel = "N", description = "Of the bootstrap (default 1).")
    private Optional<Long> seed;

    @Option(
            names = "--disagreements",
            paramLabel = "N",
            description =
                    "Rows labelled differently that the page shows with their texts, the most confident first (default 40).")
    private Optional<Integer> disagreements;

    @Option(names = "--tables", description = "Print every table instead of one screen.")
    private boolean tables;

    @Option(
            names = "--out",
            defaultValue = "-",
            paramLabel = "FOLDER",
            description =
                    "For agreement.json and agreement.html (default: no files); with --draw, for the rows to label.")
    private String out;

    @Mixin
    private LicenseOptions license;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        AgreeStage stage = new AgreeStage(
                in,
                rows.where(),
                judge,
                against,
                scores,
                unparsed,
                conflictingOrders,
                orders,
                frame,
                ties,
                humans,
                tieBand,
                clusters,
                bootstrapRounds,
                confidence,
                license.draw(),
                license.drawBy(),
                license.alpha(),
                license.delta(),
                license.file(),
                license.epsilon(),
                license.family(),
                disagreements,
                tables ? Optional.of(true) : Optional.empty(),
                rows.maxBadRows(),
                seed,
                out);
        StageReport report = stage.run(Ending.context());
        ending.tell(stage, report, report.numbers());
        return Ending.code(report);
    }
}
