package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How z lies for each label of the reference, in {@value #BINS} bins of equal width: an odd number, so that a half has a bin of its
 * own and z and 1 - z have bins that mirror each other.
 *
 * @param reference its name
 * @param rows rows with a z and a label, by label
 * @param bins from z = 0 to z = 1
 */
public record ScoreHistogram(
        @JsonProperty("reference") String reference,
        @JsonProperty("rows") Map<String, Long> rows,
        @JsonProperty("bins") List<Bin> bins) {
    static final int BINS = 21;

    public ScoreHistogram {
        rows = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(rows));
        bins = List.copyOf(bins);
    }

    /**
     * One bin.
     *
     * @param low least z
     * @param high greatest z, part of the bin only in the last one
     * @param a rows that the reference calls A
     * @param b rows that it calls B
     * @param tie rows that it calls a tie
     */
    public record Bin(
            @JsonProperty("low") double low,
            @JsonProperty("high") double high,
            @JsonProperty("A") long a,
            @JsonProperty("B") long b,
            @JsonProperty("tie") long tie) {}

    /** Empty where no row has both. */
    static Optional<ScoreHistogram> of(JudgedRows rows, String reference) {
        long[][] counts = new long[BINS][Outcome.LABELS];
        long[] all = new long[Outcome.LABELS];
        for (int row = 0; row < rows.size(); row++) {
            if (rows.hasZ(row) && rows.reference(row).isLabel()) {
                int label = rows.reference(row).index();
                counts[Math.min(BINS - 1, (int) (rows.z(row) * BINS))][label]++;
                all[label]++;
            }
        }
        if (all[0] + all[1] + all[2] == 0) {
            return Optional.empty();
        }
        Map<String, Long> byLabel = new LinkedHashMap<>();
        for (int label = 0; label < Outcome.LABELS; label++) {
            byLabel.put(Outcome.at(label).words(), all[label]);
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            bins.add(new Bin((double) bin / BINS, (bin + 1.) / BINS, counts[bin][0], counts[bin][1], counts[bin][2]));
        }
        return Optional.of(new ScoreHistogram(reference, byLabel, bins));
    }
}
