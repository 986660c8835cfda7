package pairwright.reward;

/**
 * The two products that a linear fit is made of: with the texts' features Phi, one row a text, Phi w gives each text its reward, and Phi' v
 * turns a pull on each reward into the gradient. Everything else of the loss costs one step a pair.
 */
sealed interface TextProduct extends AutoCloseable permits TorchProduct, JavaProduct {
    /** Phi w, one number a text. */
    double[] times(double[] weights);

    /** Phi' v, one number a column. */
    double[] transposedTimes(double[] pull);

    int texts();

    int columns();

    @Override
    void close();
}
