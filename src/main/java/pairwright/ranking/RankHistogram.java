package pairwright.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How often each item had each rank in the bootstrap, as its template wants it. */
final class RankHistogram {
    private static final int MOST = 60;
    private static final double LEFT = 190;
    private static final double ROW = 20;
    private static final double TOP = 22;
    private static final double WIDTH = 560;
    private static final int NAME_LENGTH = 24;

    private RankHistogram() {}

    /** One picture, or none where there was no bootstrap or there are too many items. */
    static List<Map<String, Object>> of(Ranking ranking) {
        int n = ranking.items().size();
        if (ranking.bootstrap().isEmpty() || ranking.bootstrap().get().rounds() == 0 || n > MOST) {
            return List.of();
        }
        double cell = Math.min(40, WIDTH / n);
        int rounds = ranking.bootstrap().get().rounds();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (RankedItem item : ranking.items()) {
            double y = TOP + rows.size() * ROW;
            List<Map<String, String>> cells = new ArrayList<>();
            List<Integer> ranks = item.bootstrap().orElseThrow().ranks();
            for (int rank = 0; rank < n; rank++) {
                if (ranks.get(rank) > 0) {
                    double share = (double) ranks.get(rank) / rounds;
                    cells.add(Map.of(
                            "x", number(LEFT + rank * cell),
                            "shade", String.format(Locale.ROOT, "%.3f", Math.max(.04, share)),
                            "title",
                                    VisibleName.of(item.item()) + ", rank " + (rank + 1) + ": " + ranks.get(rank)
                                            + " of " + rounds + " rounds"));
                }
            }
            rows.add(Map.of(
                    "name", VisibleName.shortened(item.item(), NAME_LENGTH),
                    "y", number(y),
                    "text_y", number(y + 14),
                    "cells", cells));
        }
        List<Map<String, String>> ticks = new ArrayList<>();
        int every = Math.max(1, (int) Math.ceil(24 / cell));
        for (int rank = 0; rank < n; rank += every) {
            ticks.add(Map.of("at", number(LEFT + (rank + .5) * cell), "text", Integer.toString(rank + 1)));
        }
        return List.of(Map.of(
                "caption",
                "Share of " + rounds
                        + " bootstrap rounds in which an item (row) had a rank (column); the stronger the colour, the more",
                "ticks",
                ticks,
                "rows",
                rows,
                "cell",
                number(Math.max(1, cell - 1)),
                "width",
                number(LEFT + n * cell + 10),
                "height",
                number(TOP + rows.size() * ROW + 6)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
