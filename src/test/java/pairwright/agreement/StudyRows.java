package pairwright.agreement;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.judge.Abstention;
import pairwright.judge.Evidence;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Reading;
import pairwright.judge.Trial;
import pairwright.judge.Verdict;
import pairwright.pair.HumanLabel;
import pairwright.pair.Label;
import pairwright.pair.Order;
import pairwright.pair.Pair;
import pairwright.pair.RecordedVerdict;
import pairwright.prompt.Prompt;

/** Pairs and judgments for tests, made by hand or read from the labels that a row carries. */
final class StudyRows {
    static final Abstention UNPARSEABLE = new Abstention(Abstention.Reason.UNPARSEABLE, "no verdict");
    static final Abstention ABSENT = new Abstention(Abstention.Reason.ABSENT, "no label");

    private StudyRows() {}

    static Pair pair(String id, String promptId) {
        return pair(id, promptId, "x", "y");
    }

    static Pair pair(String id, String promptId, String a, String b) {
        return new Pair(
                id,
                Prompt.of(Optional.of(promptId), Optional.of("q"), Optional.empty(), Map.of()),
                a,
                b,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of());
    }

    static Judgment said(Pair pair, String judge, Label label) {
        return Judgment.of(pair, judge, Preference.of(label));
    }

    /** Asked in both orders, verdict reading; empty is an unparseable reply. */
    static Judgment bothOrders(Pair pair, String judge, Optional<Label> ab, Optional<Label> ba) {
        List<Trial> trials = List.of(trial(Order.AB, ab), trial(Order.BA, ba));
        List<Double> read =
                trials.stream().flatMap(trial -> trial.pFirst().stream()).toList();
        Verdict verdict = read.isEmpty()
                ? UNPARSEABLE
                : new Preference(read.stream().mapToDouble(p -> p).average().orElseThrow());
        Evidence none = Evidence.NONE;
        return new Judgment(
                pair,
                judge,
                Optional.empty(),
                verdict,
                new Evidence(
                        read.size() == 1,
                        false,
                        none.orderGap(),
                        none.positionEffect(),
                        none.tieMass(),
                        none.zLow(),
                        none.zHigh(),
                        none.sampleSpread(),
                        List.of(),
                        List.of(),
                        none.rewardA(),
                        none.rewardB(),
                        trials));
    }

    private static Trial trial(Order order, Optional<Label> label) {
        return new Trial(
                order,
                0,
                label.map(l -> Preference.of(l).z()).map(z -> order == Order.AB ? z : 1 - z),
                Reading.VERDICT,
                Optional.empty(),
                Optional.empty(),
                label.isPresent() ? Optional.empty() : Optional.of(UNPARSEABLE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The one verdict of a judge that the row carries. */
    static Judgment recorded(Pair pair, String judge) {
        return pair.judges().stream()
                .filter(verdict -> verdict.judge().equals(judge))
                .findFirst()
                .map(verdict -> Judgment.of(
                        pair,
                        judge,
                        verdict.verdict().<Verdict>map(Preference::of).orElse(UNPARSEABLE)))
                .orElseThrow();
    }

    /** The verdicts of a judge that the row carries in both orders. */
    static Judgment recordedBothOrders(Pair pair, String judge) {
        Map<Order, Optional<Label>> byOrder = pair.judges().stream()
                .filter(verdict -> verdict.judge().equals(judge))
                .collect(Collectors.toMap(RecordedVerdict::order, RecordedVerdict::verdict));
        return bothOrders(pair, judge, byOrder.get(Order.AB), byOrder.get(Order.BA));
    }

    static List<Judgment> humans(Pair pair) {
        return pair.human().stream()
                .map(human -> Judgment.of(
                        pair,
                        "human:" + human.annotator(),
                        human.label().<Verdict>map(Preference::of).orElse(ABSENT)))
                .toList();
    }

    /** The label that most people gave; no label at all is absent, several labels on top are a tie. */
    static Judgment majority(Pair pair) {
        Map<Label, Long> votes = pair.human().stream()
                .map(HumanLabel::label)
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
        long most = votes.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<Label> top = votes.entrySet().stream()
                .filter(vote -> vote.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        return Judgment.of(
                pair,
                "human:majority",
                top.isEmpty() ? ABSENT : Preference.of(top.size() == 1 ? top.get(0) : Label.TIE));
    }

    /** The sign of the mean vote, A as 1, B as -1, tie as 0. */
    static Judgment signOfMean(Pair pair) {
        int sum = pair.human().stream()
                .map(HumanLabel::label)
                .flatMap(Optional::stream)
                .mapToInt(label -> label == Label.A ? 1 : label == Label.B ? -1 : 0)
                .sum();
        return said(pair, "human:sign", sum > 0 ? Label.A : sum < 0 ? Label.B : Label.TIE);
    }
}
