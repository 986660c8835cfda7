package pairwright.dataset;

/**
 * How strong a preference is, in the forms that trainers take.
 *
 * @param z probability that the chosen response is the better one, in [0.5, 1]
 * @param weight how much the example counts beside others, above 0; 1 unless lengths were evened out by weights
 */
public record Strength(double z, double weight) {
    public Strength {
        if (!(z >= .5 && z <= 1)) {
            throw new IllegalArgumentException("z of the chosen response is " + z + ", must be in [0.5, 1]");
        }
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight is " + weight + ", must be above 0");
        }
    }

    /** |2z - 1|, in [0, 1]: a margin of the reward difference, or a weight of the example's loss. */
    public double margin() {
        return 2 * z - 1;
    }

    /** min(z, 1 - z), in [0, 0.5]: the label noise epsilon of conservative DPO (Mitchell 2023). */
    public double labelSmoothing() {
        return 1 - z;
    }

    Strength weighed(double factor) {
        return new Strength(z, weight * factor);
    }
}
