package pairwright.reward;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Gathers labelled pairs with a model's rewards, keeping sums by group and no pair, and reports on them. */
public final class Evaluation {
    private static final int MARGINS = 5;

    private final Scoreboard board = new Scoreboard();
    private final Set<String> groups = new HashSet<>();
    private final GroupedMean accuracy = new GroupedMean(1);
    private final GroupedMean logLoss = new GroupedMean(Double.POSITIVE_INFINITY);
    private final GroupedMean brier = new GroupedMean(1);
    private final Map<String, GroupedMean> baselines = new LinkedHashMap<>();
    private final Map<String, GroupedMean> slices = new TreeMap<>();
    private final List<GroupedMean> margins = new ArrayList<>();
    private int rows;
    private int ties;

    public Evaluation() {
        for (String rule : List.of("random", "longer", "shorter")) {
            baselines.put(rule, new GroupedMean(1));
        }
        for (int k = 0; k < MARGINS; k++) {
            margins.add(new GroupedMean(1));
        }
    }

    public void add(EvaluatedPair pair) {
        rows++;
        groups.add(pair.group());
        board.add(pair.z(), pair.d(), pair.lengthA(), pair.lengthB());
        double p = SoftLoss.probability(pair.d());
        logLoss.add(pair.group(), SoftLoss.loss(pair.z(), pair.d()));
        brier.add(pair.group(), (p - pair.z()) * (p - pair.z()));
        int better = Scoreboard.sign(pair.z());
        if (better == 0) {
            ties++;
            return;
        }
        double right = right(pair.d() * better);
        accuracy.add(pair.group(), right);
        double lead = (double) (pair.lengthA() - pair.lengthB()) * better;
        baselines.get("random").add(pair.group(), .5);
        baselines.get("longer").add(pair.group(), right(lead));
        baselines.get("shorter").add(pair.group(), right(-lead));
        pair.slice()
                .ifPresent(name ->
                        slices.computeIfAbsent(name, key -> new GroupedMean(1)).add(pair.group(), right));
        margins.get((int) Math.min(MARGINS - 1, Math.floor(MARGINS * Math.abs(2 * p - 1))))
                .add(pair.group(), right);
    }

    /** Another rule's rewards on a pair, as a baseline of that name. */
    public void addBaseline(String rule, EvaluatedPair pair) {
        int better = Scoreboard.sign(pair.z());
        if (better != 0) {
            baselines.computeIfAbsent(rule, key -> new GroupedMean(1)).add(pair.group(), right(pair.d() * better));
        }
    }

    private static double right(double margin) {
        return margin > 0 ? 1 : margin == 0 ? .5 : 0;
    }

    /** Pairs added. */
    public int rows() {
        return rows;
    }

    /** Call with at least one pair added. */
    public EvaluationReport report() {
        FitReport.Measure sums = board.measure(groups.size(), new Accuracy(0, 0, 0));
        Map<String, Interval> rules = new LinkedHashMap<>();
        baselines.forEach((name, mean) -> mean.interval().ifPresent(value -> rules.put(name, value)));
        List<EvaluationReport.Part> bySlice = new ArrayList<>();
        slices.forEach((name, mean) ->
                mean.interval().ifPresent(value -> bySlice.add(new EvaluationReport.Part(name, value))));
        List<EvaluationReport.Part> byMargin = new ArrayList<>();
        for (int k = 0; k < MARGINS; k++) {
            String name = String.format(Locale.ROOT, "%.1f to %.1f", (double) k / MARGINS, (k + 1.0) / MARGINS);
            Optional<Interval> value = margins.get(k).interval();
            value.ifPresent(interval -> byMargin.add(new EvaluationReport.Part(name, interval)));
        }
        return new EvaluationReport(
                rows,
                groups.size(),
                ties,
                accuracy.interval(),
                logLoss.interval().orElseThrow(),
                brier.interval().orElseThrow(),
                sums.calibrationError(),
                sums.whereLonger(),
                sums.whereShorter(),
                sums.lengthCorrelation(),
                rules,
                bySlice,
                byMargin);
    }
}
