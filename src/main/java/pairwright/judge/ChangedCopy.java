package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** A copy of a response that says the same and looks otherwise, to see whether a judge minds. The same text always gives the same copy. */
public enum ChangedCopy {
    /**
     * Longer, with nothing new: a closing paragraph says the response's own last sentences again, word by word, as many as make the copy
     * at least half as long again. Works in every language. A judge that is right to dislike repetition moves away from it.
     */
    @JsonProperty("length")
    LENGTH {
        @Override
        public Optional<String> of(String text) {
            List<String> sentences = Sentences.of(text);
            if (sentences.isEmpty()) {
                return Optional.empty();
            }
            int from = sentences.size();
            int length = 0;
            while (from > 0 && 2 * length < text.length()) {
                from--;
                length += sentences.get(from).length() + 1;
            }
            return Optional.of(
                    text.stripTrailing() + "\n\n" + String.join(" ", sentences.subList(from, sentences.size())));
        }

        @Override
        public String missing() {
            return "without a sentence to repeat, or with a block of code";
        }
    },
    /**
     * The same words in the same order under Markdown: the first sentence becomes a heading, every other one a bullet whose first two words
     * are bold; a single sentence becomes bold as a whole.
     */
    @JsonProperty("format")
    FORMAT {
        @Override
        public Optional<String> of(String text) {
            List<String> sentences = Sentences.of(text);
            if (sentences.isEmpty() || Sentences.formatted(text)) {
                return Optional.empty();
            }
            if (sentences.size() == 1) {
                return Optional.of("**" + sentences.get(0) + "**");
            }
            StringBuilder copy =
                    new StringBuilder("## ").append(sentences.get(0)).append("\n");
            for (String sentence : sentences.subList(1, sentences.size())) {
                copy.append("\n- ").append(firstWordsBold(sentence));
            }
            return Optional.of(copy.toString());
        }

        @Override
        public String missing() {
            return "formatted already, or empty";
        }
    };

    private static final int BOLD_WORDS = 2;

    /** The copy, empty where the text has no such copy. */
    public abstract Optional<String> of(String text);

    /** What the texts are that have no copy, for people. */
    public abstract String missing();

    private static String firstWordsBold(String sentence) {
        int end = 0;
        for (int words = 0; words < BOLD_WORDS && end < sentence.length(); words++) {
            while (end < sentence.length() && Character.isWhitespace(sentence.charAt(end))) {
                end++;
            }
            while (end < sentence.length() && !Character.isWhitespace(sentence.charAt(end))) {
                end++;
            }
        }
        return "**" + sentence.substring(0, end) + "**" + sentence.substring(end);
    }
}
