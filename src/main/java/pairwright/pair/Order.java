package pairwright.pair;

/** Which response a judge was shown first. */
public enum Order {
    /** {@code response_a} first. */
    AB,
    /** {@code response_b} first. */
    BA
}
