package pairwright.ranking;

import java.util.List;
import java.util.Optional;

/** A ranking as CSV (RFC 4180), one item a line. */
public final class RankingCsv {
    private RankingCsv() {}

    public static String render(Ranking ranking) {
        StringBuilder csv = new StringBuilder(
                "rank,item,strength,standard_error,low,high,best_rank,worst_rank,elo,wins,ties,losses\r\n");
        for (RankedItem item : ranking.items()) {
            Optional<StrengthEstimate> e = item.estimate();
            csv.append(String.join(
                            ",",
                            List.of(
                                    Integer.toString(item.rank()),
                                    quoted(item.item()),
                                    Double.toString(item.strength()),
                                    e.map(StrengthEstimate::standardError)
                                            .map(String::valueOf)
                                            .orElse(""),
                                    e.map(StrengthEstimate::low)
                                            .map(String::valueOf)
                                            .orElse(""),
                                    e.map(StrengthEstimate::high)
                                            .map(String::valueOf)
                                            .orElse(""),
                                    item.ranks().map(r -> "" + r.best()).orElse(""),
                                    item.ranks().map(r -> "" + r.worst()).orElse(""),
                                    Double.toString(item.elo()),
                                    Long.toString(item.wins()),
                                    Long.toString(item.ties()),
                                    Long.toString(item.losses()))))
                    .append("\r\n");
        }
        return csv.toString();
    }

    /**
     * A name as one field. One that a spreadsheet would take for a formula gets an apostrophe in front.
     */
    private static String quoted(String name) {
        String safe = !name.isEmpty() && "=+-@\t\r".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
        return safe.matches("(?s).*[\",\r\n].*|\\s.*|.*\\s") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
