package pairwright.judge;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pairwright.rubric.Scale;

/**
 * Finds what a reply says beside its last line. Where the line carries a code, every label or pair of ratings right behind that code counts,
 * wherever it stands and however it is decorated; where it carries none, the line's exact words do. A bare label counts nowhere else, since
 * it may be a number in a list.
 */
final class OtherVerdicts {
    /** What may stand between a code and what it says without changing it. */
    private static final String LOOSE = " \t*`:\"'([{=>|,.~;/-";

    private static final String SIGN = "[\\p{Alnum}<>=_-]";

    private final VerdictWords words;
    private final boolean codeFirst;
    private final String head;

    OtherVerdicts(VerdictWords words) {
        this.words = words;
        Optional<String> code = words.nonce().filter(words.before()::contains);
        this.codeFirst = code.isPresent();
        this.head = code.orElse(words.before());
    }

    /** What follows the head of a verdict. Most replies have but one, so it is made when it is needed. */
    private Pattern rest() {
        String end = "(?!" + SIGN + ")";
        if (!codeFirst) {
            return Pattern.compile((head.isEmpty() ? "(?<!" + SIGN + ")" : "") + words.exactly() + end);
        }
        String gap = words.before().substring(words.before().lastIndexOf(head) + head.length());
        String loose = loose();
        return Pattern.compile(
                "(?:" + Pattern.quote(gap) + "|" + loose + "{0,8}?)" + words.said(loose + "{1,8}?") + end,
                caseMatters() ? 0 : Pattern.CASE_INSENSITIVE);
    }

    private String loose() {
        String inLabels = words.scale() instanceof Scale.Choice choice
                ? String.join("", choice.labels().keySet())
                : "";
        return LOOSE.chars()
                .filter(c -> inLabels.indexOf(c) < 0)
                .mapToObj(c -> "\\x" + HexFormat.of().toHexDigits((byte) c))
                .collect(Collectors.joining("", "[", "]"));
    }

    private boolean caseMatters() {
        Set<String> folded = new HashSet<>();
        return words.scale() instanceof Scale.Choice choice
                && !choice.labels().keySet().stream().allMatch(label -> folded.add(label.toLowerCase(Locale.ROOT)));
    }

    /**
     * Another answer than this one, where the text holds any.
     *
     * @param from where to begin
     * @param except where the answer itself stands
     */
    Optional<Answer> than(Answer answer, String text, int from, Span except) {
        if (words.bare()) {
            return Optional.empty();
        }
        return head.isEmpty() ? anywhere(answer, text, from) : behindHeads(answer, text, from, except);
    }

    private Optional<Answer> anywhere(Answer answer, String text, int from) {
        Matcher matcher = rest().matcher(text).useTransparentBounds(true).region(from, text.length());
        Optional<Answer> found = Optional.empty();
        while (found.isEmpty() && matcher.find()) {
            found = other(matcher, answer);
        }
        return found;
    }

    private Optional<Answer> behindHeads(Answer answer, String text, int from, Span except) {
        Optional<Matcher> matcher = Optional.empty();
        Optional<Answer> found = Optional.empty();
        int place = text.indexOf(head, from);
        while (found.isEmpty() && place >= 0) {
            boolean isAnswer = place >= except.start() && place < except.end();
            if (!isAnswer && !isFence(text, place)) {
                matcher = matcher.or(() -> Optional.of(rest().matcher(text).useTransparentBounds(true)));
                Matcher behind = matcher.get().region(place + head.length(), text.length());
                found = behind.lookingAt() ? other(behind, answer) : Optional.empty();
            }
            place = text.indexOf(head, place + head.length());
        }
        return found;
    }

    private Optional<Answer> other(Matcher matcher, Answer answer) {
        return words.spoken(matcher).map(VerdictWords.Spoken::answer).filter(found -> !found.equals(answer));
    }

    /** The lines around a candidate carry the code too: BEGIN code first response. */
    private static boolean isFence(String text, int place) {
        return text.startsWith("BEGIN ", place - 6) || text.startsWith("END ", place - 4);
    }
}
