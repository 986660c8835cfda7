package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.TreeMap;

/** Counts of judgments: by label, and abstentions by reason. */
public final class Tally {
    private final Labelling labelling;
    private long judged;
    private long a;
    private long b;
    private long ties;
    private long conflicts;
    private final Map<String, Long> abstentions = new TreeMap<>();

    /** Counts the labels of z under the default tie band. */
    public Tally() {
        this(Labelling.DEFAULT);
    }

    public Tally(Labelling labelling) {
        this.labelling = labelling;
    }

    public void add(Judgment judgment) {
        judged++;
        if (judgment.verdict() instanceof Abstention abstention) {
            abstentions.merge(abstention.reason().name(), 1L, Long::sum);
            return;
        }
        switch (labelling.label((Preference) judgment.verdict(), judgment.evidence())) {
            case A -> a++;
            case B -> b++;
            case TIE -> ties++;
        }
        conflicts += judgment.evidence().conflicts().isEmpty() ? 0 : 1;
    }

    /** The counts so far. */
    public Counts counts() {
        return new Counts(judged, a, b, ties, conflicts, new TreeMap<>(abstentions));
    }

    /**
     * How many judgments there are of each kind.
     *
     * @param judged all of them, abstentions included
     * @param conflicts judgments whose trials contradict each other
     * @param abstentions by reason
     */
    public record Counts(
            @JsonProperty("judged") long judged,
            @JsonProperty("a") long a,
            @JsonProperty("b") long b,
            @JsonProperty("ties") long ties,
            @JsonProperty("conflicts") long conflicts,
            @JsonProperty("abstentions") Map<String, Long> abstentions) {
        public long abstained() {
            return judged - a - b - ties;
        }
    }
}
