package pairwright.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How the judge compares, on the labelled rows whose margin reaches a threshold, with rules that need no judge and with people left out in
 * turn. Tests are one-sided, with standard errors by prompt.
 */
final class StandIn {
    private final JudgedRows rows;
    private final PeopleVotes votes;
    private final SelectiveRows selective;
    private final AgreementSettings settings;
    private final Outcome majority;

    StandIn(JudgedRows rows, PeopleVotes votes, AgreementSettings settings) {
        this.rows = rows;
        this.votes = votes;
        this.settings = settings;
        this.selective = new SelectiveRows(rows, settings);
        int[] counts = new int[Outcome.LABELS];
        Arrays.stream(selective.labelled())
                .forEach(row -> counts[rows.reference(row).index()]++);
        int best = 0;
        for (int label = 1; label < counts.length; label++) {
            best = counts[label] > counts[best] ? label : best;
        }
        this.majority = Outcome.at(best);
    }

    SelectiveRows selective() {
        return selective;
    }

    /**
     * Two shares of the same rows.
     *
     * @param other with whom
     * @param rows rows, or rows times people
     * @param judge share of the judge
     * @param others share of the other
     * @param pValue of the hypothesis that the judge is worse by more than what is borne
     */
    record Comparison(String other, long rows, double judge, double others, double pValue) {}

    private int[] at(double threshold) {
        return Arrays.stream(selective.labelled())
                .filter(selective::takesASide)
                .filter(row -> MarginGrid.reaches(selective.margin(row), threshold))
                .toArray();
    }

    private double credit(Outcome label, Outcome reference) {
        return Credit.halves(label, reference, settings.ties()) / 2.;
    }

    private Outcome longer(int row) {
        int difference = Integer.compare(rows.lengthA(row), rows.lengthB(row));
        return difference > 0 ? Outcome.A : difference < 0 ? Outcome.B : Outcome.TIE;
    }

    /** The rule that is hardest to beat: always first, always the longer, always the commonest label. */
    Comparison floor(double threshold) {
        int[] used = at(threshold);
        return List.of("first", "longer", "majority").stream()
                .map(rule -> {
                    double[] judge = new double[used.length];
                    double[] other = new double[used.length];
                    for (int i = 0; i < used.length; i++) {
                        Outcome reference = rows.reference(used[i]);
                        judge[i] = credit(selective.side(used[i]), reference);
                        other[i] = credit(
                                rule.equals("first") ? Outcome.A : rule.equals("longer") ? longer(used[i]) : majority,
                                reference);
                    }
                    return compared("the rule " + rule, used, judge, other, 0);
                })
                .max((a, b) -> Double.compare(a.pValue(), b.pValue()) != 0
                        ? Double.compare(a.pValue(), b.pValue())
                        : Double.compare(a.others(), b.others()))
                .orElseThrow();
    }

    /** People left out in turn, each beside the vote of the others; empty where no row has the labels of two. */
    Optional<Comparison> ceiling(double threshold, double borne) {
        IntStream.Builder used = IntStream.builder();
        java.util.stream.DoubleStream.Builder judge = java.util.stream.DoubleStream.builder();
        java.util.stream.DoubleStream.Builder person = java.util.stream.DoubleStream.builder();
        HumanVote rule = settings.humans() == HumanVote.DAWID_SKENE ? HumanVote.LEAD : settings.humans();
        for (int row : at(threshold)) {
            Map<String, Outcome> labels = votes.of(row);
            if (labels.size() > 1) {
                labels.forEach((name, label) -> {
                    Outcome vote = rule.of(PeopleVotes.others(labels, name));
                    if (vote.isLabel() && !(settings.ties() == TiesAs.DROPPED && vote == Outcome.TIE)) {
                        used.add(row);
                        judge.add(credit(selective.side(row), vote));
                        person.add(credit(label, vote));
                    }
                });
            }
        }
        int[] all = used.build().toArray();
        return all.length == 0
                ? Optional.empty()
                : Optional.of(compared(
                        "a person left out",
                        all,
                        judge.build().toArray(),
                        person.build().toArray(),
                        borne));
    }

    private Comparison compared(String with, int[] used, double[] judge, double[] other, double borne) {
        double[] difference = new double[used.length];
        for (int i = 0; i < used.length; i++) {
            difference[i] = judge[i] - other[i];
        }
        long[] clusters = Arrays.stream(used).mapToLong(selective::cluster).toArray();
        double p = RobustEstimate.mean(clusters, difference)
                .map(mean -> pValue(mean, borne))
                .orElse(1.);
        return new Comparison(with, used.length, mean(judge), mean(other), p);
    }

    /** Of the hypothesis that the mean is -borne or less. */
    private static double pValue(RobustEstimate mean, double borne) {
        double above = mean.value() + borne;
        if (mean.prompts() < RobustEstimate.FEWEST_PROMPTS || !(above > 0)) {
            return 1;
        }
        return mean.standardError() > 0
                ? new TDistribution(null, mean.prompts() - 1.).cumulativeProbability(-above / mean.standardError())
                : 0;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    /** Whether the judge may stand in for a person; empty where nobody has enough rows with a label of another. */
    Optional<AltTest> altTest(double threshold, double epsilon) {
        Map<String, long[]> won = new TreeMap<>();
        for (int row : at(threshold)) {
            Map<String, Outcome> labels = votes.of(row);
            if (labels.size() > 1) {
                labels.forEach((name, label) -> {
                    List<Outcome> others = PeopleVotes.others(labels, name);
                    long judge = others.stream()
                            .filter(o -> o == selective.side(row))
                            .count();
                    long person = others.stream().filter(o -> o == label).count();
                    won.computeIfAbsent(name, n -> new long[3])[judge > person ? 0 : judge == person ? 1 : 2]++;
                });
            }
        }
        Map<String, AltTest.Wins> wins = new TreeMap<>();
        won.forEach((name, w) -> wins.put(name, new AltTest.Wins(w[0], w[1], w[2])));
        return AltTest.of(wins).stream()
                .filter(test -> test.epsilon() == epsilon)
                .findFirst();
    }
}
