package pairwright.reward;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

/**
 * Turns a response to a prompt into a feature vector: the hashed groups {word 1- to 2-grams, character 3- to 5-grams, 1- to
 * 4-grams at the start of the reply}, each of log term frequencies and of length one, then the dense {@link Style} columns.
 * Memory is bounded by the number of columns, not by the text. Not safe for several threads: it keeps its tables.
 */
final class Vectorizer {
    private static final int SPACE = ' ';

    private final FeatureSettings settings;
    private final TermCounts words = new TermCounts();
    private final TermCounts chars = new TermCounts();
    private final TermCounts starts = new TermCounts();
    private final long[] charSeeds;
    private List<Message> lastMessages = List.of();
    private PromptText lastPrompt;

    Vectorizer(FeatureSettings settings) {
        this.settings = settings;
        this.charSeeds = LongStream.rangeClosed(0, settings.charLongest())
                .map(n -> TextHash.step(TextHash.step(TextHash.START, 'c'), (int) n))
                .toArray();
    }

    SparseVector vector(Prompt prompt, String response) {
        // Rows of a prompt mostly come together.
        if (!prompt.messages().equals(lastMessages)) {
            lastMessages = prompt.messages();
            lastPrompt = new PromptText(prompt);
        }
        return vector(lastPrompt, response);
    }

    SparseVector vector(PromptText prompt, String response) {
        countWords(response);
        if (settings.charLongest() > 0) {
            countChars(response);
        }
        double[] style = settings.styleWeight() > 0 ? new Style(prompt, response).columns() : new double[0];
        long[] entries = new long[words.size() + chars.size() + starts.size() + style.length];
        int to = chars.drainTo(entries, 0);
        to = merged(entries, to, words.drainTo(entries, to));
        to = merged(entries, to, starts.drainTo(entries, to));
        for (int s = 0; s < style.length; s++) {
            float value = (float) (style[s] * settings.styleWeight());
            entries[to++] = TermCounts.entry(settings.hashedColumns() + s, value);
        }
        return added(entries);
    }

    /** Merges two sorted runs that lie one behind the other; returns the end of the second. */
    private static int merged(long[] entries, int middle, int end) {
        long[] second = Arrays.copyOfRange(entries, middle, end);
        int first = middle - 1;
        int to = end - 1;
        for (int k = second.length - 1; k >= 0; to--) {
            entries[to] = first >= 0 && entries[first] > second[k] ? entries[first--] : second[k--];
        }
        return end;
    }

    /** Entries of one column, which groups may share, are added; zeros are dropped. */
    private static SparseVector added(long[] entries) {
        int[] columns = new int[entries.length];
        float[] values = new float[entries.length];
        int size = 0;
        for (int k = 0; k < entries.length; ) {
            int column = (int) (entries[k] >>> 32);
            float value = 0;
            while (k < entries.length && (int) (entries[k] >>> 32) == column) {
                value += Float.intBitsToFloat((int) entries[k++]);
            }
            if (value != 0) {
                columns[size] = column;
                values[size++] = value;
            }
        }
        return new SparseVector(Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }

    private void countWords(String response) {
        Words walk = new Words(response);
        long[] last = new long[settings.wordOrder()];
        long start = TextHash.step(TextHash.START, 's');
        int seen = 0;
        while (walk.next()) {
            System.arraycopy(last, 0, last, 1, last.length - 1);
            last[0] = walk.hash();
            seen++;
            for (int n = 1; n <= Math.min(last.length, seen); n++) {
                long hash = TextHash.step(TextHash.step(TextHash.START, 'w'), n);
                for (int k = n - 1; k >= 0; k--) {
                    hash = TextHash.step(hash, last[k]);
                }
                words.add(TextHash.column(hash, settings.hashBits()));
            }
            if (seen <= settings.startOrder()) {
                start = TextHash.step(start, walk.hash());
                starts.add(TextHash.column(start, settings.hashBits()));
            }
        }
    }

    /** Over the lowered text with one space for each run of white space and one at either end. */
    private void countChars(String response) {
        int[] last = new int[settings.charLongest()];
        int seen = push(last, SPACE, 0);
        int i = 0;
        boolean spaced = true;
        while (i < response.length()) {
            int c = Character.codePointAt(response, i);
            i += Character.charCount(c);
            boolean space = Words.isSpace(c);
            if (!space || !spaced) {
                seen = push(last, space ? SPACE : Words.lowered(c), seen);
            }
            spaced = space;
        }
        if (!spaced) {
            push(last, SPACE, seen);
        }
    }

    private int push(int[] last, int symbol, int seen) {
        System.arraycopy(last, 0, last, 1, last.length - 1);
        last[0] = symbol;
        int now = Math.min(seen + 1, last.length);
        for (int n = settings.charShortest(); n <= now; n++) {
            long hash = charSeeds[n];
            for (int k = n - 1; k >= 0; k--) {
                hash = TextHash.step(hash, last[k]);
            }
            chars.add(TextHash.column(hash, settings.hashBits()));
        }
        return now;
    }
}
