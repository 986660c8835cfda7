package pairwright.agreement;

import java.util.OptionalDouble;

/**
 * A coefficient of the kappa family for two raters: (observed - chance) / (1 - chance).
 *
 * <p>The standard error is that of the delta method over independent items, which for kappa is the one of Fleiss, Cohen and
 * Everitt (1969) and for the others that of Gwet (Handbook of Inter-Rater Reliability, 2014, chapter 5). It knows nothing of
 * prompts: where items come in clusters, only the bootstrap by cluster is honest.
 *
 * @param model of chance
 * @param weights of agreement between categories
 */
public record ChanceCorrected(ChanceModel model, Weights weights) {
    public static final ChanceCorrected COHEN_KAPPA = new ChanceCorrected(ChanceModel.COHEN, Weights.NOMINAL);
    public static final ChanceCorrected LINEAR_KAPPA = new ChanceCorrected(ChanceModel.COHEN, Weights.LINEAR);
    public static final ChanceCorrected QUADRATIC_KAPPA = new ChanceCorrected(ChanceModel.COHEN, Weights.QUADRATIC);
    public static final ChanceCorrected SCOTT_PI = new ChanceCorrected(ChanceModel.SCOTT, Weights.NOMINAL);
    public static final ChanceCorrected GWET_AC1 = new ChanceCorrected(ChanceModel.GWET, Weights.NOMINAL);
    public static final ChanceCorrected GWET_AC2 = new ChanceCorrected(ChanceModel.GWET, Weights.QUADRATIC);
    public static final ChanceCorrected BRENNAN_PREDIGER = new ChanceCorrected(ChanceModel.UNIFORM, Weights.NOMINAL);

    /** The weighted share of items on which both agree; empty without items. */
    public OptionalDouble observed(ContingencyTable table) {
        if (!(table.total() > 0)) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int i = 0; i < table.categories(); i++) {
            for (int j = 0; j < table.categories(); j++) {
                sum += weights.of(i, j, table.categories()) * table.count(i, j);
            }
        }
        return OptionalDouble.of(sum / table.total());
    }

    /** What chance alone would reach; empty without items or with one category, where there is nothing to choose. */
    public OptionalDouble chance(ContingencyTable table) {
        return defined(table)
                ? OptionalDouble.of(model.chance(first(table), second(table), weights))
                : OptionalDouble.empty();
    }

    /** The coefficient, at most 1; empty where {@link #whyUndefined} says why. */
    public OptionalDouble value(ContingencyTable table) {
        if (!defined(table)) {
            return OptionalDouble.empty();
        }
        double chance = model.chance(first(table), second(table), weights);
        return OptionalDouble.of((observed(table).getAsDouble() - chance) / (1 - chance));
    }

    /** Asymptotic, over independent items; empty where the coefficient is. */
    public OptionalDouble standardError(ContingencyTable table) {
        if (!defined(table)) {
            return OptionalDouble.empty();
        }
        double[] first = first(table);
        double[] second = second(table);
        double beyond = 1 - model.chance(first, second, weights);
        double disagreement = 1 - value(table).getAsDouble();
        double mean = 0;
        double square = 0;
        for (int i = 0; i < table.categories(); i++) {
            for (int j = 0; j < table.categories(); j++) {
                double share = table.count(i, j) / table.total();
                double influence =
                        weights.of(i, j, table.categories()) - disagreement * model.slope(i, j, first, second, weights);
                mean += share * influence;
                square += share * influence * influence;
            }
        }
        return OptionalDouble.of(Math.sqrt(Math.max(0, square - mean * mean) / table.total()) / beyond);
    }

    /** For people. */
    public String whyUndefined(ContingencyTable table) {
        return table.total() > 0
                ? "only one category occurs, the coefficient needs two"
                : "no item has a label of both";
    }

    private static boolean defined(ContingencyTable table) {
        return table.total() > 0 && table.categories() > 1 && !table.oneCategory();
    }

    private static double[] first(ContingencyTable table) {
        double[] shares = new double[table.categories()];
        for (int k = 0; k < shares.length; k++) {
            shares[k] = table.row(k) / table.total();
        }
        return shares;
    }

    private static double[] second(ContingencyTable table) {
        double[] shares = new double[table.categories()];
        for (int k = 0; k < shares.length; k++) {
            shares[k] = table.column(k) / table.total();
        }
        return shares;
    }
}
