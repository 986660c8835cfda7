package pairwright.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How alike the wording of texts is: the cosine of their vectors of words, each word weighted by its count and by how rare it is
 * among the texts known beforehand (tf-idf, Salton and Buckley 1988), with {@code ln((1 + n) / (1 + df)) + 1} for rareness.
 */
final class PromptSimilarity {
    /** A word; of scripts written without spaces, a character. */
    private static final Pattern WORD = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]"
                    + "|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]]+");

    private final Map<String, Integer> numbers = new HashMap<>();
    private final double[] rareness;
    private final List<Vector> known;
    private final List<Vector> holdersOfWord;

    /** Numbers in ascending order, each with a weight: a text's words, as a vector of length 1; or a word's texts. */
    private static final class Vector {
        private final int[] places;
        private final double[] weights;

        Vector(int[] places, double[] weights) {
            this.places = places;
            this.weights = weights;
        }

        double cosine(Vector other) {
            double sum = 0;
            for (int i = 0, j = 0; i < places.length && j < other.places.length; ) {
                int difference = places[i] - other.places[j];
                if (difference == 0) {
                    sum += weights[i++] * other.weights[j++];
                } else if (difference < 0) {
                    i++;
                } else {
                    j++;
                }
            }
            return sum;
        }
    }

    /** Similarities to and among these texts. */
    PromptSimilarity(List<String> texts) {
        List<Map<Integer, Integer>> counts = new ArrayList<>();
        List<Integer> documents = new ArrayList<>();
        for (String text : texts) {
            Map<Integer, Integer> count = new HashMap<>();
            Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
            while (words.find()) {
                int number = numbers.computeIfAbsent(words.group(), word -> {
                    documents.add(0);
                    return documents.size() - 1;
                });
                count.merge(number, 1, Integer::sum);
            }
            count.keySet().forEach(number -> documents.set(number, documents.get(number) + 1));
            counts.add(count);
        }
        rareness = documents.stream()
                .mapToDouble(df -> Math.log((1.0 + texts.size()) / (1 + df)) + 1)
                .toArray();
        known = counts.stream().map(this::vector).toList();
        holdersOfWord = turned(known, rareness.length);
    }

    /** For each word the texts that hold it, with its weight there. */
    private static List<Vector> turned(List<Vector> texts, int words) {
        int[] sizes = new int[words];
        texts.forEach(text -> Arrays.stream(text.places).forEach(word -> sizes[word]++));
        List<Vector> turned = Arrays.stream(sizes)
                .mapToObj(size -> new Vector(new int[size], new double[size]))
                .toList();
        int[] filled = new int[words];
        for (int i = 0; i < texts.size(); i++) {
            Vector text = texts.get(i);
            for (int j = 0; j < text.places.length; j++) {
                int word = text.places[j];
                turned.get(word).places[filled[word]] = i;
                turned.get(word).weights[filled[word]++] = text.weights[j];
            }
        }
        return turned;
    }

    private Vector vector(Map<Integer, Integer> count) {
        int[] words =
                count.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        double[] weights = Arrays.stream(words)
                .mapToDouble(w -> count.get(w) * rareness[w])
                .toArray();
        double length = Math.sqrt(Arrays.stream(weights).map(w -> w * w).sum());
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= length;
        }
        return new Vector(words, weights);
    }

    /** Of a text to each of the known ones, in [0, 1]; words that none of them has do not count. */
    double[] to(String text) {
        Map<Integer, Integer> count = new HashMap<>();
        Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (words.find()) {
            Integer number = numbers.get(words.group());
            if (number != null) {
                count.merge(number, 1, Integer::sum);
            }
        }
        Vector vector = vector(count);
        double[] alike = new double[known.size()];
        for (int i = 0; i < vector.places.length; i++) {
            Vector holders = holdersOfWord.get(vector.places[i]);
            for (int j = 0; j < holders.places.length; j++) {
                alike[holders.places[j]] += vector.weights[i] * holders.weights[j];
            }
        }
        return alike;
    }

    /** Between two of the known texts, in [0, 1]. */
    double between(int one, int other) {
        return known.get(one).cosine(known.get(other));
    }
}
