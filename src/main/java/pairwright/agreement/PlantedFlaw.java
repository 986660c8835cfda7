package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a judge makes of one kind of planted flaw, over the rows in which one response has it and the other has none.
 *
 * @param kind as the rows name it
 * @param rows such rows
 * @param abstained of these, without a preference of the judge
 * @param caught of those with one, the share in which it takes the response without the flaw
 * @param missed the share in which it takes the flawed one; the rest are ties
 */
public record PlantedFlaw(
        @JsonProperty("kind") String kind,
        @JsonProperty("rows") long rows,
        @JsonProperty("abstained") long abstained,
        @JsonProperty("caught") Statistic caught,
        @JsonProperty("missed") Statistic missed) {
    /** What a response without a flaw is marked with. */
    static final String NONE = "none";

    /** What is counted of a kind. */
    private static final class Count {
        private final ShareEstimate caught;
        private final ShareEstimate missed;
        private long rows;
        private long abstained;

        Count(AgreementSettings settings) {
            caught = new ShareEstimate(settings);
            missed = new ShareEstimate(settings);
        }
    }

    /** In the order of the kinds' names. */
    static List<PlantedFlaw> of(JudgedRows rows, int[] sorted, AgreementSettings settings) {
        Map<String, Count> counts = new TreeMap<>();
        for (int row : sorted) {
            if (rows.flawA(row) == Names.NONE || rows.flawB(row) == Names.NONE) {
                continue;
            }
            String a = rows.flaws().name(rows.flawA(row));
            String b = rows.flaws().name(rows.flawB(row));
            if (a.equals(NONE) == b.equals(NONE)) {
                continue;
            }
            Outcome clean = a.equals(NONE) ? Outcome.A : Outcome.B;
            Count count = counts.computeIfAbsent(a.equals(NONE) ? b : a, kind -> new Count(settings));
            count.rows++;
            if (rows.judged(row).isLabel()) {
                long cluster = rows.cluster(row, settings);
                count.caught.add(cluster, rows.judged(row) == clean ? 1 : 0);
                count.missed.add(cluster, rows.judged(row) == clean.swapped() ? 1 : 0);
            } else {
                count.abstained++;
            }
        }
        String none = "the judge gave no preference";
        List<PlantedFlaw> flaws = new ArrayList<>();
        counts.forEach((kind, count) -> flaws.add(new PlantedFlaw(
                kind,
                count.rows,
                count.abstained,
                count.caught.statistic("share in which the judge takes the response without the flaw", none),
                count.missed.statistic("share in which the judge takes the flawed response", none))));
        return flaws;
    }
}
