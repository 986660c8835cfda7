package pairwright.reward;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an English prompt demands and a program can check: how many words, sentences, lines or items, and which words must
 * not be said. A prompt without such a demand has none, and then these columns are zero.
 */
final class Demands {
    private enum Unit {
        WORD,
        SENTENCE,
        LINE,
        ITEM
    }

    /** A count that may not be exceeded, may not fall short, or both. */
    private record Limit(Unit unit, int count, boolean atMost, boolean atLeast) {}

    private static final int READ_CHARS = 1 << 14;
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("one", 1),
            Map.entry("single", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("twelve", 12),
            Map.entry("fifteen", 15),
            Map.entry("twenty", 20));
    private static final Pattern LIMIT = Pattern.compile(
            "(?:\\b(at most|no more than|not more than|up to|under|fewer than|less than|maximum|max|within|below)"
                    + "|\\b(at least|no fewer than|not less than|minimum))?"
                    + "(?: of)? ?\\b(\\d{1,4}|"
                    + String.join("|", NUMBERS.keySet().stream().sorted().toList())
                    + ")[ -](?:short |brief |simple |bullet |numbered |single |complete )?"
                    + "(word|sentence|line|bullet|item|point|step|tip|reason|idea|example|option)(?:s\\b|\\b)");
    private static final Pattern FORBIDDEN =
            Pattern.compile("\\b(?:no|without|avoid|never|don't use|do not use|don't mention|do not mention)"
                    + "(?: (?:using|the|any|word|words|mentioning|use|mention|a|an|saying))* [\"']?(\\p{L}{3,20})");

    private final List<Limit> limits = new ArrayList<>();
    private final Set<Long> forbidden = new HashSet<>();

    Demands(String message) {
        String text =
                message.substring(0, Math.min(message.length(), READ_CHARS)).toLowerCase(Locale.ROOT);
        Matcher limit = LIMIT.matcher(text);
        while (limit.find()) {
            String number = limit.group(3);
            int count = NUMBERS.containsKey(number) ? NUMBERS.get(number) : Integer.parseInt(number);
            if (count > 0) {
                limits.add(new Limit(unit(limit.group(4)), count, limit.group(2) == null, limit.group(1) == null));
            }
        }
        Matcher word = FORBIDDEN.matcher(text);
        while (word.find()) {
            long hash = TextHash.of(TextHash.START, word.group(1));
            if (!StopWords.isAny(hash)) {
                forbidden.add(hash);
            }
        }
    }

    private static Unit unit(String name) {
        return switch (name) {
            case "word" -> Unit.WORD;
            case "sentence" -> Unit.SENTENCE;
            case "line" -> Unit.LINE;
            default -> Unit.ITEM;
        };
    }

    boolean forbids(long word) {
        return forbidden.contains(word);
    }

    /** How far the worst broken limit is missed, |ln(count / limit)| up to one; zero where all are kept. */
    double missed(int words, int sentences, int lines, int listLines) {
        double worst = 0;
        for (Limit limit : limits) {
            int count = switch (limit.unit()) {
                case WORD -> words;
                case SENTENCE -> Math.max(1, sentences);
                case LINE -> lines;
                case ITEM -> listLines > 0 ? listLines : limit.count();
            };
            double off = StrictMath.log(Math.max(.5, count) / limit.count());
            double miss = off > 0 && limit.atMost() ? off : off < 0 && limit.atLeast() ? -off : 0;
            worst = Math.max(worst, Math.min(1, miss));
        }
        return worst;
    }
}
