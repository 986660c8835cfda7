package pairwright.curation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import pairwright.jsonl.BadInput;

/**
 * The two responses of a pair are nearly the same, so that a trainer learns from little but noise.
 *
 * @param most Jaccard similarity of the character 5-grams of both that is still let pass, in [0, 1]; exact, not estimated
 */
record LikeResponses(double most) implements Check {
    LikeResponses {
        if (!(most >= 0 && most <= 1)) {
            throw new BadInput("max_response_similarity is " + most + ", must be in [0, 1]");
        }
    }

    @Override
    public Optional<Fault> fault(AnyRow row) {
        List<String> responses = row.responses();
        if (responses.size() < 2) {
            return Optional.empty();
        }
        double similarity = jaccard(responses.get(0), responses.get(1));
        return similarity > most
                ? Optional.of(
                        new Fault(Fault.LIKE_RESPONSES, String.format(Locale.ROOT, "similarity %.3f", similarity)))
                : Optional.empty();
    }

    /** Shingles that both have, over those that either has; 1 for two texts without any. */
    static double jaccard(String first, String second) {
        return jaccard(set(first), set(second));
    }

    /** The different shingles of a text, in rising order. */
    static long[] set(String text) {
        return Arrays.stream(Shingles.of(text)).sorted().distinct().toArray();
    }

    /** The same of two sets. */
    static double jaccard(long[] a, long[] b) {
        int both = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            int order = Long.compare(a[i], b[j]);
            both += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        int either = a.length + b.length - both;
        return either == 0 ? 1 : (double) both / either;
    }
}
