package pairwright.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import pairwright.llm.TokenLogprobs;

/**
 * Probability of the labels where one of them was written, summed over their spellings ("A", " A", "a", " a").
 *
 * <p>A label of several tokens is followed along the tokens that were chosen: at each, an alternative counts for the one label that it
 * completes or can only lead to. An alternative that leads to several labels and was not chosen is {@code undecided}, since nobody knows
 * how its probability would have parted.
 *
 * @param captured mass of all labels together
 * @param undecided mass that is a label's, but nobody knows which one's
 * @param sum mass of each label times its value, summed
 * @param tie mass of the labels whose value is one half
 */
record TokenMass(double captured, double undecided, double sum, double tie) {
    /** Below this the label tokens say too little, and the trial is unparsed. */
    static final double LEAST = .5;

    /** Above this the undecided mass could move the mean by more than about a thousandth of the scale. */
    static final double MOST_UNDECIDED = 1e-3;

    /** Servers round; what sums to more than this are no probabilities. */
    private static final double MOST_IN_ALL = 1.05;

    /** Servers write -9999, -100 and the like for "not computed". */
    private static final double LOWEST_LOGPROB = -100;

    private static final double HIGHEST_LOGPROB = 1e-3;

    /**
     * Of the label that was written at some place.
     *
     * @param written the label
     * @param place of its first byte
     * @param rest what follows it in its line
     * @param why gets the reason where the result is empty
     */
    static Optional<TokenMass> of(
            String written, SpelledTokens tokens, int place, String rest, Spellings labels, StringBuilder why) {
        TokenMass mass = new TokenMass(0, 0, 0, 0);
        double reach = 1;
        String before = "";
        for (int i = tokens.at(place); tokens.has(i); i++) {
            SpelledTokens.Lead lead = tokens.lead(i, place);
            String chosen = before + text(tokens.chosen(i), lead).orElse("");
            List<String> chosenLabels = labels.from(chosen, rest);
            if (!chosenLabels.contains(labels.name(written))) {
                why.append("the tokens do not spell the label");
                return Optional.empty();
            }
            boolean goesOn = chosenLabels.size() > 1;
            double inAll = 0;
            double ofChosen = 0;
            for (Map.Entry<String, Double> alternative :
                    alternatives(tokens.token(i)).entrySet()) {
                boolean isChosen = alternative.getKey().equals(tokens.chosen(i));
                double probability = alternative.getValue();
                inAll += probability;
                ofChosen += isChosen ? probability : 0;
                Optional<String> text = text(alternative.getKey(), lead);
                if (text.isPresent() && !(isChosen && goesOn)) {
                    String spelled = before + text.get();
                    mass = mass.plus(
                            reach * probability,
                            isChosen ? chosenLabels : labels.from(spelled, rest, written, chosen),
                            labels);
                }
            }
            if (ofChosen == 0) {
                why.append("no log-probability came for the label's token");
                return Optional.empty();
            }
            if (inAll > MOST_IN_ALL) {
                why.append(String.format(Locale.ROOT, "the probabilities at the label's token sum to %.2f", inAll));
                return Optional.empty();
            }
            if (!goesOn) {
                return Optional.of(mass);
            }
            reach *= ofChosen;
            before = chosen;
        }
        return Optional.of(new TokenMass(mass.captured, mass.undecided + reach, mass.sum, mass.tie));
    }

    /** What a token adds to the label; where it may have ended before, the end of the reply is the end of a line. */
    private static Optional<String> text(String token, SpelledTokens.Lead lead) {
        if (lead.atPlace()) {
            return token.isEmpty() ? Optional.empty() : lead.without(token);
        }
        return Optional.of(token.isEmpty() || SpelledTokens.isSpecial(token) ? "\n" : token);
    }

    /** Lets the labels know which of them are one token each, by what stands at a place with more than negligible probability. */
    static void observe(SpelledTokens tokens, int place, Spellings labels) {
        int index = tokens.at(place);
        alternatives(tokens.token(index)).forEach((bytes, probability) -> {
            if (probability > MOST_UNDECIDED) {
                tokens.lead(index, place)
                        .without(bytes)
                        .map(String::stripTrailing)
                        .ifPresent(labels::seen);
            }
        });
    }

    private TokenMass plus(double more, List<String> leadsTo, Spellings labels) {
        if (leadsTo.size() != 1) {
            return new TokenMass(captured, undecided + (leadsTo.isEmpty() ? 0 : more), sum, tie);
        }
        double value = labels.value(leadsTo.get(0));
        return new TokenMass(captured + more, undecided, sum + value * more, tie + (value == .5 ? more : 0));
    }

    /** Probability by bytes, each counted once; what has no usable probability is left out. */
    private static Map<String, Double> alternatives(TokenLogprobs token) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (TokenLogprobs.Alternative alternative : token.top()) {
            double logprob = alternative.logprob().orElse(Double.NaN);
            if (logprob > LOWEST_LOGPROB && logprob <= HIGHEST_LOGPROB) {
                probabilities.putIfAbsent(SpelledTokens.ofHex(alternative.bytes()), Math.exp(Math.min(0, logprob)));
            }
        }
        return probabilities;
    }

    /** All captured probability, in [0, 1]; rounding above 1 is cut. */
    double total() {
        return Math.min(1, captured);
    }

    /** Mean value of the labels by their mass. */
    double mean() {
        return sum / captured;
    }

    /** Whether the mean is known to about a thousandth of the scale. */
    boolean isDecided() {
        return undecided <= MOST_UNDECIDED;
    }
}
