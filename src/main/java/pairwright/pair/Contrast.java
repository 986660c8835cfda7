package pairwright.pair;

import java.util.Map;
import java.util.TreeMap;
import pairwright.candidate.Candidate;

/**
 * Pairs of two responses whose order is known beforehand, from how they were made. Which becomes A is the toss of a seeded coin; the field
 * {@code intended} says which was meant to be better. That is a prior and no judgment: a judge gives z beside it.
 *
 * @param how the better one was made better, or the worse one worse; stands in the field {@code contrast}
 */
public record Contrast(String how, long seed) {
    /** The field that says which response was meant to be better. */
    public static final String INTENDED = "intended";

    private static final String HOW = "contrast";

    /**
     * The pair.
     *
     * @param common fields that go with the pair as they are
     */
    public Pair pair(Candidate better, Candidate worse, Map<String, Object> common) {
        Pair pair = new Framing(seed, java.util.Optional.empty()).pair(better, worse);
        Map<String, Object> fields = new TreeMap<>(common);
        fields.putAll(pair.fields());
        fields.put(HOW, how);
        fields.put(INTENDED, pair.id().equals(Framing.id(better, worse)) ? "A" : "B");
        return pair.withFields(fields);
    }
}
