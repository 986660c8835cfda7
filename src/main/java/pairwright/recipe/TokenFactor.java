package pairwright.recipe;

import java.util.ArrayList;
import java.util.List;
import pairwright.agreement.Estimate;
import pairwright.llm.Completion;
import pairwright.llm.Rehearsal;
import pairwright.llm.Tokens;

/** How many tokens a model's server bills for what counts as one here. */
record TokenFactor(double value, double low, double high, String how) {
    /** What other vocabularies make of the same text, assumed. */
    private static final double FEWEST = .8;

    private static final double MOST = 1.4;
    private static final int ENOUGH = 5;

    static TokenFactor of(List<Rehearsal.Call> calls, Tokens tokens) {
        List<Double> ratios = new ArrayList<>();
        for (Rehearsal.Call call : calls) {
            if (ratios.size() < 50 && call.known().orElse(null) instanceof Completion completion) {
                completion
                        .usage()
                        .promptTokens()
                        .ifPresent(billed -> ratios.add((double) billed / tokens.of(call.request())));
            }
        }
        if (ratios.size() < ENOUGH) {
            return new TokenFactor(
                    1,
                    FEWEST,
                    MOST,
                    tokens.how() + "; " + FEWEST + " to " + MOST + " of that for another vocabulary, assumed");
        }
        double mean = ratios.stream().mapToDouble(Double::doubleValue).average().orElse(1);
        double low = ratios.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double high = ratios.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return new TokenFactor(
                mean,
                low,
                high,
                tokens.how() + ", times what the server billed for " + ratios.size()
                        + " such requests in the ledger, least to most");
    }

    Estimate applied(Estimate counted) {
        return new Estimate(
                counted.value() * value,
                counted.low() * low,
                counted.high() * high,
                counted.n(),
                counted.method() + "; " + how);
    }
}
