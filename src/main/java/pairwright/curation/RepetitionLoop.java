package pairwright.curation;

import java.util.Optional;

/**
 * A response in which something is said again and again without a break, as language models do that have lost the thread: a phrase of up to
 * 64 words that comes at least {@value #TIMES} times in a row and makes at least {@value #WORDS} words.
 */
record RepetitionLoop() implements Check {
    private static final int LONGEST = 64;
    private static final int TIMES = 4;
    private static final int WORDS = 24;

    @Override
    public Optional<Fault> fault(AnyRow row) {
        for (String response : row.responses()) {
            Optional<Fault> fault = in(Tokens.of(response));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> in(long[] words) {
        for (int period = 1; period <= LONGEST && period * TIMES <= words.length; period++) {
            int needed = Math.max(WORDS, TIMES * period) - period;
            int same = 0;
            for (int i = period; i < words.length; i++) {
                same = words[i] == words[i - period] ? same + 1 : 0;
                if (same >= needed) {
                    return Optional.of(new Fault(
                            Fault.LOOP,
                            period + (period == 1 ? " word" : " words") + ", again and again from word "
                                    + (i - same - period + 2)));
                }
            }
        }
        return Optional.empty();
    }
}
