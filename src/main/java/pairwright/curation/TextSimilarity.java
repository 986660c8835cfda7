package pairwright.curation;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The exact Jaccard similarity of the character 5-grams of two texts, whatever their case and white space. Remembers the 5-grams of the texts
 * that it saw last, since one response of a prompt is compared with all others. For one thread.
 */
public final class TextSimilarity {
    /** Of all texts that are remembered: 8 MB. */
    private static final int MOST_SHINGLES = 1 << 20;

    private final Map<String, long[]> seen = new LinkedHashMap<>(16, .75f, true);
    private int shingles;

    /** In [0, 1], 1 for two texts without any 5-gram; the same whichever comes first. */
    public double of(String one, String other) {
        return LikeResponses.jaccard(set(one), set(other));
    }

    private long[] set(String text) {
        long[] known = seen.get(text);
        if (known != null) {
            return known;
        }
        long[] set = LikeResponses.set(text);
        seen.put(text, set);
        shingles += set.length;
        for (Iterator<long[]> oldest = seen.values().iterator(); shingles > MOST_SHINGLES; ) {
            shingles -= oldest.next().length;
            oldest.remove();
        }
        return set;
    }
}
