package pairwright.candidate;

import java.util.Optional;
import pairwright.llm.LanguageModel;
import pairwright.llm.Prices;

/**
 * A model that writes candidates.
 *
 * @param name of it in the rows
 * @param model as it is asked for
 * @param server where it stands
 * @param prices what it costs, where that is known
 * @param samples of each prompt, in [1, {@link #MAX_SAMPLES}]
 * @param spread how the samples differ
 */
public record Source(
        String name, String model, LanguageModel server, Optional<Prices> prices, int samples, Spread spread) {
    public static final int MAX_SAMPLES = 1000;

    public Source {
        if (!(samples >= 1 && samples <= MAX_SAMPLES)) {
            throw new IllegalArgumentException("samples is " + samples + ", must be in [1, " + MAX_SAMPLES + "]");
        }
    }
}
