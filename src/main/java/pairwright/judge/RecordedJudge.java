package pairwright.judge;

import java.util.List;
import java.util.Optional;
import pairwright.pair.Label;
import pairwright.pair.Order;
import pairwright.pair.Pair;
import pairwright.pair.RecordedVerdict;

/**
 * The verdicts that a row carries of one judge, in one order or both. Several protocols of a judge in one row are never mixed:
 * name one.
 */
public final class RecordedJudge implements Judge {
    private final String name;
    private final String judge;
    private final Optional<String> protocol;

    /** A judge known as {@code recorded:JUDGE[@PROTOCOL]}. */
    public RecordedJudge(String judge, Optional<String> protocol) {
        this.judge = judge;
        this.protocol = protocol;
        this.name = "recorded:" + judge + protocol.map(p -> "@" + p).orElse("");
    }

    @Override
    public Judgment judge(Pair pair) {
        List<RecordedVerdict> mine = pair.judges().stream()
                .filter(v -> v.judge().equals(judge) && (protocol.isEmpty() || protocol.equals(v.protocol())))
                .toList();
        if (mine.isEmpty()) {
            return Judgment.of(
                    pair, name, new Abstention(Abstention.Reason.ABSENT, "the row holds no verdict of " + name));
        }
        List<String> protocols =
                mine.stream().flatMap(v -> v.protocol().stream()).distinct().toList();
        if (protocols.size() > 1) {
            throw new IllegalArgumentException("judges holds verdicts of " + judge + " under several protocols "
                    + protocols + ", name one as recorded:" + judge + "@" + protocols.get(0));
        }
        List<Trial> trials = new java.util.ArrayList<>();
        int[] samples = new int[Order.values().length];
        for (RecordedVerdict verdict : mine) {
            trials.add(trial(verdict, samples[verdict.order().ordinal()]++));
        }
        Trials.Pooled pooled = Trials.pool(trials, Pooling.MEAN, List.of());
        return new Judgment(pair, name, Optional.empty(), pooled.verdict(), pooled.evidence());
    }

    private static Trial trial(RecordedVerdict verdict, int sample) {
        // p is for the slot shown first, the recorded verdict is in the row's frame.
        Optional<Double> p = verdict.verdict()
                .map(label -> verdict.order() == Order.AB ? label : label.swapped())
                .map(Preference::of)
                .map(Preference::z);
        Optional<Abstention> abstention = verdict.verdict().isPresent()
                ? Optional.empty()
                : Optional.of(new Abstention(
                        Abstention.Reason.UNPARSEABLE, "the recorded verdict is null, its reply could not be parsed"));
        return new Trial(
                verdict.order(),
                sample,
                p,
                Reading.VERDICT,
                verdict.verdict().map(label -> label == Label.TIE ? 1.0 : 0.0),
                Optional.empty(),
                abstention,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
