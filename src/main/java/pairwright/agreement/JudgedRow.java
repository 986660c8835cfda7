package pairwright.agreement;

/**
 * What a row brings to every reference.
 *
 * @param judged the judge's reading
 * @param longer what the longer response says
 * @param prompt hash of the prompt's id
 * @param weights of the prompt in the bootstrap's replicates
 */
record JudgedRow(Reading judged, Outcome longer, long prompt, int[] weights) {}
