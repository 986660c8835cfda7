package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.ranking.Errors;
import pairwright.ranking.Ties;
import pairwright.recipe.RankStage;
import pairwright.recipe.StageReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rank",
        description =
                "Judgments, labels or plain battles to a ranking of the models: Bradley-Terry strengths with intervals.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright rank judgments.jsonl",
            "  ./pairwright rank pairs.jsonl --judge human --out ranking",
            "  ./pairwright rank battles.jsonl --ties davidson --order --anchor my-model",
            "",
            "A plain battle has model_a, model_b and winner (model_a, model_b, tie, tie (bothbad), or a model's name);",
            "model_a was shown first. prompt_id (or question_id), weight, judge and category are optional."
        })
final class RankCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ROWS",
            description = "Judgments, pairs with labels, or battles; JSONL, plain or gzip; - is standard input.")
    private String in;

    @Option(
            names = "--judge",
            paramLabel = "JUDGE",
            description =
                    "Who judged: human (every label of everyone), human:majority, human:NAME, field:NAME, gold, recorded:NAME,"
                            + " reward:FOLDER (default: the rows' own judgments or winners).")
    private Optional<String> judge;

    @Option(
            names = "--of",
            paramLabel = "FIELD",
            description =
                    "What is ranked: FIELD_a and FIELD_b of a row name the items of its two responses (default model).")
    private Optional<String> of;

    @Option(
            names = "--ties",
            paramLabel = "half|davidson|rao_kupper",
            description =
                    "What a tie is: half a win for each, so that z may be soft (default), or an outcome with a parameter of its own.")
    private Optional<Ties> ties;

    @Option(
            names = "--order",
            description = "Fit a term for the response shown first, a judge's position bias (default: none).")
    private boolean order;

    @Option(
            names = "--ridge",
            paramLabel = "PENALTY",
            description = "On the strengths: a normal prior of variance 1/PENALTY (default 0, none).")
    private Optional<Double> ridge;

    @Option(names = "--anchor", paramLabel = "ITEM", description = "The item of strength 0 (default: the mean is 0).")
    private Optional<String> anchor;

    @Option(
            names = "--errors",
            paramLabel = "sandwich|fisher",
            description =
                    "Standard errors from the spread between prompts (default), or from the information of independent comparisons.")
    private Optional<Errors> errors;

    @Option(
            names = "--tie-band",
            paramLabel = "D",
            description = "z within D of 0.5 is a tie where ties are an outcome (default 0.05).")
    private Optional<Double> tieBand;

    @Option(names = "--confidence", paramLabel = "LEVEL", description = "Of the intervals (default 0.95).")
    private Optional<Double> confidence;

    @Option(
            names = "--out",
            defaultValue = "-",
            paramLabel = "FOLDER",
            description = "For ranking.json and ranking.csv (default: no files).")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        RankStage stage = new RankStage(
                in,
                rows.where(),
                judge,
                of,
                ties,
                order ? Optional.of(true) : Optional.empty(),
                ridge,
                anchor,
                errors,
                tieBand,
                confidence,
                rows.maxBadRows(),
                out);
        StageReport report = stage.run(Ending.context());
        ending.tell(stage, report, report.numbers());
        return Ending.code(report);
    }
}
