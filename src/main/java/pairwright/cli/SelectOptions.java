package pairwright.cli;

import java.util.List;
import java.util.Optional;
import pairwright.dataset.LengthBalance;
import pairwright.dataset.PairsPerPrompt;
import pairwright.dataset.SelectionRules;
import picocli.CommandLine.Option;

/** Which judgments become examples, beyond margin and tie band. */
final class SelectOptions {
    @Option(
            names = "--pairs",
            paramLabel = "all|best-worst|best-of-n",
            description = "Of a prompt's pairs: all; the one whose responses lie farthest apart; the one that the best"
                    + " response won, as for SFT on the best of n (default all).")
    private Optional<String> pairs;

    @Option(
            names = "--min-confidence",
            paramLabel = "P",
            description = "Least probability of the chosen side, in [0.5, 1]; what no label caught counts against it.")
    private Optional<Double> confidence;

    @Option(
            names = "--max-order-gap",
            paramLabel = "G",
            description = "Most that z may move when the responses change places, in [0, 1].")
    private Optional<Double> orderGap;

    @Option(
            names = "--drop-flag",
            paramLabel = "FLAG",
            split = ",",
            description =
                    "Leave out judgments with this flag, such as injection-suspect; half: asked in one order only;"
                            + " truncated: a reply was cut; any: any flag but these two. May be repeated.")
    private List<String> flags = List.of();

    @Option(
            names = "--max-length-ratio",
            paramLabel = "R",
            description = "Most that the longer response may be of the shorter one, in characters.")
    private Optional<Double> ratio;

    @Option(
            names = "--length-balance",
            paramLabel = "off|match|weigh",
            description =
                    "Let the longer response win as often as the shorter, by leaving out or by weights (default off).")
    private Optional<String> balance;

    @Option(
            names = "--max-per-prompt",
            paramLabel = "N",
            description = "Most examples of a prompt; the largest margins stay.")
    private Optional<Long> perPrompt;

    @Option(
            names = "--max-per-model",
            paramLabel = "N",
            description = "Most examples that hold a response of one model, on either side.")
    private Optional<Long> perModel;

    Optional<SelectionRules> rules() {
        SelectionRules rules = new SelectionRules(
                pairs.map(name -> Named.constant("pairs", name, PairsPerPrompt.class)),
                confidence,
                orderGap,
                flags,
                ratio,
                balance.map(name -> Named.constant("length-balance", name, LengthBalance.class)),
                perPrompt,
                perModel);
        return rules.equals(SelectionRules.NONE) ? Optional.empty() : Optional.of(rules);
    }
}
