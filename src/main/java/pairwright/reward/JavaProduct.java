package pairwright.reward;

/** The products in plain Java, row after row: the check of the one on PyTorch, and the yardstick of its speed. */
record JavaProduct(SparseRows features) implements TextProduct {
    @Override
    public double[] times(double[] weights) {
        double[] rewards = new double[features.rows()];
        for (int row = 0; row < rewards.length; row++) {
            int start = features.start(row);
            double sum = 0;
            for (int k = start; k < start + features.length(row); k++) {
                sum += features.value(k) * weights[features.column(k)];
            }
            rewards[row] = sum;
        }
        return rewards;
    }

    @Override
    public double[] transposedTimes(double[] pull) {
        double[] gradient = new double[features.width()];
        for (int row = 0; row < pull.length; row++) {
            int start = features.start(row);
            for (int k = start; k < start + features.length(row); k++) {
                gradient[features.column(k)] += pull[row] * features.value(k);
            }
        }
        return gradient;
    }

    @Override
    public int texts() {
        return features.rows();
    }

    @Override
    public int columns() {
        return features.width();
    }

    @Override
    public void close() {}
}
