package pairwright.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Names the hashed columns that a text has, walking over it as {@link Vectorizer} does. */
final class FeatureNames {
    /** Names of one column that are kept; a column that more share is named by these. */
    private static final int MOST_NAMES = 3;

    private final FeatureSettings settings;
    private final Map<Integer, TreeSet<String>> names = new TreeMap<>();

    FeatureNames(FeatureSettings settings) {
        this.settings = settings;
    }

    FeatureNames with(String response) {
        nameWords(response);
        if (settings.charLongest() > 0) {
            nameChars(response);
        }
        return this;
    }

    String of(int column) {
        if (column >= settings.hashedColumns()) {
            return "style "
                    + Style.Column.values()[column - settings.hashedColumns()]
                            .name()
                            .toLowerCase(Locale.ROOT);
        }
        TreeSet<String> known = names.get(column);
        return known == null ? "column " + column : String.join(" or ", known);
    }

    private void name(long hash, String name) {
        TreeSet<String> known =
                names.computeIfAbsent(TextHash.column(hash, settings.hashBits()), column -> new TreeSet<>());
        if (known.size() < MOST_NAMES) {
            known.add(name);
        }
    }

    private void nameWords(String response) {
        Words walk = new Words(response);
        List<Long> hashes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        long start = TextHash.step(TextHash.START, 's');
        while (walk.next()) {
            hashes.add(walk.hash());
            texts.add(walk.text());
            int end = hashes.size();
            for (int n = 1; n <= Math.min(settings.wordOrder(), end); n++) {
                long hash = TextHash.step(TextHash.step(TextHash.START, 'w'), n);
                for (int k = end - n; k < end; k++) {
                    hash = TextHash.step(hash, hashes.get(k));
                }
                name(hash, '"' + String.join(" ", texts.subList(end - n, end)) + '"');
            }
            if (end <= settings.startOrder()) {
                start = TextHash.step(start, walk.hash());
                name(start, "start \"" + String.join(" ", texts) + '"');
            }
        }
    }

    private void nameChars(String response) {
        int[] text = new int[response.length() + 2];
        int size = 0;
        text[size++] = ' ';
        boolean spaced = true;
        for (int i = 0; i < response.length(); ) {
            int c = Character.codePointAt(response, i);
            i += Character.charCount(c);
            boolean space = Words.isSpace(c);
            if (!space || !spaced) {
                text[size++] = space ? ' ' : Words.lowered(c);
            }
            spaced = space;
        }
        if (!spaced) {
            text[size++] = ' ';
        }
        for (int n = settings.charShortest(); n <= settings.charLongest(); n++) {
            long seed = TextHash.step(TextHash.step(TextHash.START, 'c'), n);
            for (int from = 0; from + n <= size; from++) {
                long hash = seed;
                for (int k = from; k < from + n; k++) {
                    hash = TextHash.step(hash, text[k]);
                }
                name(hash, "chars \"" + new String(text, from, n) + '"');
            }
        }
    }
}
