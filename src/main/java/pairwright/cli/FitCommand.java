package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.FitStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fit",
        description = "Judgments to a reward model: Bradley-Terry on soft z, through DJL.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright fit judgments.jsonl --out models/mine",
            "  ./pairwright fit pairs.jsonl --labels gold --out models/mine",
            "",
            "On a GPU machine, name a local libtorch of the same version in PYTORCH_LIBRARY_PATH; see README."
        })
final class FitCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ROWS",
            description = "Judgments, or pairs with labels; JSONL, plain or gzip; - is standard input.")
    private String in;

    @Option(
            names = "--labels",
            paramLabel = "JUDGE",
            description =
                    "Whose labels: field:NAME, gold, human, human:majority, human:NAME, recorded:NAME, reward:FOLDER (default: the rows' own"
                            + " judgments). Rows without the label are counted and left out.")
    private Optional<String> labels;

    @Option(
            names = "--hold-out",
            paramLabel = "SHARE",
            description = "Of the prompts, kept for measuring, in [0, 1) (default 0.2).")
    private Optional<Double> holdOut;

    @Option(
            names = "--label-with",
            paramLabel = "self|reward:FOLDER",
            description =
                    "Label the pairs without a label by the model fitted to the others, or by another, and fit again with those that"
                            + " it is sure of; the better fit on the prompts held out is kept.")
    private Optional<String> labelWith;

    @Option(
            names = "--label-confidence",
            paramLabel = "P",
            description = "From which such a label is taken, in (0.5, 1) (default 0.9).")
    private Optional<Double> labelConfidence;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "The model.")
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
        return ending.run(new FitStage(
                in,
                rows.where(),
                labels,
                fit.weights(),
                fit.groupBy(),
                holdOut,
                fit.l2(),
                fit.styleWeights(),
                fit.loss(),
                fit.length(),
                fit.hashBits(),
                networks.architecture(),
                networks.mlp(ensemble.of()),
                ensemble.choice(),
                labelWith,
                labelConfidence,
                fit.device(),
                rows.maxBadRows(),
                fit.seed(),
                networks.encoder(ensemble.of()),
                out));
    }
}
