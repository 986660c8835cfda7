package pairwright.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Row;
import pairwright.pair.Pair;

/**
 * Some pairs of a file, drawn by their ids: which ones does not depend on their order, and a larger sample holds the smaller one.
 *
 * @param rows in the order of the draw
 * @param of pairs to draw from
 * @param identical pairs left out because their responses are the same
 */
record PairSample(List<Row<Pair>> rows, long of, long identical) {
    private record Drawn(double place, Row<Pair> row) {}

    static PairSample draw(Iterator<Row<Pair>> rows, int most, long seed) {
        Comparator<Drawn> byPlace = Comparator.comparingDouble(Drawn::place)
                .thenComparing(drawn -> drawn.row().value().id());
        PriorityQueue<Drawn> kept = new PriorityQueue<>(byPlace.reversed());
        long of = 0;
        long identical = 0;
        while (rows.hasNext()) {
            Row<Pair> row = rows.next();
            if (row.value().responseA().equals(row.value().responseB())) {
                identical++;
                continue;
            }
            of++;
            kept.add(new Drawn(Digests.uniform(seed, "sample", row.value().id()), row));
            if (kept.size() > most) {
                kept.remove();
            }
        }
        List<Drawn> ordered = new ArrayList<>(kept);
        ordered.sort(byPlace);
        return new PairSample(ordered.stream().map(Drawn::row).toList(), of, identical);
    }
}
