package pairwright.judge;

import java.util.List;
import java.util.Optional;
import pairwright.rubric.Scale;

/**
 * The one place where a verdict may stand: the exact last line of the answer. Where the line carries a code that no candidate can know, Markdown
 * around it, a full stop behind it or a fence around nothing but it change nothing, and every other verdict with that code must say the same.
 * Without a code nothing but the bare line counts, and not in a fence that was left open.
 */
final class VerdictLine {
    /** No decorated verdict is as long, in characters. */
    private static final int LONGEST = 1000;

    private final VerdictWords words;
    private final OtherVerdicts others;

    VerdictLine(Scale scale, String template, String nonce) {
        this.words = new VerdictWords(scale, template, nonce);
        this.others = new OtherVerdicts(words);
    }

    /**
     * A verdict.
     *
     * @param spans where the label stands in the reply, or the ratings of the first and the second response, in characters
     * @param line where its line stands
     * @param stopped whether a full stop stands behind it that was not asked for
     * @param atEnd whether the reply ends right behind it, without the end of a line
     */
    record Found(Answer answer, List<Span> spans, Span line, boolean stopped, boolean atEnd) {}

    /** The verdict, or empty with the reason in {@code why}. */
    Optional<Found> in(String reply, StringBuilder why) {
        int from = AnswerText.start(reply);
        Lines lines = new Lines(reply, from);
        Optional<Lines.Line> last = lines.previous();
        if (last.isEmpty()) {
            why.append(
                    reply.isBlank()
                            ? "the reply is empty"
                            : "the reply is empty but for its thinking, where no verdict is read");
            return Optional.empty();
        }
        Optional<Found> found = words.coded() && Lines.isFence(last.get().text(), false)
                ? inFence(lines, reply)
                : found(last.get(), reply);
        if (found.isEmpty()) {
            why.append("the last line is not a verdict: ")
                    .append(Excerpt.of(last.get().text()));
            return Optional.empty();
        }
        Answer answer = found.get().answer();
        Optional<Answer> other = words.bare()
                ? justBefore(answer, lines)
                : others.than(answer, reply, from, found.get().line());
        if (other.isPresent()) {
            why.append("two different verdicts: ")
                    .append(other.get().words())
                    .append(" and ")
                    .append(answer.words());
            return Optional.empty();
        }
        if (!words.coded() && Lines.inFence(reply, from, found.get().line().start())) {
            why.append("the last line stands in a code fence: ")
                    .append(Excerpt.of(last.get().text()));
            return Optional.empty();
        }
        return found;
    }

    /** Whether the label or rating that ends a cut reply may have been the beginning of another one. */
    boolean mayBeHalf(Found found) {
        return found.atEnd() && (found.stopped() || words.mayGoOn(found.answer()));
    }

    /** Whether the last line of a cut reply may have been the beginning of another line, as 1 is of a list. */
    boolean mayBeBeginning(Found found) {
        return found.atEnd() && !words.coded();
    }

    /** Another verdict that a text beside the answer holds. */
    Optional<Answer> otherThan(Answer answer, String text) {
        return words.coded() ? others.than(answer, text, 0, new Span(0, 0)) : Optional.empty();
    }

    private Optional<Found> inFence(Lines lines, String reply) {
        Optional<Lines.Line> verdict = lines.previous();
        boolean alone = lines.previous()
                .filter(line -> Lines.isFence(line.text(), true))
                .isPresent();
        return alone ? verdict.flatMap(line -> found(line, reply)) : Optional.empty();
    }

    private Optional<Answer> justBefore(Answer answer, Lines lines) {
        return lines.previous()
                .flatMap(line -> words.in(line.text()))
                .map(VerdictWords.Spoken::answer)
                .filter(before -> !before.equals(answer));
    }

    private Optional<Found> found(Lines.Line line, String reply) {
        Optional<VerdictWords.Spoken> spoken = words.in(line.text());
        boolean plainly = spoken.isEmpty() && words.coded() && line.text().length() <= LONGEST;
        if (plainly) {
            spoken = plainly(line.text());
        }
        boolean stopped = plainly && line.text().contains(".");
        return spoken.map(said -> new Found(
                said.answer(),
                said.spans().stream().map(span -> span.shifted(line.start())).toList(),
                new Span(line.start(), line.end()),
                stopped,
                line.end() == reply.length()));
    }

    /** Without Markdown's signs and a full stop. */
    private Optional<VerdictWords.Spoken> plainly(String line) {
        Optional<Emphasis> emphasis = Emphasis.removed(line);
        String plain = emphasis.map(Emphasis::plain).orElse(line);
        Optional<VerdictWords.Spoken> spoken =
                words.in(plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain);
        return emphasis.isEmpty()
                ? spoken
                : spoken.map(said -> new VerdictWords.Spoken(
                        said.answer(),
                        said.spans().stream()
                                .map(span -> emphasis.get().placeOf(span))
                                .toList()));
    }
}
