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

    /**
     * Float32 of shape (texts), in their order.
     *
     * @param part owns whatever is made
     * @param parameters one row
     * @param training whether some units are left out by chance
     */
    NDArray rewards(NDManager part, NDArray parameters, int[] texts, boolean training);
}
