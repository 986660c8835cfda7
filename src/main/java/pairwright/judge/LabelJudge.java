package pairwright.judge;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import pairwright.pair.HumanLabel;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/** Labels that a row carries: of people, or in a field of its own. A row without the label is an {@code ABSENT} abstention. */
public final class LabelJudge {
    private LabelJudge() {}

    /** The label in a field of the row: A, B, tie or null. */
    public static Judge field(String field) {
        String name = "field:" + field;
        return pair -> {
            Object value = pair.fields().get(field);
            if (value == null) {
                return absent(
                        pair,
                        name,
                        "field " + field + " is " + (pair.fields().containsKey(field) ? "null" : "missing"));
            }
            return Judgment.of(pair, name, Preference.of(label(field, value)));
        };
    }

    private static Label label(String field, Object value) {
        for (Label label : Label.values()) {
            if (value.equals(label == Label.TIE ? "tie" : label.name())) {
                return label;
            }
        }
        throw new IllegalArgumentException("field " + field + ": is " + value + ", must be A, B, tie or null");
    }

    /** The label of one annotator. */
    public static Judge human(String annotator) {
        String name = "human:" + annotator;
        return pair -> pair.human().stream()
                .filter(h -> h.annotator().equals(annotator))
                .findFirst()
                .flatMap(HumanLabel::label)
                .map(label -> Judgment.of(pair, name, Preference.of(label)))
                .orElseGet(() -> absent(pair, name, "the row holds no label of " + annotator));
    }

    /** Every label of a row as a judgment of its annotator. */
    public static List<Judgment> everyHuman(Pair pair) {
        return pair.human().stream()
                .filter(h -> h.label().isPresent())
                .map(h -> Judgment.of(
                        pair, "human:" + h.annotator(), Preference.of(h.label().get())))
                .toList();
    }

    /**
     * The label that more annotators gave than any other; where two or three labels share the lead, people do not prefer one
     * response, and the majority is a tie.
     */
    public static Judge majority() {
        return pair -> {
            Map<Label, Integer> votes = new EnumMap<>(Label.class);
            pair.human().forEach(h -> h.label().ifPresent(label -> votes.merge(label, 1, Integer::sum)));
            if (votes.isEmpty()) {
                return absent(pair, "human:majority", "the row holds no human label");
            }
            int most = votes.values().stream().max(Integer::compare).orElseThrow();
            List<Label> leaders = votes.entrySet().stream()
                    .filter(e -> e.getValue() == most)
                    .map(Map.Entry::getKey)
                    .toList();
            return Judgment.of(pair, "human:majority", Preference.of(leaders.size() == 1 ? leaders.get(0) : Label.TIE));
        };
    }

    /** The mean of all annotators, a soft z. */
    public static Judge everyone() {
        return pair -> {
            var mean = pair.human().stream()
                    .flatMap(h -> h.label().stream())
                    .mapToDouble(label -> Preference.of(label).z())
                    .average();
            return mean.isPresent()
                    ? Judgment.of(pair, "human", new Preference(mean.getAsDouble()))
                    : absent(pair, "human", "the row holds no human label");
        };
    }

    /** The judgment that a row of judgments carries. */
    public static Judge carried() {
        return pair -> Judgment.carriedBy(pair)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the row holds neither z nor abstention; name a judge, or give a file of judgments"));
    }

    private static Judgment absent(Pair pair, String name, String detail) {
        return Judgment.of(pair, name, new Abstention(Abstention.Reason.ABSENT, detail));
    }
}
