package pairwright.reward;

/**
 * Where a training stands: the parameters and Adam's moments of them.
 *
 * @param first mean of the gradients
 * @param second mean of their squares
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record MlpState(float[] parameters, float[] first, float[] second) {
    /** Before any step. */
    static MlpState start(MlpNetwork.Shape shape, long seed) {
        return of(MlpNetwork.start(shape, seed));
    }

    /** Without any gradient yet. */
    static MlpState of(float[] parameters) {
        return new MlpState(parameters, new float[parameters.length], new float[parameters.length]);
    }
}
