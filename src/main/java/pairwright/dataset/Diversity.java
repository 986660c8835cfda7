package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How varied the words of some texts are.
 *
 * @param texts how many
 * @param tokens in all of them
 * @param distinct1 different words over all words (Li and others 2016), in [0, 1]; empty without any
 * @param distinct2 the same of pairs of words
 * @param distinct3 the same of three words in a row
 * @param selfBleu mean BLEU-4 of each text against all others (Zhu and others 2018, Texygen), in [0, 1]: 1 where all say the same; zero counts
 *     become 0.1 (Chen and Cherry 2014, method 1); empty with fewer than two texts
 */
public record Diversity(
        @JsonProperty("texts") long texts,
        @JsonProperty("tokens") long tokens,
        @JsonProperty("distinct_1") Optional<Double> distinct1,
        @JsonProperty("distinct_2") Optional<Double> distinct2,
        @JsonProperty("distinct_3") Optional<Double> distinct3,
        @JsonProperty("self_bleu") Optional<Double> selfBleu) {
    private static final int ORDERS = 4;
    private static final double SMOOTHED = .1;
    private static final long BASE = 0x9e3779b97f4a7c15L;

    /** Of texts given as the numbers of their words. */
    static Diversity of(List<long[]> texts) {
        List<long[]> told = texts.stream().filter(text -> text.length > 0).toList();
        return new Diversity(
                told.size(),
                told.stream().mapToLong(text -> text.length).sum(),
                distinct(told, 1),
                distinct(told, 2),
                distinct(told, 3),
                selfBleu(told));
    }

    private static Optional<Double> distinct(List<long[]> texts, int n) {
        long[] grams = texts.stream()
                .flatMapToLong(text -> Arrays.stream(grams(text, n)))
                .toArray();
        return grams.length == 0
                ? Optional.empty()
                : Optional.of((double) Arrays.stream(grams).distinct().count() / grams.length);
    }

    private static long[] grams(long[] text, int n) {
        long[] grams = new long[Math.max(0, text.length - n + 1)];
        for (int i = 0; i < grams.length; i++) {
            long hash = n;
            for (int k = 0; k < n; k++) {
                hash = (hash ^ (hash >>> 31)) * BASE + text[i + k];
            }
            grams[i] = hash;
        }
        return grams;
    }

    /** How often an n-gram comes in the text that has it most, and in the one that has it most of the others. */
    private static final class Most {
        private int first;
        private int owner;
        private int second;

        void add(int text, int count) {
            if (count > first) {
                second = first;
                first = count;
                owner = text;
            } else if (count > second) {
                second = count;
            }
        }

        int amongOthers(int text) {
            return text == owner ? second : first;
        }
    }

    private static Optional<Double> selfBleu(List<long[]> texts) {
        if (texts.size() < 2) {
            return Optional.empty();
        }
        List<List<Map<Long, Integer>>> counts = new ArrayList<>();
        List<Map<Long, Most>> most = new ArrayList<>();
        for (int n = 1; n <= ORDERS; n++) {
            List<Map<Long, Integer>> ofTexts = new ArrayList<>();
            Map<Long, Most> best = new HashMap<>();
            for (int t = 0; t < texts.size(); t++) {
                Map<Long, Integer> count = new HashMap<>();
                for (long gram : grams(texts.get(t), n)) {
                    count.merge(gram, 1, Integer::sum);
                }
                int text = t;
                count.forEach((gram, times) ->
                        best.computeIfAbsent(gram, g -> new Most()).add(text, times));
                ofTexts.add(count);
            }
            counts.add(ofTexts);
            most.add(best);
        }
        int[] lengths = texts.stream().mapToInt(text -> text.length).sorted().toArray();
        double sum = 0;
        for (int t = 0; t < texts.size(); t++) {
            sum += bleu(t, texts.get(t).length, counts, most, lengths);
        }
        return Optional.of(sum / texts.size());
    }

    private static double bleu(
            int text, int length, List<List<Map<Long, Integer>>> counts, List<Map<Long, Most>> most, int[] lengths) {
        double logs = 0;
        for (int n = 1; n <= ORDERS; n++) {
            long matched = 0;
            for (Map.Entry<Long, Integer> gram : counts.get(n - 1).get(text).entrySet()) {
                matched += Math.min(
                        gram.getValue(), most.get(n - 1).get(gram.getKey()).amongOthers(text));
            }
            if (n == 1 && matched == 0) {
                return 0;
            }
            logs += Math.log((matched == 0 ? SMOOTHED : matched) / Math.max(1, length - n + 1)) / ORDERS;
        }
        return brevity(length, closest(length, lengths)) * Math.exp(logs);
    }

    private static double brevity(int length, int reference) {
        return length > reference ? 1 : Math.exp(1 - (double) reference / length);
    }

    /** The length of another text that is nearest to this one's, the shorter of two. */
    private static int closest(int length, int[] sorted) {
        int own = Arrays.binarySearch(sorted, length);
        int below = own > 0 ? sorted[own - 1] : Integer.MIN_VALUE / 2;
        int above = own + 1 < sorted.length ? sorted[own + 1] : Integer.MAX_VALUE / 2;
        return length - below <= above - length ? below : above;
    }
}
