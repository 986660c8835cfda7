package pairwright.judge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How the labels of a scale, or its ratings, may be spelled in tokens: as they are, or in lower case where no two labels differ in case only.
 */
final class Spellings {
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Set<String> joined = new HashSet<>();
    private final boolean folded;

    /** @param values of the labels */
    Spellings(Map<String, Double> values) {
        folded = values.keySet().stream().map(Spellings::lower).distinct().count() == values.size();
        values.forEach((label, value) -> this.values.put(spelled(label), value));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private String spelled(String text) {
        return folded ? lower(text) : text;
    }

    /** The label as {@link #from} gives it. */
    String name(String label) {
        return spelled(label);
    }

    double value(String label) {
        return values.get(label);
    }

    /** Remembers that a label was seen as one token: then another label that it begins with is whole where it stands as a token. */
    void seen(String token) {
        String label = spelled(token);
        if (values.containsKey(label)) {
            joined.add(label);
        }
    }

    /**
     * The labels that a text completes, or that it may be the beginning of.
     *
     * @param text without a leading space
     * @param rest what follows the label in its line; behind a complete label only that may stand, or white space
     */
    List<String> from(String text, String rest) {
        String spelled = spelled(text);
        List<String> labels = new ArrayList<>();
        for (String label : values.keySet()) {
            boolean begun = label.equals(spelled)
                    || (label.startsWith(spelled) && !(values.containsKey(spelled) && isJoined(label)));
            boolean complete = spelled.startsWith(label) && mayFollow(spelled.substring(label.length()), spelled(rest));
            if (begun || complete) {
                labels.add(label);
            }
        }
        return labels;
    }

    /**
     * As {@link #from(String, String)}, for a text that was not chosen. A tokenizer spells a label in one way, so what parts from the way of
     * the written label inside of it leads elsewhere.
     */
    List<String> from(String text, String rest, String written, String chosen) {
        List<String> labels = from(text, rest);
        String name = name(written);
        boolean elsewhere = labels.size() > 1
                && !spelled(text).startsWith(name)
                && !spelled(text).equals(spelled(chosen));
        return elsewhere ? labels.stream().filter(label -> !label.equals(name)).toList() : labels;
    }

    /** Tokenizers that write one number of two digits as one token write all of them so. */
    private boolean isJoined(String label) {
        return joined.contains(label)
                || (isNumber(label)
                        && joined.stream().anyMatch(seen -> isNumber(seen) && seen.length() >= label.length()));
    }

    private static boolean isNumber(String label) {
        return label.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean mayFollow(String text, String rest) {
        return rest.startsWith(text)
                || text.isBlank()
                || (text.startsWith(rest) && text.substring(rest.length()).isBlank());
    }
}
