package pairwright.pair;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;

/** A flaw that a rule can plant in a response, so that its order before the response without it is known. */
public enum Flaw {
    /** Ends in the middle, at a word's end. */
    CUT_OFF {
        @Override
        Optional<String> planted(String text, double where) {
            List<MatchResult> words = found(WORD, text);
            if (words.size() < LEAST_WORDS) {
                return Optional.empty();
            }
            int kept = (int) (words.size() * (.4 + .3 * where));
            return Optional.of(text.substring(0, words.get(kept).end()));
        }
    },
    /** One number is another one. */
    NUMBER_CHANGED {
        @Override
        Optional<String> planted(String text, double where) {
            List<MatchResult> numbers = found(NUMBER, text);
            if (numbers.isEmpty()) {
                return Optional.empty();
            }
            MatchResult number = numbers.get((int) (where * numbers.size()));
            BigDecimal value = new BigDecimal(number.group());
            BigDecimal step = value.signum() == 0 ? BigDecimal.ONE : value.ulp().multiply(BigDecimal.valueOf(3));
            return Optional.of(
                    text.substring(0, number.start()) + value.add(step).toPlainString() + text.substring(number.end()));
        }
    },
    /** One sentence says the contrary: a not is taken out of it, or put behind its first is, are, was, were, can, will, should or must. */
    NEGATED {
        @Override
        Optional<String> planted(String text, double where) {
            List<MatchResult> verbs = found(VERB, text);
            if (verbs.isEmpty()) {
                return Optional.empty();
            }
            MatchResult verb = verbs.get((int) (where * verbs.size()));
            String said = verb.group(2) == null ? verb.group(1) + " not" : verb.group(1);
            return Optional.of(text.substring(0, verb.start()) + said + text.substring(verb.end()));
        }
    },
    /** A sentence from within is missing. */
    SENTENCE_LEFT_OUT {
        @Override
        Optional<String> planted(String text, double where) {
            List<MatchResult> sentences = found(SENTENCE, text);
            if (sentences.size() < LEAST_SENTENCES) {
                return Optional.empty();
            }
            MatchResult sentence = sentences.get((int) (where * sentences.size()));
            return Optional.of((text.substring(0, sentence.start()) + text.substring(sentence.end())).strip());
        }
    },
    /** One sentence stands there three times. */
    REPEATED {
        @Override
        Optional<String> planted(String text, double where) {
            List<MatchResult> sentences = found(SENTENCE, text);
            if (sentences.isEmpty()) {
                return Optional.empty();
            }
            MatchResult sentence = sentences.get((int) (where * sentences.size()));
            String again = " " + sentence.group().strip();
            return Optional.of(text.substring(0, sentence.end()).stripTrailing()
                    + again
                    + again
                    + (sentence.end() < text.length() ? " " : "")
                    + text.substring(sentence.end()));
        }
    };

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.,])\\d{1,12}(?:\\.\\d{1,9})?(?![\\w]|[.,]\\d)");
    private static final Pattern VERB =
            Pattern.compile("\\b(is|are|was|were|can|will|should|must)\\b( not\\b)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern SENTENCE = Pattern.compile("[^.!?\\s][^.!?\\n]*[.!?]+(?:\\s+|$)");
    private static final int LEAST_WORDS = 8;
    private static final int LEAST_SENTENCES = 3;

    /**
     * The response with the flaw.
     *
     * @param where in [0, 1), which of the places that can have it
     * @return empty where the response has no place for it
     */
    abstract Optional<String> planted(String text, double where);

    /** The response with the flaw; empty where it has no place for it. */
    public Optional<String> in(String text, double where) {
        return planted(text, where).filter(flawed -> !flawed.equals(text));
    }

    private static List<MatchResult> found(Pattern pattern, String text) {
        List<MatchResult> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.toMatchResult());
        }
        return found;
    }

    /**
     * A flaw by its name.
     *
     * @throws BadInput if there is none of that name
     */
    public static Flaw named(String name) {
        return Arrays.stream(values())
                .filter(flaw -> flaw.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("flaw is \"" + name + "\", must be one of "
                        + Arrays.stream(values()).map(Flaw::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
