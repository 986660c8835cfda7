package pairwright.judge;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Candidate text as a judge is shown it. Candidates are hostile: what does not print is made visible; the stored text stays as it is. */
final class ShownText {
    /**
     * What a text says that speaks to the judge.
     *
     * @param words lower case; where none of them stands, the pattern cannot match, and looking for a word is many times faster
     */
    private record Suspicion(Pattern pattern, List<String> words) {
        Suspicion(String pattern, String... words) {
            this(Pattern.compile(pattern), List.of(words));
        }

        boolean aroused(String text, String lowerCase) {
            return words.stream().anyMatch(lowerCase::contains)
                    && pattern.matcher(text).find();
        }
    }

    private static final List<Suspicion> SUSPICIONS = List.of(
            new Suspicion("(?i)\\[\\[\\s*[abc]\\s*]]", "[["),
            new Suspicion("(?im)^\\W*verdict\\b", "verdict"),
            new Suspicion(
                    "(?i)\\b(ignore|disregard|forget)\\b.{0,40}\\b(previous|above|earlier|prior)\\b",
                    "ignore",
                    "disregard",
                    "forget"),
            new Suspicion(
                    "(?i)\\b(response|assistant|answer|output)\\s*\\(?[ab12]\\)?\\s+(is|was)\\s+(much |clearly |far )?(better|best|superior)",
                    "better",
                    "best",
                    "superior"),
            new Suspicion(
                    "(?i)\\b(first|second) (response|answer) is (much |clearly |far )?(better|best|superior)",
                    "better",
                    "best",
                    "superior"),
            new Suspicion("(?im)^\\s*(BEGIN|END) [0-9a-f]{8,}", "begin ", "end "),
            new Suspicion("(?i)<\\|?(im_start|im_end|system|endoftext)\\|?>|\\[/?INST]", "<", "[inst]", "[/inst]"));

    private ShownText() {}

    /** Control, bidirectional and zero-width characters and lone surrogates as {@code [U+XXXX]}; line feeds and tabs stay. */
    static String visible(String text) {
        StringBuilder out = null;
        for (int i = ofPlainBeginning(text); i < text.length(); ) {
            int point = text.codePointAt(i);
            int length = Character.charCount(point);
            boolean crlf = point == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (hidden(point) && !crlf) {
                out = out == null ? new StringBuilder(text.length() + 16).append(text, 0, i) : out;
                out.append(String.format("[U+%04X]", point));
            } else if (out != null) {
                out.appendCodePoint(point);
            }
            i += length;
        }
        return out == null ? text : out.toString();
    }

    /** How many characters at the beginning are printable ASCII or white space that stays: mostly all. */
    private static int ofPlainBeginning(String text) {
        int i = 0;
        while (i < text.length() && isPlain(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c <= '~' || c == '\n' || c == '\t';
    }

    private static boolean hidden(int point) {
        if (isPlain(point)) {
            return false;
        }
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** Whether the text looks as if it spoke to the judge. */
    static boolean injectionSuspect(String text) {
        String lowerCase = text.toLowerCase(Locale.ROOT);
        return SUSPICIONS.stream().anyMatch(each -> each.aroused(text, lowerCase));
    }
}
