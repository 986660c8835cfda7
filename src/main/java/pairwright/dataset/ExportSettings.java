package pairwright.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.FileType;
import pairwright.judge.Preference;

/**
 * How a dataset is selected and split.
 *
 * @param minimumMargin least |2z - 1| that is exported, in [0, 1]; 0 leaves the choice to the tie band alone
 * @param tieBand z within this distance of one half is a tie, in [0, 0.5)
 * @param testFraction share of the prompts that goes to the test side, in [0, 1)
 * @param seed of the split
 * @param fileType how rows lie in the files of the two sides
 * @param rules what else a judgment must be to become an example
 * @param splitRules what stays together on one side
 * @param card what the card tells that the judgments do not
 */
public record ExportSettings(
        ExportFormat format,
        double minimumMargin,
        double tieBand,
        double testFraction,
        long seed,
        ConflictPolicy conflicts,
        FileType fileType,
        SelectionRules rules,
        SplitRules splitRules,
        CardFacts card) {
    public static final ExportSettings DEFAULTS = new ExportSettings(
            ExportFormat.TRL,
            0,
            Preference.DEFAULT_TIE_BAND,
            .1,
            0,
            ConflictPolicy.KEEP,
            FileType.JSONL,
            SelectionRules.NONE,
            SplitRules.BY_PROMPT,
            CardFacts.NONE);

    public ExportSettings {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(conflicts, "conflicts");
        format.checkReads(fileType);
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(splitRules, "splitRules");
        Objects.requireNonNull(card, "card");
        if (!(minimumMargin >= 0 && minimumMargin <= 1)) {
            throw new BadInput("minimum margin is " + minimumMargin + ", must be in [0, 1]");
        }
        if (!(tieBand >= 0 && tieBand < .5)) {
            throw new BadInput("tie band is " + tieBand + ", must be in [0, 0.5)");
        }
        if (!(testFraction >= 0 && testFraction < 1)) {
            throw new BadInput("test fraction is " + testFraction + ", must be in [0, 1)");
        }
        if (rules.balance() == LengthBalance.WEIGH && !format.holdsWeights()) {
            throw new BadInput("length balance is weigh, but the loader of " + format
                    + " reads no weight of a row, so that the weights would be lost; those that do are: "
                    + ExportFormat.withWeights() + ". Choose one of these, or the length balance match");
        }
    }

    public ExportSettings withSeed(long other) {
        return new ExportSettings(
                format, minimumMargin, tieBand, testFraction, other, conflicts, fileType, rules, splitRules, card);
    }

    public ExportSettings withTestFraction(double other) {
        return new ExportSettings(
                format, minimumMargin, tieBand, other, seed, conflicts, fileType, rules, splitRules, card);
    }

    public ExportSettings withMinimumMargin(double other) {
        return new ExportSettings(
                format, other, tieBand, testFraction, seed, conflicts, fileType, rules, splitRules, card);
    }

    public ExportSettings withTieBand(double other) {
        return new ExportSettings(
                format, minimumMargin, other, testFraction, seed, conflicts, fileType, rules, splitRules, card);
    }

    public ExportSettings withConflicts(ConflictPolicy other) {
        return new ExportSettings(
                format, minimumMargin, tieBand, testFraction, seed, other, fileType, rules, splitRules, card);
    }

    public ExportSettings withFormat(ExportFormat other) {
        return new ExportSettings(
                other, minimumMargin, tieBand, testFraction, seed, conflicts, fileType, rules, splitRules, card);
    }

    public ExportSettings withFileType(FileType other) {
        return new ExportSettings(
                format, minimumMargin, tieBand, testFraction, seed, conflicts, other, rules, splitRules, card);
    }

    public ExportSettings withRules(SelectionRules other) {
        return new ExportSettings(
                format, minimumMargin, tieBand, testFraction, seed, conflicts, fileType, other, splitRules, card);
    }

    public ExportSettings withSplitRules(SplitRules other) {
        return new ExportSettings(
                format, minimumMargin, tieBand, testFraction, seed, conflicts, fileType, rules, other, card);
    }

    public ExportSettings withCard(CardFacts other) {
        return new ExportSettings(
                format, minimumMargin, tieBand, testFraction, seed, conflicts, fileType, rules, splitRules, other);
    }

    /** The file of a side, without its folder. */
    String fileName(Split.Side side) {
        return format.fileName(side, fileType);
    }

    /** Every setting by name, for the card and the provenance. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", format.toString());
        map.put("file_type", fileType.toString());
        map.put("minimum_margin", minimumMargin);
        map.put("tie_band", tieBand);
        map.put("test_fraction", testFraction);
        map.put("seed", seed);
        map.put("conflicts", conflicts.toString());
        map.putAll(rules.asMap());
        splitRules.asMap().forEach((name, value) -> map.put("split_" + name, value));
        return map;
    }
}
