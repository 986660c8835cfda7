package pairwright.agreement;

import java.util.OptionalDouble;

/**
 * A coefficient of the kappa family for any number of raters, some of whose ratings may be missing (Gwet 2014, chapters 2
 * and 3). With nominal weights and equally many ratings for each item the model of Scott is Fleiss' kappa (1971).
 *
 * @param model any but Cohen's, which needs to know who rated
 */
public record ManyRaters(ChanceModel model, Weights weights) {
    public static final ManyRaters FLEISS_KAPPA = new ManyRaters(ChanceModel.SCOTT, Weights.NOMINAL);
    public static final ManyRaters GWET_AC1 = new ManyRaters(ChanceModel.GWET, Weights.NOMINAL);
    public static final ManyRaters GWET_AC2 = new ManyRaters(ChanceModel.GWET, Weights.QUADRATIC);
    public static final ManyRaters BRENNAN_PREDIGER = new ManyRaters(ChanceModel.UNIFORM, Weights.NOMINAL);

    public ManyRaters {
        if (model == ChanceModel.COHEN) {
            throw new IllegalArgumentException("model is COHEN, must be one that does not ask who rated");
        }
    }

    /** The mean over items with several ratings of the weighted share of their pairs of raters who agree. */
    public OptionalDouble observed(RatingTable table) {
        double n = table.itemsWith(2);
        if (!(n > 0)) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int p = 0; p < table.patterns(); p++) {
            if (table.raters(p) > 1 && table.items(p) > 0) {
                sum += table.items(p) * agreement(table, p);
            }
        }
        return OptionalDouble.of(sum / n);
    }

    /** What chance alone would reach. */
    public OptionalDouble chance(RatingTable table) {
        return defined(table)
                ? OptionalDouble.of(model.chance(table.shares(), table.shares(), weights))
                : OptionalDouble.empty();
    }

    public OptionalDouble value(RatingTable table) {
        if (!defined(table)) {
            return OptionalDouble.empty();
        }
        double[] shares = table.shares();
        double chance = model.chance(shares, shares, weights);
        return OptionalDouble.of((observed(table).getAsDouble() - chance) / (1 - chance));
    }

    /** Over independent items, by linearisation (Gwet 2014, chapter 5), ratings as given; empty below two items. */
    public OptionalDouble standardError(RatingTable table) {
        double n = table.itemsWith(1);
        if (!defined(table) || n < 2) {
            return OptionalDouble.empty();
        }
        double[] shares = table.shares();
        double chance = model.chance(shares, shares, weights);
        double value = value(table).getAsDouble();
        double several = n / table.itemsWith(2);
        // The mean of the slopes over all ratings, which the linearisation takes off.
        double slopes = 0;
        for (int k = 0; k < shares.length; k++) {
            slopes += shares[k] * model.slope(k, k, shares, shares, weights) / 2;
        }
        double squares = 0;
        for (int p = 0; p < table.patterns(); p++) {
            int raters = table.raters(p);
            if (raters == 0 || table.items(p) == 0) {
                continue;
            }
            double slope = 0;
            for (int k = 0; k < shares.length; k++) {
                slope += table.pattern(p)[k] * model.slope(k, k, shares, shares, weights) / 2 / raters;
            }
            double own = raters > 1 ? several * (agreement(table, p) - chance) / (1 - chance) : 0;
            double part = own - 2 * (1 - value) * (slope - slopes) / (1 - chance) - value;
            squares += table.items(p) * part * part;
        }
        return OptionalDouble.of(Math.sqrt(squares / (n - 1) / n));
    }

    /** For people. */
    public String whyUndefined(RatingTable table) {
        return table.itemsWith(2) > 0
                ? "only one category occurs, the coefficient needs two"
                : "no item has ratings of two raters";
    }

    private double agreement(RatingTable table, int p) {
        int[] pattern = table.pattern(p);
        int raters = table.raters(p);
        double pairs = 0;
        for (int k = 0; k < pattern.length; k++) {
            if (pattern[k] > 0) {
                double weighted = 0;
                for (int l = 0; l < pattern.length; l++) {
                    weighted += weights.of(k, l, pattern.length) * pattern[l];
                }
                pairs += pattern[k] * (weighted - 1);
            }
        }
        return pairs / (raters * (raters - 1.));
    }

    private static boolean defined(RatingTable table) {
        return table.itemsWith(2) > 0 && table.categories() > 1 && !table.oneCategory();
    }
}
