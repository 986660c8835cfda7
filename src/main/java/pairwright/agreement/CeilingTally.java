package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Each person left out in turn: does the judge agree with the others as well as that person does? */
final class CeilingTally {
    /** What agreement with the vote of the others is worth: nothing, half, one. */
    private static final int CREDITS = 3;

    private final AgreementSettings settings;
    private final CellCounts everyone;
    private final Map<String, CellCounts> people = new TreeMap<>();
    private final Map<String, long[]> wins = new TreeMap<>();

    CeilingTally(AgreementSettings settings) {
        this.settings = settings;
        this.everyone = new CellCounts(CREDITS * CREDITS, settings);
    }

    /**
     * One row.
     *
     * @param labels of all people who gave one
     * @param judged the judge's outcome in the row's frame
     */
    void add(Map<String, Outcome> labels, Outcome judged, WeightedPrompt prompt) {
        if (labels.size() < 2 || !Credit.counts(judged, settings)) {
            return;
        }
        Outcome said = Credit.said(judged, settings);
        labels.forEach((person, label) -> {
            List<Outcome> others = new ArrayList<>();
            labels.forEach((name, other) -> {
                if (!name.equals(person)) {
                    others.add(other);
                }
            });
            win(person, label, said, others);
            Outcome vote = vote(others);
            if (vote.isLabel()
                    && !(settings.ties() == TiesAs.DROPPED
                            && (vote == Outcome.TIE || label == Outcome.TIE || said == Outcome.TIE))) {
                int cell = Credit.halves(label, vote, settings.ties()) * CREDITS
                        + Credit.halves(said, vote, settings.ties());
                everyone.add(cell, prompt);
                people.computeIfAbsent(person, name -> new CellCounts(CREDITS * CREDITS, settings))
                        .add(cell, prompt);
            }
        });
    }

    private Outcome vote(List<Outcome> others) {
        HumanVote rule = settings.humans() == HumanVote.DAWID_SKENE ? HumanVote.LEAD : settings.humans();
        return rule.of(others);
    }

    private void win(String person, Outcome label, Outcome said, List<Outcome> others) {
        long same = others.stream().filter(other -> other == label).count();
        long judge = others.stream().filter(other -> other == said).count();
        wins.computeIfAbsent(person, name -> new long[3])[judge > same ? 0 : judge == same ? 1 : 2]++;
    }

    /** The alternative annotator test at every epsilon; empty when nobody has enough rows. */
    List<AltTest> altTests() {
        Map<String, AltTest.Wins> counted = new TreeMap<>();
        wins.forEach((person, won) -> counted.put(person, new AltTest.Wins(won[0], won[1], won[2])));
        return AltTest.of(counted);
    }

    /** All people together first, then each; empty where no row has labels of two. */
    List<LeftOut> leftOut() {
        List<LeftOut> list = new ArrayList<>();
        if (!people.isEmpty()) {
            list.add(leftOut("everyone", everyone));
            people.forEach((person, cells) -> list.add(leftOut(person, cells)));
        }
        return list;
    }

    private LeftOut leftOut(String person, CellCounts cells) {
        Replicates<long[]> counts = Replicates.of(cells, settings, replicate -> replicate);
        long n = (long) sum(counts.rows(), cell -> 1);
        String vote = "with the vote of the other people, each left out in turn";
        return new LeftOut(
                person,
                n,
                statistic(counts, n, "share of agreement of the person left out " + vote, CeilingTally::human),
                statistic(counts, n, "share of agreement of the judge " + vote, CeilingTally::judge),
                statistic(
                        counts,
                        n,
                        "the judge's less the person's agreement " + vote,
                        cell -> judge(cell) - human(cell)));
    }

    private static Statistic statistic(
            Replicates<long[]> counts, long n, String method, ToDoubleFunction<Integer> credit) {
        return counts.statistic(
                cells -> {
                    double total = sum(cells, cell -> 1);
                    return total > 0 ? OptionalDouble.of(sum(cells, credit) / total) : OptionalDouble.empty();
                },
                n,
                method,
                "no row has a vote of the others");
    }

    private static double human(int cell) {
        return Math.floorDiv(cell, CREDITS) / 2.;
    }

    private static double judge(int cell) {
        return cell % CREDITS / 2.;
    }

    private static double sum(long[] cells, ToDoubleFunction<Integer> credit) {
        double sum = 0;
        for (int cell = 0; cell < cells.length; cell++) {
            sum += cells[cell] == 0 ? 0 : cells[cell] * credit.applyAsDouble(cell);
        }
        return sum;
    }
}
