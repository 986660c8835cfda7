package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * How a language model is asked.
 *
 * @param model the model's name as requested
 * @param reading how replies are read
 * @param bothOrders false asks one order only; such judgments are marked half
 * @param samples calls per order, 1 or more; more than one is for uncertainty
 * @param temperature in [0, 2]; empty takes the rubric's
 * @param pooling how the orders become one z
 * @param seed of the nonces
 * @param scored whether the server scores labels instead of writing: the request ends where the label would begin
 * @param firstSample number of the first sample, 0 or more; from another one on, the same is asked anew and not taken from the ledger
 * @param askAgain the abstentions after which a question is asked once more
 */
public record JudgeSettings(
        @JsonProperty("model") String model,
        @JsonProperty("reading") Reading reading,
        @JsonProperty("both_orders") boolean bothOrders,
        @JsonProperty("samples") int samples,
        @JsonProperty("temperature") Optional<Double> temperature,
        @JsonProperty("pooling") Pooling pooling,
        @JsonProperty("seed") long seed,
        @JsonProperty("scored") boolean scored,
        @JsonProperty("first_sample") int firstSample,
        @JsonProperty("ask_again") AskAgain askAgain) {
    public static final int MAX_SAMPLES = 64;

    public JudgeSettings {
        if (!(samples >= 1 && samples <= MAX_SAMPLES)) {
            throw new IllegalArgumentException("samples is " + samples + ", must be in [1, " + MAX_SAMPLES + "]");
        }
        if (!(firstSample >= 0)) {
            throw new IllegalArgumentException("first_sample is " + firstSample + ", must be 0 or more");
        }
        temperature.ifPresent(value -> {
            if (!(value >= 0 && value <= 2)) {
                throw new IllegalArgumentException("temperature is " + value + ", must be in [0, 2]");
            }
        });
    }

    /** Of a server that writes its replies. */
    public JudgeSettings(
            String model,
            Reading reading,
            boolean bothOrders,
            int samples,
            Optional<Double> temperature,
            Pooling pooling,
            long seed) {
        this(model, reading, bothOrders, samples, temperature, pooling, seed, false, 0, AskAgain.NEVER);
    }

    /** Verdicts read, both orders, one sample, mean. */
    public static JudgeSettings of(String model) {
        return new JudgeSettings(model, Reading.VERDICT, true, 1, Optional.empty(), Pooling.MEAN, 0);
    }

    public JudgeSettings withPooling(Pooling changed) {
        return new JudgeSettings(
                model, reading, bothOrders, samples, temperature, changed, seed, scored, firstSample, askAgain);
    }

    public JudgeSettings reading(Reading changed) {
        return new JudgeSettings(
                model, changed, bothOrders, samples, temperature, pooling, seed, scored, firstSample, askAgain);
    }

    /** The same for a server that scores labels. */
    public JudgeSettings scoring() {
        return new JudgeSettings(
                model, reading, bothOrders, samples, temperature, pooling, seed, true, firstSample, askAgain);
    }

    /** The same, asked once more: the samples that would come next. */
    public JudgeSettings again() {
        return new JudgeSettings(
                model,
                reading,
                bothOrders,
                samples,
                temperature,
                pooling,
                seed,
                scored,
                firstSample + samples,
                askAgain);
    }

    /** The same, asking once more after these abstentions. */
    public JudgeSettings askingAgain(AskAgain changed) {
        return new JudgeSettings(
                model, reading, bothOrders, samples, temperature, pooling, seed, scored, firstSample, changed);
    }
}
