package pairwright.cli;

import java.util.List;
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
            "  ./pairwright rank judgments.jsonl --out ranking",
            "  ./pairwright rank pairs.jsonl --judge human --raters --bootstrap 200 --out ranking",
            "  ./pairwright rank battles.jsonl --ties davidson --order --anchor my-model",
            "  ./pairwright rank judgments.jsonl --style length,headers,lists,bold --by tags.kind",
            "  ./pairwright rank one-rubric.jsonl other-rubric.jsonl --of rubric --against human:majority",
            "",
            "A plain battle has model_a, model_b and winner (model_a, model_b, tie, tie (bothbad), or a model's name);",
            "model_a was shown first. prompt_id (or question_id), weight, judge and category are optional."
        })
final class RankCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "ROWS",
            description = "Judgments, pairs with labels, or battles; JSONL, plain or gzip; - is standard input.")
    private List<String> in;

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
                    "What is ranked: FIELD_a and FIELD_b of a row name the items of its two responses (default model)."
                            + " judge or rubric: a tournament of those that made the judgments, on pairs that people labelled.")
    private Optional<String> of;

    @Option(
            names = "--against",
            paramLabel = "JUDGE",
            description = "Whose labels decide the tournament (default human:majority).")
    private Optional<String> against;

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
            names = "--style",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Control for length, headers, lists, bold, or for fields whose _a and _b hold numbers: normalised difference,"
                            + " divided by its root mean square.")
    private List<String> style = List.of();

    @Option(
            names = "--style-ridge",
            paramLabel = "PENALTY",
            description = "On the order and style coefficients (default 0.5 with --style, else 0).")
    private Optional<Double> styleRidge;

    @Option(
            names = "--by",
            paramLabel = "FIELD",
            description = "Rankings by category too, drawn towards the whole; tags.NAME is a tag.")
    private Optional<String> by;

    @Option(
            names = "--shrink",
            paramLabel = "SD",
            description = "Standard deviation of a category's strengths around the whole (default: estimated).")
    private Optional<Double> shrink;

    @Option(names = "--raters", description = "How sharply each judge or annotator tells strengths apart.")
    private boolean raters;

    @Option(names = "--weight", paramLabel = "FIELD", description = "The field that holds the weight of a row.")
    private Optional<String> weight;

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
            names = "--bootstrap",
            paramLabel = "N",
            description = "Rounds over resampled prompts, or comparisons where no prompts are named (default 0).")
    private Optional<Integer> bootstrapRounds;

    @Option(
            names = "--elo",
            description = "Running Elo too, which depends on the order of the rows; for comparison only.")
    private boolean elo;

    @Option(names = "--seed", paramLabel = "N", description = "Of the bootstrap and the simulated ranks (default 1).")
    private Optional<Long> seed;

    @Option(
            names = "--out",
            defaultValue = "-",
            paramLabel = "FOLDER",
            description = "For ranking.json, ranking.csv and ranking.html (default: no files).")
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
                against,
                ties,
                flag(order),
                style.isEmpty() ? Optional.empty() : Optional.of(style),
                styleRidge,
                by,
                shrink,
                flag(raters),
                weight,
                ridge,
                anchor,
                errors,
                tieBand,
                confidence,
                bootstrapRounds,
                flag(elo),
                rows.maxBadRows(),
                seed,
                out);
        StageReport report = stage.run(Ending.context());
        ending.tell(stage, report, report.numbers());
        return Ending.code(report);
    }

    private static Optional<Boolean> flag(boolean given) {
        return given ? Optional.of(true) : Optional.empty();
    }
}
