package pairwright.agreement;

/** A prompt as the bootstrap sees it. */
final class WeightedPrompt {
    private final long hash;
    private final int[] weights;

    WeightedPrompt(long hash, int[] weights) {
        this.hash = hash;
        this.weights = weights;
    }

    /** Of the prompt's id. */
    long hash() {
        return hash;
    }

    /** Adds the prompt's weight in every replicate to the replicate's sum. */
    void addTo(int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weights[i];
        }
    }

    /** Adds the value, weighted, in every replicate to the replicate's sum. */
    void addTo(double[] sums, double value) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weights[i] * value;
        }
    }

    /** The weight in one replicate. */
    int weight(int replicate) {
        return weights[replicate];
    }
}
