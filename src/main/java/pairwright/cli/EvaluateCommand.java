package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.EvaluateStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        description = "How well rewards follow labels: a model's, or those of fits to the rows themselves in folds.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright evaluate pairs.jsonl --labels gold --model models/mine --out evaluation",
            "  ./pairwright evaluate pairs.jsonl --labels gold --folds 5 --out evaluation",
            "  ./pairwright evaluate rewardbench.jsonl --format rewardbench --model models/mine --out evaluation",
            "",
            "The options of fit are for --folds."
        })
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ROWS", description = "Pairs with labels; JSONL, plain or gzip; - is standard input.")
    private String in;

    @Option(
            names = "--format",
            paramLabel = "pairs|rewardbench",
            description = "Of the rows: pairs (default), or prompt, chosen, rejected and subset.")
    private Optional<String> format;

    @Option(names = "--labels", paramLabel = "JUDGE", description = "Whose labels, as for fit.")
    private Optional<String> labels;

    @Option(names = "--model", paramLabel = "FOLDER", description = "The reward model to be measured.")
    private Optional<String> model;

    @Option(
            names = "--folds",
            paramLabel = "N",
            description = "Instead of a model: each row is judged by a fit to the other folds.")
    private Optional<Integer> folds;

    @Option(
            names = "--slice-by",
            paramLabel = "FIELD",
            description = "Accuracy is told for each value of this field (rewardbench: subset).")
    private Optional<String> sliceBy;

    @Option(
            names = "--label-noise",
            paramLabel = "SHARE",
            description = "With --folds: turn over this share of the labels that are fitted, in [0, 0.5].")
    private Optional<Double> labelNoise;

    @Option(
            names = "--fit-labels",
            paramLabel = "JUDGE",
            description = "With --folds: whose labels the fits follow, while --labels is what they are measured by.")
    private Optional<String> fitLabels;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "For evaluation.json.")
    private String out;

    @Mixin
    private FitOptions fit;

    @Mixin
    private NetworkOptions networks;

    @Mixin
    private EnsembleOptions ensemble;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new EvaluateStage(
                in,
                rows.where(),
                format,
                labels,
                model,
                folds,
                fit.groupBy(),
                sliceBy,
                labelNoise,
                fitLabels,
                fit.weights(),
                fit.l2(),
                fit.styleWeights(),
                fit.loss(),
                fit.length(),
                fit.hashBits(),
                networks.architecture(),
                networks.mlp(ensemble.of()),
                ensemble.choice(),
                fit.device(),
                rows.maxBadRows(),
                fit.seed(),
                networks.encoder(ensemble.of()),
                out));
    }
}
