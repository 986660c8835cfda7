package pairwright.judge;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.llm.TokenLogprobs;

/**
 * Probability of each label at the decision token, summed over the spellings of the label ("A", " A", "a", " a").
 *
 * @param captured mass of all labels together
 * @param toFirst mass of each label times what it says for the response shown first, summed
 * @param tie mass of the label that says neither
 */
record TokenMass(double captured, double toFirst, double tie) {
    /** Below this the label tokens say too little, and the trial is unparsed. */
    static final double LEAST_MASS = .5;

    /**
     * At the token that covers a character of the reply; empty when the tokens do not spell the reply or none covers it.
     *
     * @param position of the label's first character in the reply
     */
    static Optional<TokenMass> at(List<TokenLogprobs> tokens, int position, Map<String, Double> labels) {
        int end = 0;
        for (TokenLogprobs token : tokens) {
            end += token.token().length();
            if (position < end) {
                return Optional.of(of(token, labels));
            }
        }
        return Optional.empty();
    }

    private static TokenMass of(TokenLogprobs token, Map<String, Double> labels) {
        Map<String, Double> spellings = spellings(labels);
        double captured = 0;
        double toFirst = 0;
        double tie = 0;
        Set<String> counted = new HashSet<>();
        for (TokenLogprobs.Alternative alternative : token.top()) {
            Double says = spellings.get(alternative.bytes());
            if (says != null && alternative.logprob().isPresent() && counted.add(alternative.bytes())) {
                double mass = Math.exp(alternative.logprob().get());
                captured += mass;
                toFirst += says * mass;
                tie += says == .5 ? mass : 0;
            }
        }
        return new TokenMass(captured, toFirst, tie);
    }

    /** Bytes in hex of the spellings that count for each label; a lower-case one only if it is no label itself. */
    private static Map<String, Double> spellings(Map<String, Double> labels) {
        Map<String, Double> spellings = new HashMap<>();
        labels.forEach((label, says) -> {
            String lower = label.toLowerCase(Locale.ROOT);
            for (String form : labels.containsKey(lower) ? List.of(label) : List.of(label, lower)) {
                spellings.putIfAbsent(hex(form), says);
                spellings.putIfAbsent(hex(" " + form), says);
            }
        });
        return spellings;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All captured probability, in [0, 1]; rounding above 1 is cut. */
    double total() {
        return Math.min(1, captured);
    }

    /** Probability that the first slot is better: a tie counts half to each. */
    double p() {
        return Math.min(1, toFirst / captured);
    }
}
