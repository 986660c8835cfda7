package pairwright.reward;

/**
 * By what the differences of rewards are to be divided so that sigma of them is calibrated (Guo et al. 2017): the least log loss on pairs that the
 * rewards were not fitted on.
 */
final class Temperature {
    private static final double COLDEST = .05;
    private static final double HOTTEST = 20;
    private static final int HALVINGS = 60;

    private Temperature() {}

    /**
     * By bisection on the slope, which rises in 1/T since the loss is convex in it; 1 where no difference tells anything.
     *
     * @param z of each pair
     * @param d its difference under a model fitted without it
     * @param likelihood of the labels
     */
    static double fitted(double[] z, double[] d, double[] weight, PairLikelihood likelihood) {
        double low = Math.log(1 / HOTTEST);
        double high = Math.log(1 / COLDEST);
        boolean flat = true;
        for (double difference : d) {
            flat &= difference == 0;
        }
        if (flat) {
            return 1;
        }
        for (int k = 0; k < HALVINGS; k++) {
            double middle = (low + high) / 2;
            if (slope(z, d, weight, likelihood, Math.exp(middle)) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp(-(low + high) / 2);
    }

    private static double slope(double[] z, double[] d, double[] weight, PairLikelihood likelihood, double factor) {
        double slope = 0;
        for (int i = 0; i < d.length; i++) {
            slope += weight[i] * d[i] * likelihood.at(z[i], factor * d[i], 0).slope();
        }
        return slope;
    }
}
