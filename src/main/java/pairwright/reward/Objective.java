package pairwright.reward;

/** A smooth function to be minimised. */
@FunctionalInterface
interface Objective {
    /**
     * The value at {@code point}.
     *
     * @param gradient is overwritten with the gradient there
     */
    double at(double[] point, double[] gradient);
}
