package pairwright.reward;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Measures a model beside the baselines on sets of pairs. */
final class Measurement {
    private final PairTable table;
    private final ToDoubleFunction<PairTable.Entry> difference;
    private final double majority;

    /**
     * @param difference r(first) - r(second)
     * @param training the pairs that decide which side the majority is on
     */
    Measurement(PairTable table, ToDoubleFunction<PairTable.Entry> difference, List<PairTable.Entry> training) {
        this.table = table;
        this.difference = difference;
        this.majority = training.stream()
                .mapToDouble(entry -> Scoreboard.sign(entry.z()))
                .sum();
    }

    FitReport.Measure on(List<PairTable.Entry> entries) {
        Set<Integer> prompts = new HashSet<>();
        Scoreboard board = new Scoreboard();
        Scoreboard.Tally side = new Scoreboard.Tally();
        for (PairTable.Entry entry : entries) {
            prompts.add(entry.prompt());
            double d = difference.applyAsDouble(entry);
            board.add(entry.z(), d, table.length(entry.first()), table.length(entry.second()));
            int better = Scoreboard.sign(entry.z());
            if (better != 0) {
                side.add(majority * better);
            }
        }
        return board.measure(prompts.size(), side.accuracy());
    }
}
