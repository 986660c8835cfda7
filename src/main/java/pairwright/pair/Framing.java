package pairwright.pair;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.candidate.Candidate;
import pairwright.jsonl.Digests;

/**
 * Makes a pair of two candidates. Which becomes A is the toss of a seeded coin on the two ids, so that neither a file's
 * order nor its quality shows in the frame.
 *
 * @param labelBy the numeric field whose higher value is better; its comparison becomes {@code gold}
 */
record Framing(long seed, Optional<String> labelBy) {
    Pair pair(Candidate one, Candidate other) {
        boolean ordered = one.id().compareTo(other.id()) <= 0;
        Candidate low = ordered ? one : other;
        Candidate high = ordered ? other : one;
        boolean heads = Digests.uniform(seed, "frame", low.id(), high.id()) < .5;
        return framed(heads ? low : high, heads ? high : low);
    }

    private Pair framed(Candidate a, Candidate b) {
        Map<String, Object> fields = new LinkedHashMap<>();
        a.fields().forEach((name, value) -> fields.put(name + "_a", value));
        b.fields().forEach((name, value) -> fields.put(name + "_b", value));
        gold(a, b).ifPresent(label -> fields.put("gold", word(label)));
        return new Pair(
                id(a, b), a.prompt(), a.response(), b.response(), a.model(), b.model(), List.of(), List.of(), fields);
    }

    /** The label that a pair made here got, empty where a candidate lacks the field. */
    Optional<Label> gold(Pair pair) {
        Object gold = pair.fields().get("gold");
        return Arrays.stream(Label.values())
                .filter(label -> word(label).equals(gold))
                .findFirst();
    }

    /** As it is read back from a file. */
    private static String word(Label label) {
        return label == Label.TIE ? "tie" : label.name();
    }

    static String id(Candidate a, Candidate b) {
        return escaped(a.id()) + "~" + escaped(b.id());
    }

    /** So that no two pairs of ids give the same id of a pair. */
    private static String escaped(String id) {
        return id.replace("%", "%25").replace("~", "%7E");
    }

    private Optional<Label> gold(Candidate a, Candidate b) {
        Optional<BigDecimal> left = quality(a);
        Optional<BigDecimal> right = quality(b);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        int sign = left.get().compareTo(right.get());
        return Optional.of(sign > 0 ? Label.A : sign < 0 ? Label.B : Label.TIE);
    }

    /**
     * The label field of a candidate, empty where it is absent or null.
     *
     * @throws pairwright.jsonl.BadInput when it is anything else than a number
     */
    Optional<BigDecimal> quality(Candidate candidate) {
        return labelBy.flatMap(field -> new ScoreField(field).of(candidate));
    }
}
