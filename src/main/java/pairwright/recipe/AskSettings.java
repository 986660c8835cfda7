package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import pairwright.judge.JudgeName;
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
 */
public record AskSettings(
        @JsonProperty("judge") String judge,
        @JsonProperty("rubric") Optional<String> rubric,
        @JsonProperty("endpoint") Optional<EndpointSettings> endpoint,
        @JsonProperty("reading") Optional<String> reading,
        @JsonProperty("orders") Optional<String> orders,
        @JsonProperty("samples") Optional<Integer> samples,
        @JsonProperty("pooling") Optional<Pooling> pooling,
        @JsonProperty("demonstrations") Optional<DemonstrationSettings> demonstrations,
        @JsonProperty("seed") Optional<Long> seed) {
    static final String DEFAULT_RUBRIC = "helpfulness";

    public AskSettings {
        Required.named("judge", "judge", judge);
        Required.oneOf("reading", reading, List.of("auto", "logprobs", "verdict", "schema", "tool"));
        Required.oneOf("orders", orders, List.of("both", "one"));
        JudgeName.parse(judge);
        OpenedJudge.settings("unnamed", Reading.VERDICT, orders, samples, pooling, seed);
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
            loadRubric();
        }
    }

    Rubric loadRubric() {
        return Rubric.load(rubric.orElse(DEFAULT_RUBRIC));
    }
}
