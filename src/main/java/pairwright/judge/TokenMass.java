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
import pairwright.rubric.Slot;

/**
 * Probability of each label at the decision token, summed over the spellings of the label ("A", " A", "a", " a").
 *
 * @param first mass of the label for the first slot
 * @param second mass of the label for the second slot
 * @param tie mass of the tie label
 */
record TokenMass(double first, double second, double tie) {
    /** Below this the label tokens say too little, and the trial is unparsed. */
    static final double LEAST_MASS = .5;

    /**
     * At the token that covers a character of the reply; empty when the tokens do not spell the reply or none covers it.
     *
     * @param position of the label's first character in the reply
     */
    static Optional<TokenMass> at(List<TokenLogprobs> tokens, int position, Map<String, Slot> slots) {
        int end = 0;
        for (TokenLogprobs token : tokens) {
            end += token.token().length();
            if (position < end) {
                return Optional.of(of(token, slots));
            }
        }
        return Optional.empty();
    }

    private static TokenMass of(TokenLogprobs token, Map<String, Slot> slots) {
        Map<String, Slot> spellings = spellings(slots);
        double[] mass = new double[Slot.values().length];
        Set<String> counted = new HashSet<>();
        for (TokenLogprobs.Alternative alternative : token.top()) {
            Slot slot = spellings.get(alternative.bytes());
            if (slot != null && alternative.logprob().isPresent() && counted.add(alternative.bytes())) {
                mass[slot.ordinal()] += Math.exp(alternative.logprob().get());
            }
        }
        return new TokenMass(mass[Slot.FIRST.ordinal()], mass[Slot.SECOND.ordinal()], mass[Slot.TIE.ordinal()]);
    }

    /** Bytes in hex of the spellings that count for each label; a lower-case one only if it is no label itself. */
    private static Map<String, Slot> spellings(Map<String, Slot> slots) {
        Map<String, Slot> spellings = new HashMap<>();
        slots.forEach((label, slot) -> {
            String lower = label.toLowerCase(Locale.ROOT);
            for (String form : slots.containsKey(lower) ? List.of(label) : List.of(label, lower)) {
                spellings.putIfAbsent(hex(form), slot);
                spellings.putIfAbsent(hex(" " + form), slot);
            }
        });
        return spellings;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All captured probability, in [0, 1]; rounding above 1 is cut. */
    double total() {
        return Math.min(1, first + second + tie);
    }

    /** Probability that the first slot is better: a tie counts half to each. */
    double pFirstSlot() {
        return Math.min(1, (first + tie / 2) / (first + second + tie));
    }
}
