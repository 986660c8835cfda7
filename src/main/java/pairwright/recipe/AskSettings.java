package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.judge.JudgeName;
import pairwright.judge.JudgeSettings;
import pairwright.judge.Pooling;
import pairwright.judge.Reading;
import pairwright.rubric.Rubric;

/**
 * One judge and how it is asked, as a stage or a panel's file says it.
 *
 * @param judge a judge's name, see {@link JudgeName}
 * @param rubric name or path, for judges that are asked; {@code helpfulness} unless said
 * @param reading {@code auto} asks the endpoint once what it returns
 * @param orders {@code both}, or {@code one}, which marks every judgment half
 * @param samples calls per order
 * @param temperature of the judge, the rubric's unless said
 * @param demonstrations worked examples chosen for each pair, instead of the rubric's own
 */
public record AskSettings(
        @JsonProperty("judge") String judge,
        @JsonProperty("rubric") Optional<String> rubric,
        @JsonProperty("endpoint") Optional<EndpointSettings> endpoint,
        @JsonProperty("reading") Optional<String> reading,
        @JsonProperty("orders") Optional<String> orders,
        @JsonProperty("samples") Optional<Integer> samples,
        @JsonProperty("temperature") Optional<Double> temperature,
        @JsonProperty("pooling") Optional<Pooling> pooling,
        @JsonProperty("demonstrations") Optional<DemonstrationSettings> demonstrations,
        @JsonProperty("seed") Optional<Long> seed) {
    static final String DEFAULT_RUBRIC = "helpfulness";

    public AskSettings {
        Required.named("judge", "judge", judge);
        Required.oneOf("reading", reading, List.of("auto", "logprobs", "verdict", "schema", "tool"));
        Required.oneOf("orders", orders, List.of("both", "one"));
        JudgeName.parse(judge);
        settings(orders, samples, temperature, pooling, seed, "unnamed", Reading.VERDICT);
    }

    private static JudgeSettings settings(
            Optional<String> orders,
            Optional<Integer> samples,
            Optional<Double> temperature,
            Optional<Pooling> pooling,
            Optional<Long> seed,
            String model,
            Reading reading) {
        return new JudgeSettings(
                model,
                reading,
                !orders.orElse("both").equals("one"),
                samples.orElse(1),
                temperature,
                pooling.orElse(Pooling.MEAN),
                seed.orElse(0L));
    }

    JudgeSettings settings(String model, Reading reading) {
        return settings(orders, samples, temperature, pooling, seed, model, reading);
    }

    JudgeName name() {
        return JudgeName.parse(judge);
    }

    EndpointSettings server() {
        return endpoint.orElse(EndpointSettings.NONE);
    }

    /**
     * Looks at the settings alone, before anything is read or asked.
     *
     * @throws pairwright.jsonl.BadInput or IllegalArgumentException naming the setting
     */
    void check() {
        if (name() instanceof JudgeName.Asked asked) {
            server().endpoint(asked.protocol());
            double warmth = temperature.orElse(loadRubric().declaration().temperature());
            if (samples.orElse(1) > 1 && warmth == 0) {
                throw new BadInput(
                        "samples is " + samples.get() + " at temperature 0, where every sample says the same;"
                                + " give a temperature above 0, as in --temperature 1, or one sample");
            }
        }
    }

    Rubric loadRubric() {
        return Rubric.load(rubric.orElse(DEFAULT_RUBRIC));
    }
}
