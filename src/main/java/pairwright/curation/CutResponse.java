package pairwright.curation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A response that ends before its end. What the row says counts first ({@code finish_reason} or {@code finish_reason_a}, {@code
 * finish_reason_b} being {@code length} or {@code max_tokens}); then a code fence that is left open; then prose of several sentences that
 * breaks off: its last line is no heading, list item, table or code, and ends in a comma, an open bracket or an English word that ends no
 * sentence.
 *
 * @param strict whether prose that ends in any letter is cut; models end their sentences, people often do not
 */
record CutResponse(boolean strict) implements Check {
    private static final Set<String> GO_ON = Set.of(
            "a", "an", "the", "and", "or", "but", "nor", "of", "to", "in", "on", "at", "by", "for", "from", "with",
            "into", "as", "is", "are", "was", "were", "be", "than", "that", "which", "who", "whose", "if", "because",
            "while", "when", "its", "their", "your", "our", "my", "his", "they", "we", "i", "he", "she", "can", "could",
            "will", "would", "should", "may", "might", "must", "has", "have", "had", "very", "most", "more", "such",
            "these", "those", "between", "through", "during", "also", "not");

    private static final List<String> CUT = List.of("length", "max_tokens", "MAX_TOKENS", "truncated");
    /** Words of a last line that can be taken for prose. */
    private static final int PROSE = 8;

    private static final int SENTENCES = 2;

    @Override
    public Optional<Fault> fault(AnyRow row) {
        for (String field : List.of("finish_reason", "finish_reason_a", "finish_reason_b")) {
            if (row.fields().get(field) instanceof String reason && CUT.contains(reason)) {
                return Optional.of(new Fault(Fault.TRUNCATED, field + " is " + reason));
            }
        }
        for (String response : row.responses()) {
            Optional<String> how = how(response);
            if (how.isPresent()) {
                return Optional.of(new Fault(Fault.TRUNCATED, how.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> how(String response) {
        long fences = response.lines()
                .filter(line -> line.stripLeading().startsWith("```"))
                .count();
        if (fences % 2 == 1) {
            return Optional.of("a code fence is left open");
        }
        String text = response.stripTrailing();
        String line = text.substring(text.lastIndexOf('\n') + 1).strip();
        return prose(line) && sentences(text) >= SENTENCES && open(line)
                ? Optional.of("the last sentence breaks off")
                : Optional.empty();
    }

    private static boolean prose(String line) {
        boolean marked = line.matches("(?s)(?:[-*+#>|•]|\\d+[.)]|[A-Za-z][.)]|```|https?:).*") || line.contains(" | ");
        return !marked && line.split("\\s+").length >= PROSE;
    }

    private boolean open(String line) {
        int last = line.codePointBefore(line.length());
        if (last == ',' || last == '(' || last == '[' || last == '{') {
            return true;
        }
        String word = line.substring(line.lastIndexOf(' ') + 1);
        // Scripts without small letters end sentences in other ways than a full stop.
        return strict ? Character.isLowerCase(last) : GO_ON.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Ends of sentences: a full stop, a question or exclamation mark that white space follows. */
    private static int sentences(String text) {
        int count = 0;
        for (int i = 0; i + 1 < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '.' || c == '!' || c == '?') && Character.isWhitespace(text.charAt(i + 1))) {
                count++;
            }
        }
        return count;
    }
}
