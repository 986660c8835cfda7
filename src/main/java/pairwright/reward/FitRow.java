package pairwright.reward;

import java.util.Objects;
import java.util.Optional;
import pairwright.judge.Judgment;
import pairwright.judge.Verdict;

/**
 * A judgment and how much it counts in a fit.
 *
 * @param weight at least 0 and finite; a row of weight 0 is left out
 * @param group rows of one group are never parted by a split: the prompt's id, or something wider such as its topic
 * @param slice what part of a report the row belongs to
 * @param taught what a fit is told instead of the judgment, which is then for measuring; of a row without a label, what another judge says; empty where it is
 *     the judgment itself
 */
public record FitRow(Judgment judgment, double weight, String group, Optional<String> slice, Optional<Verdict> taught) {
    public FitRow {
        Objects.requireNonNull(judgment, "judgment");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(slice, "slice");
        Objects.requireNonNull(taught, "taught");
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight is " + weight + ", must be at least 0 and finite");
        }
    }

    /** Of weight 1, split by prompt. */
    public static FitRow of(Judgment judgment) {
        return new FitRow(judgment, 1, judgment.pair().prompt().id(), Optional.empty(), Optional.empty());
    }
}
