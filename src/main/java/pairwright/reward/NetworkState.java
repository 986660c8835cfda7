package pairwright.reward;

/**
 * Where a training stands: the parameters and Adam's moments of them.
 *
 * @param first mean of the gradients
 * @param second mean of their squares
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record NetworkState(float[] parameters, float[] first, float[] second) {
    /** Without any gradient yet. */
    static NetworkState of(float[] parameters) {
        return new NetworkState(parameters, new float[parameters.length], new float[parameters.length]);
    }
}
