package pairwright.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of a text in plain words: a line ends one, and so does a full stop, question or exclamation mark of any script that is
 * followed by white space or is a full-width one. Words such as "e.g." may end one early; nothing is lost or added by that.
 */
final class Sentences {
    /** Begins at the first of several marks and gives nothing back, so that a million full stops take no longer than their number. */
    private static final Pattern END =
            Pattern.compile("(?<![.!?\u0964\u061f\u06d4])[.!?\u0964\u061f\u06d4]++[\"')\\]\u201d\u2019\u00bb]*+\\s++"
                    + "|[\u3002\uff01\uff1f]++[\u300d\u300f\u201d]*+\\s*+");

    private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*+(```|~~~)");
    private static final Pattern MARKUP =
            Pattern.compile("(?m)^ {0,3}(#{1,6}\\s|[-*+]\\s|\\d++[.)]\\s|>|\\||</?\\w)|\\*\\*|__|`");

    private Sentences() {}

    /** In their order, without the white space around them; empty for a text without any, and for one with a block of code. */
    static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        if (FENCE.matcher(text).find()) {
            return sentences;
        }
        text.lines().forEach(line -> {
            Matcher end = END.matcher(line);
            int from = 0;
            while (end.find()) {
                add(sentences, line.substring(from, end.end()));
                from = end.end();
            }
            add(sentences, line.substring(from));
        });
        return sentences;
    }

    private static void add(List<String> sentences, String sentence) {
        if (!sentence.isBlank()) {
            sentences.add(sentence.strip());
        }
    }

    /** Whether the text already has headings, lists, tables, quotes, code or words in bold. */
    static boolean formatted(String text) {
        return MARKUP.matcher(text).find();
    }
}
