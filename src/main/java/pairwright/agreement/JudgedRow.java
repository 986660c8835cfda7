package pairwright.agreement;

/**
 * What a row brings to every reference.
 *
 * @param judged the judge's reading
 * @param longer what the longer response says
 * @param prompt with its weights in the bootstrap
 */
record JudgedRow(Reading judged, Outcome longer, WeightedPrompt prompt) {}
