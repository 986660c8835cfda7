package pairwright.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pairwright.rubric.Scale;

/** How a verdict is worded in one call: the words of a line around a slot for the label, or around two for the ratings. */
final class VerdictWords {
    private static final String NONCE = "{nonce}";
    private static final String LABEL = "{label}";
    private static final String FIRST = "{first}";
    private static final String SECOND = "{second}";

    private final Scale scale;
    private final Optional<String> nonce;
    private final boolean firstComesFirst;
    private final String before;
    private final String between;
    private final String after;

    /**
     * For one call.
     *
     * @param template the exact last line, with {@code {label}}, or with {@code {first}} and {@code {second}}, each once
     * @param nonce what {@code {nonce}} stands for
     */
    VerdictWords(Scale scale, String template, String nonce) {
        this.scale = scale;
        this.nonce = template.contains(NONCE) ? Optional.of(nonce) : Optional.empty();
        this.firstComesFirst = template.indexOf(FIRST) < template.indexOf(SECOND);
        List<String> slots = scale instanceof Scale.Choice
                ? List.of(LABEL)
                : firstComesFirst ? List.of(FIRST, SECOND) : List.of(SECOND, FIRST);
        List<String> literals = new ArrayList<>();
        String rest = template.strip();
        for (String slot : slots) {
            int place = rest.indexOf(slot);
            if (place < 0 || rest.indexOf(slot, place + 1) >= 0) {
                throw new IllegalArgumentException("verdict_line is " + template + ", must contain "
                        + String.join(" and ", slots) + ", each once");
            }
            literals.add(rest.substring(0, place).replace(NONCE, nonce));
            rest = rest.substring(place + slot.length());
        }
        this.before = literals.get(0);
        this.between = literals.size() > 1 ? literals.get(1) : "";
        this.after = rest.replace(NONCE, nonce);
        if (slots.size() > 1 && between.chars().allMatch(Character::isLetterOrDigit)) {
            throw new IllegalArgumentException(
                    "verdict_line is " + template + ", must part {first} and {second} by a space or another sign");
        }
    }

    /**
     * A verdict in a line.
     *
     * @param spans beginning and end of the label, or of the ratings of the first and the second response, in the line
     */
    record Spoken(Answer answer, List<Span> spans) {}

    /** What the line says if it is a verdict, letter by letter. */
    Optional<Spoken> in(String line) {
        boolean worded =
                line.length() > before.length() + after.length() && line.startsWith(before) && line.endsWith(after);
        if (!worded) {
            return Optional.empty();
        }
        if (scale instanceof Scale.Choice choice) {
            Span place = new Span(before.length(), line.length() - after.length());
            String label = line.substring(place.start(), place.end());
            return Optional.ofNullable(choice.labels().get(label))
                    .map(says -> new Spoken(new Answer.Label(label, says), List.of(place)));
        }
        Matcher matcher = Pattern.compile(Pattern.quote(before) + exactly()).matcher(line);
        return matcher.matches() ? spoken(matcher) : Optional.empty();
    }

    /** What the groups of {@link #said} hold. */
    Optional<Spoken> spoken(Matcher matcher) {
        if (scale instanceof Scale.Choice choice) {
            return choice.labels().keySet().stream()
                    .filter(label -> label.equalsIgnoreCase(matcher.group(1)))
                    .min(Comparator.comparing(label -> label.equals(matcher.group(1)) ? 0 : 1))
                    .map(label ->
                            new Spoken(new Answer.Label(label, choice.labels().get(label)), List.of(span(matcher, 1))));
        }
        Scale.Ratings ratings = (Scale.Ratings) scale;
        int first = firstComesFirst ? 1 : 2;
        int ratingFirst = Integer.parseInt(matcher.group(first));
        int ratingSecond = Integer.parseInt(matcher.group(3 - first));
        if (!inRange(ratingFirst, ratings) || !inRange(ratingSecond, ratings)) {
            return Optional.empty();
        }
        return Optional.of(new Spoken(
                new Answer.Rated(ratingFirst, ratingSecond, ratings),
                List.of(span(matcher, first), span(matcher, 3 - first))));
    }

    private static Span span(Matcher matcher, int group) {
        return new Span(matcher.start(group), matcher.end(group));
    }

    private static boolean inRange(int rating, Scale.Ratings ratings) {
        return rating >= ratings.lowest() && rating <= ratings.highest();
    }

    /** Groups for what stands in the slots. */
    String said(String betweenThem) {
        if (scale instanceof Scale.Choice) {
            return "(" + labels() + ")";
        }
        String whole = "(0|[1-9][0-9]{0,2})";
        return whole + betweenThem + whole;
    }

    /** The longer first, so that a label is never read as another one that it begins with. */
    private String labels() {
        return ((Scale.Choice) scale)
                .labels().keySet().stream()
                        .sorted(Comparator.comparing(String::length).reversed())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|"));
    }

    /** Whether nobody who wrote a candidate could have written such a line. */
    boolean coded() {
        return nonce.isPresent();
    }

    /** The pattern of a verdict from its first slot on. */
    String exactly() {
        return said(Pattern.quote(between)) + Pattern.quote(after);
    }

    Scale scale() {
        return scale;
    }

    Optional<String> nonce() {
        return nonce;
    }

    /** The words before the first slot. */
    String before() {
        return before;
    }

    /** Whether the line is nothing but the label, so that any such line may mean something else. */
    boolean bare() {
        return (before + between + after).isBlank();
    }

    /**
     * Whether a reply that was cut right behind the verdict may have been about to say another one: A of A=B, and any number, which may
     * get a digit or a fraction.
     */
    boolean mayGoOn(Answer answer) {
        if (!after.isEmpty()) {
            return false;
        }
        return !(answer instanceof Answer.Label said)
                || ((Scale.Choice) scale)
                        .labels().keySet().stream()
                                .anyMatch(other ->
                                        other.length() > said.label().length() && other.startsWith(said.label()));
    }
}
