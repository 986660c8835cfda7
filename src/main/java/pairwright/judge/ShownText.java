package pairwright.judge;

import java.util.List;
import java.util.regex.Pattern;

/** Candidate text as a judge is shown it. Candidates are hostile: what does not print is made visible; the stored text stays as it is. */
final class ShownText {
    private static final List<Pattern> SUSPECT = List.of(
            Pattern.compile("(?i)\\[\\[\\s*[abc]\\s*]]"),
            Pattern.compile("(?im)^\\W*verdict\\b"),
            Pattern.compile("(?i)\\b(ignore|disregard|forget)\\b.{0,40}\\b(previous|above|earlier|prior)\\b"),
            Pattern.compile(
                    "(?i)\\b(response|assistant|answer|output)\\s*\\(?[ab12]\\)?\\s+(is|was)\\s+(much |clearly |far )?(better|best|superior)"),
            Pattern.compile("(?i)\\b(first|second) (response|answer) is (much |clearly |far )?(better|best|superior)"),
            Pattern.compile("(?im)^\\s*(BEGIN|END) [0-9a-f]{8,}"),
            Pattern.compile("(?i)<\\|?(im_start|im_end|system|endoftext)\\|?>|\\[/?INST]"));

    private ShownText() {}

    /** Control, bidirectional and zero-width characters and lone surrogates as {@code [U+XXXX]}; line feeds and tabs stay. */
    static String visible(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); ) {
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

    private static boolean hidden(int point) {
        int type = Character.getType(point);
        return point != '\n'
                && point != '\t'
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.SURROGATE
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }

    /** Whether the text looks as if it spoke to the judge. */
    static boolean injectionSuspect(String text) {
        return SUSPECT.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }
}
