package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.TreeMap;

/** Counts of judgments: by label, abstentions by reason, conflicts by kind. */
public final class Tally {
    private final Labelling labelling;
    private long judged;
    private long a;
    private long b;
    private long ties;
    private long conflicts;
    private final Map<String, Long> conflictsByKind = new TreeMap<>();
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
        judgment.evidence().conflicts().forEach(kind -> conflictsByKind.merge(kind, 1L, Long::sum));
    }

    /** Counts a conflict that showed after the judgment was added. */
    public void addConflict(Judgment before, String kind) {
        conflicts += before.evidence().conflicts().isEmpty() ? 1 : 0;
        conflictsByKind.merge(kind, 1L, Long::sum);
    }

    /** The counts so far. */
    public Counts counts() {
        return new Counts(judged, a, b, ties, conflicts, new TreeMap<>(conflictsByKind), new TreeMap<>(abstentions));
    }

    /**
     * How many judgments there are of each kind.
     *
     * @param judged all of them, abstentions included
     * @param conflicts judgments with a contradiction of any kind
     * @param conflictsByKind {@code position}, {@code sample}, {@code jury}, {@code cycle}; a judgment may have several
     * @param abstentions by reason
     */
    public record Counts(
            @JsonProperty("judged") long judged,
            @JsonProperty("a") long a,
            @JsonProperty("b") long b,
            @JsonProperty("ties") long ties,
            @JsonProperty("conflicts") long conflicts,
            @JsonProperty("conflicts_by_kind") Map<String, Long> conflictsByKind,
            @JsonProperty("abstentions") Map<String, Long> abstentions) {
        public long abstained() {
            return judged - a - b - ties;
        }
    }
}
