package pairwright.agreement;

import java.util.OptionalDouble;

/**
 * Krippendorff's alpha: 1 - observed / expected disagreement, over the ratings that can be paired within an item; an item
 * with one rating does not count. Any number of raters, missing ratings, every {@link Level} (Krippendorff 2011).
 */
public record KrippendorffAlpha(Level level) {
    public static final KrippendorffAlpha NOMINAL = new KrippendorffAlpha(Level.NOMINAL);

    /** The coincidences that an alpha rests on. */
    private record Disagreement(double observed, double expected, double ratings) {}

    public OptionalDouble value(RatingTable table) {
        if (belowZero(table)) {
            return OptionalDouble.empty();
        }
        Disagreement found = disagreement(table);
        return found.expected() > 0
                ? OptionalDouble.of(1 - (found.ratings() - 1) * found.observed() / found.expected())
                : OptionalDouble.empty();
    }

    /**
     * Agreement by chance on the scale where agreement is 1 - distance / longest distance; for nominal ratings the chance that two
     * ratings of different items are equal.
     */
    public OptionalDouble chance(RatingTable table) {
        double[] counts = pairable(table);
        double n = sum(counts);
        double longest = longest(table, counts);
        return longest > 0
                ? OptionalDouble.of(1 - disagreement(table).expected() / longest / (n * (n - 1)))
                : OptionalDouble.empty();
    }

    /** Over independent items, by linearisation (Gwet 2014, chapter 5), the distances as given; empty below two items. */
    public OptionalDouble standardError(RatingTable table) {
        double n = table.itemsWith(2);
        double[] counts = pairable(table);
        double longest = longest(table, counts);
        if (!(longest > 0) || n < 2) {
            return OptionalDouble.empty();
        }
        double[][] agreement = agreement(table, counts, longest);
        double mean = sum(counts) / n;
        double[] shares = new double[counts.length];
        for (int k = 0; k < counts.length; k++) {
            shares[k] = counts[k] / (mean * n);
        }
        double[] byCategory = new double[counts.length];
        double chance = 0;
        for (int k = 0; k < counts.length; k++) {
            for (int l = 0; l < counts.length; l++) {
                byCategory[k] += agreement[k][l] * shares[l];
            }
            chance += shares[k] * byCategory[k];
        }
        double observed = 0;
        for (int p = 0; p < table.patterns(); p++) {
            observed += table.raters(p) > 1 ? table.items(p) * pairs(table, p, agreement) / mean / n : 0;
        }
        double alpha = (observed - chance) / (1 - chance);
        // A rating may agree with itself, as chance agreement among finitely many ratings supposes.
        double corrected = observed + (1 - observed) / (mean * n);
        double squares = 0;
        for (int p = 0; p < table.patterns(); p++) {
            int raters = table.raters(p);
            if (raters < 2 || table.items(p) == 0) {
                continue;
            }
            double more = (raters - mean) / mean;
            double own = (pairs(table, p, agreement) / mean - corrected * more - chance) / (1 - chance);
            double slope = -chance * more;
            for (int k = 0; k < counts.length; k++) {
                slope += table.pattern(p)[k] * byCategory[k] / mean;
            }
            double part = own - 2 * (1 - alpha) * (slope - chance) / (1 - chance) - alpha;
            squares += table.items(p) * part * part;
        }
        return OptionalDouble.of(Math.sqrt(squares / (n - 1) / n));
    }

    /** For people. */
    public String whyUndefined(RatingTable table) {
        if (belowZero(table)) {
            return "a rating is " + table.values()[0] + ", alpha for ratios needs ratings of at least 0";
        }
        return table.itemsWith(2) > 0
                ? "only one category occurs among the ratings that can be paired, alpha needs two"
                : "no item has ratings of two raters";
    }

    private boolean belowZero(RatingTable table) {
        return level == Level.RATIO && table.categories() > 0 && table.values()[0] < 0;
    }

    private Disagreement disagreement(RatingTable table) {
        double[] counts = pairable(table);
        int q = counts.length;
        double[][] distance = new double[q][q];
        double expected = 0;
        for (int k = 0; k < q; k++) {
            for (int l = 0; l < q; l++) {
                distance[k][l] = level.squaredDistance(k, l, table.values(), counts);
                expected += counts[k] * counts[l] * distance[k][l];
            }
        }
        double observed = 0;
        for (int p = 0; p < table.patterns(); p++) {
            int raters = table.raters(p);
            if (raters < 2 || table.items(p) == 0) {
                continue;
            }
            int[] pattern = table.pattern(p);
            double pairs = 0;
            for (int k = 0; k < q; k++) {
                for (int l = 0; pattern[k] > 0 && l < q; l++) {
                    pairs += (double) pattern[k] * pattern[l] * distance[k][l];
                }
            }
            observed += table.items(p) * pairs / (raters - 1);
        }
        return new Disagreement(observed, expected, sum(counts));
    }

    /** Ratings of each category in items with at least two. */
    private static double[] pairable(RatingTable table) {
        double[] counts = new double[table.categories()];
        for (int p = 0; p < table.patterns(); p++) {
            for (int k = 0; table.raters(p) > 1 && k < counts.length; k++) {
                counts[k] += table.items(p) * table.pattern(p)[k];
            }
        }
        return counts;
    }

    private double longest(RatingTable table, double[] counts) {
        double longest = 0;
        for (int k = 0; k < counts.length; k++) {
            for (int l = 0; l < k; l++) {
                longest = counts[k] > 0 && counts[l] > 0
                        ? Math.max(longest, level.squaredDistance(k, l, table.values(), counts))
                        : longest;
            }
        }
        return longest;
    }

    private double[][] agreement(RatingTable table, double[] counts, double longest) {
        double[][] agreement = new double[counts.length][counts.length];
        for (int k = 0; k < counts.length; k++) {
            for (int l = 0; l < counts.length; l++) {
                agreement[k][l] = 1 - level.squaredDistance(k, l, table.values(), counts) / longest;
            }
        }
        return agreement;
    }

    /** The weighted number of agreeing partners of a rating, summed over the item's ratings. */
    private static double pairs(RatingTable table, int p, double[][] agreement) {
        int[] pattern = table.pattern(p);
        double sum = 0;
        for (int k = 0; k < pattern.length; k++) {
            if (pattern[k] > 0) {
                double weighted = 0;
                for (int l = 0; l < pattern.length; l++) {
                    weighted += agreement[k][l] * pattern[l];
                }
                sum += pattern[k] * (weighted - 1);
            }
        }
        return sum / (table.raters(p) - 1.);
    }

    private static double sum(double[] counts) {
        double sum = 0;
        for (double count : counts) {
            sum += count;
        }
        return sum;
    }
}
