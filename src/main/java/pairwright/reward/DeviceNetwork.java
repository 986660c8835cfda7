package pairwright.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** What a training moves: the rewards of some texts, which are numbered, under parameters in one row. */
interface DeviceNetwork {
    int parameters();

    /** Before any step. */
    float[] start(long seed);

    /** 1 for each parameter that decays, 0 for a bias and the like. */
    float[] decayed();

    /** The same with rewards divided by this. */
    float[] dividedBy(float[] parameters, double temperature);

    /** How many numbers a text is as it is computed: texts of one length go well into one batch. */
    int length(int text);

    /** Of all that is read of a text. */
    int hash(int text);

    /** Whether rewards may be computed by several threads at once. */
    default boolean isSafeForThreads() {
        return false;
    }

    /** Once before a step, or before texts are scored: whoever computes with arrays of its own copies the parameters into them. */
    default void take(NDArray parameters) {}

    /** Once after the passes of a step, of all that they have added up, in one row; it lies where the parameters do. */
    default NDArray gradient(NDArray parameters) {
        NDArray gradient = parameters.getGradient();
        gradient.attach(parameters.getManager());
        return gradient;
    }

    /**
     * Float32 of shape (texts), in their order.
     *
     * @param part owns whatever is made
     * @param parameters one row
     * @param training whether some units are left out by chance
     */
    NDArray rewards(NDManager part, NDArray parameters, int[] texts, boolean training);
}
