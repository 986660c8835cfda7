package pairwright.agreement;

/** What two raters would agree by chance, as the coefficients of the kappa family suppose. */
public enum ChanceModel {
    /** Each rater keeps to their own shares of the categories (Cohen 1960). */
    COHEN {
        @Override
        double chance(double[] first, double[] second, Weights weights) {
            double chance = 0;
            for (int i = 0; i < first.length; i++) {
                for (int j = 0; j < first.length; j++) {
                    chance += weights.of(i, j, first.length) * first[i] * second[j];
                }
            }
            return chance;
        }

        @Override
        double slope(int row, int column, double[] first, double[] second, Weights weights) {
            double slope = 0;
            for (int k = 0; k < first.length; k++) {
                slope += weights.of(row, k, first.length) * second[k] + weights.of(k, column, first.length) * first[k];
            }
            return slope;
        }
    },
    /** Both keep to the mean of their shares (Scott 1955; with many raters Fleiss 1971). */
    SCOTT {
        @Override
        double chance(double[] first, double[] second, Weights weights) {
            double[] mean = mean(first, second);
            return COHEN.chance(mean, mean, weights);
        }

        @Override
        double slope(int row, int column, double[] first, double[] second, Weights weights) {
            double[] mean = mean(first, second);
            double slope = 0;
            for (int k = 0; k < mean.length; k++) {
                slope += (weights.of(row, k, mean.length) + weights.of(column, k, mean.length)) * mean[k];
            }
            return slope;
        }
    },
    /** Only some ratings are random, and those uniformly (Gwet 2008): AC1, with weights AC2. */
    GWET {
        @Override
        double chance(double[] first, double[] second, Weights weights) {
            double[] mean = mean(first, second);
            double spread = 0;
            for (double share : mean) {
                spread += share * (1 - share);
            }
            return scale(mean.length, weights) * spread;
        }

        @Override
        double slope(int row, int column, double[] first, double[] second, Weights weights) {
            double[] mean = mean(first, second);
            return scale(mean.length, weights) * (1 - mean[row] + 1 - mean[column]);
        }

        private double scale(int categories, Weights weights) {
            return sum(categories, weights) / (categories * (categories - 1.));
        }
    },
    /** All categories are equally likely (Bennett, Alpert and Goldstein 1954; Brennan and Prediger 1981). */
    UNIFORM {
        @Override
        double chance(double[] first, double[] second, Weights weights) {
            return sum(first.length, weights) / ((double) first.length * first.length);
        }

        @Override
        double slope(int row, int column, double[] first, double[] second, Weights weights) {
            return 0;
        }
    };

    /** Agreement by chance, from the raters' shares of the categories. */
    abstract double chance(double[] first, double[] second, Weights weights);

    /** How fast chance agreement grows with the share of a cell, up to a constant: what the delta method needs. */
    abstract double slope(int row, int column, double[] first, double[] second, Weights weights);

    private static double[] mean(double[] first, double[] second) {
        double[] mean = new double[first.length];
        for (int k = 0; k < mean.length; k++) {
            mean[k] = (first[k] + second[k]) / 2;
        }
        return mean;
    }

    private static double sum(int categories, Weights weights) {
        double sum = 0;
        for (int i = 0; i < categories; i++) {
            for (int j = 0; j < categories; j++) {
                sum += weights.of(i, j, categories);
            }
        }
        return sum;
    }
}
