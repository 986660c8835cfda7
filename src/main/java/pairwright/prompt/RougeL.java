package pairwright.prompt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How alike two texts are by ROUGE-L (Lin 2004): the F measure of the longest common subsequence of their words, 2 L / (m + n), in [0, 1]. Words
 * are runs of letters and digits in lower case, as in Google's rouge_score without stemming; of scripts that put no space between words,
 * each character is one.
 */
final class RougeL {
    private static final Pattern WORD = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]|[\\p{L}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]]+");

    private final Map<String, Integer> numbers = new HashMap<>();

    /** The words of a text as numbers that stay the same for this object. */
    int[] words(String text) {
        List<Integer> words = new ArrayList<>();
        Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            words.add(numbers.computeIfAbsent(word.group(), each -> numbers.size()));
        }
        return words.stream().mapToInt(Integer::intValue).toArray();
    }

    /** One text, made ready to be compared with many. */
    static final class Compared {
        private final int length;
        private final Map<Integer, long[]> places = new HashMap<>();
        private final int blocks;

        Compared(int[] words) {
            this.length = words.length;
            this.blocks = (words.length + Long.SIZE - 1) / Long.SIZE;
            for (int i = 0; i < words.length; i++) {
                places.computeIfAbsent(words[i], word -> new long[blocks])[i / Long.SIZE] |= 1L << i;
            }
        }

        /** The F measure with another text; 0 where either has no word. */
        double with(int[] other) {
            if (length == 0 || other.length == 0) {
                return 0;
            }
            return 2. * longestCommonSubsequence(other) / (length + other.length);
        }

        /** The most that {@link #with} can be for a text of so many words. */
        double atMost(int words) {
            return length + words == 0 ? 0 : 2. * Math.min(length, words) / (length + words);
        }

        /** By words of bits (Hyyro 2004): a zero bit of v is a word that the subsequence took. */
        private int longestCommonSubsequence(int[] other) {
            long[] v = new long[blocks];
            java.util.Arrays.fill(v, -1L);
            for (int word : other) {
                long[] place = places.get(word);
                if (place == null) {
                    continue;
                }
                long carry = 0;
                for (int block = 0; block < blocks; block++) {
                    long u = v[block] & place[block];
                    long sum = v[block] + u;
                    long overflow = Long.compareUnsigned(sum, u) < 0 ? 1 : 0;
                    long whole = sum + carry;
                    overflow += Long.compareUnsigned(whole, sum) < 0 ? 1 : 0;
                    v[block] = whole | (v[block] & ~place[block]);
                    carry = overflow;
                }
            }
            int taken = 0;
            for (int i = 0; i < length; i++) {
                taken += (v[i / Long.SIZE] >>> i & 1) == 0 ? 1 : 0;
            }
            return taken;
        }
    }
}
