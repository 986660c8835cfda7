package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.judge.AskAgain;
import pairwright.judge.JudgeName;
import pairwright.judge.JudgeSettings;
import pairwright.judge.Pooling;
import pairwright.judge.Reading;
import pairwright.llm.Protocol;
import pairwright.rubric.Ask;
import pairwright.rubric.Rubric;

/**
 * One judge and how it is asked, as a stage or a panel's file says it.
 *
 * @param judge a judge's name, see {@link JudgeName}
 * @param rubric name or path, for judges that are asked; {@code helpfulness} unless said
 * @param reading {@code auto} asks the endpoint what it does, see {@link EndpointProbe}
 * @param orders {@code both}, or {@code one}, which marks every judgment half
 * @param samples calls per order
 * @param temperature of the judge, the rubric's unless said
 * @param demonstrations worked examples chosen for each pair, instead of the rubric's own
 * @param askAgain reasons of abstentions after which a question is asked once more, or {@code all}; none unless said
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
        @JsonProperty("ask_again") Optional<List<String>> askAgain,
        @JsonProperty("seed") Optional<Long> seed) {
    static final String DEFAULT_RUBRIC = "helpfulness";

    public AskSettings {
        Required.named("judge", "judge", judge);
        Required.oneOf("reading", reading, List.of("auto", "logprobs", "verdict", "schema", "tool"));
        Required.oneOf("orders", orders, List.of("both", "one"));
        JudgeName.parse(judge);
        askAgain.ifPresent(AskAgain::of);
        settings(orders, samples, temperature, pooling, seed, "unnamed", Reading.VERDICT);
    }

    /** Nothing said but who is asked, and under which rubric. */
    public static AskSettings probing(String judge, Optional<String> rubric, Optional<EndpointSettings> endpoint) {
        return new AskSettings(
                judge,
                rubric,
                endpoint,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
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

    JudgeSettings settings(JudgeName.Asked model, Reading reading) {
        JudgeSettings said = settings(orders, samples, temperature, pooling, seed, model.model(), reading)
                .askingAgain(again());
        return model.protocol() == Protocol.SCORING ? said.scoring() : said;
    }

    AskAgain again() {
        return askAgain.map(AskAgain::of).orElse(AskAgain.NEVER);
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
            if (asked.protocol() == Protocol.REWARD) {
                ProtocolRules.checkUnread(reading);
                return;
            }
            check(loadRubric());
        } else if (askAgain.isPresent() && !name().asks()) {
            throw new BadInput("ask_again is for judges that are asked, not for " + judge);
        } else if (demonstrations.isPresent()) {
            throw new BadInput("demonstrations are for judges that are asked under a rubric, not for " + judge);
        }
    }

    /**
     * Looks at the settings that lie in a file of their own: a panel's.
     *
     * @throws pairwright.jsonl.BadInput naming file and member
     */
    void checkFiles(Places places) {
        if (name() instanceof JudgeName.Panel) {
            Panel.load(this, places).check();
        }
    }

    /** Whether the settings fit the rubric. */
    void check(Rubric wanted) {
        Rubric.Declaration declared = wanted.declaration();
        double warmth = temperature.orElse(declared.temperature());
        if (name() instanceof JudgeName.Asked asked) {
            ProtocolRules.check(asked.protocol(), reading, warmth, wanted);
        }
        if (samples.orElse(1) > 1 && warmth == 0) {
            throw new BadInput("samples is " + samples.get() + " at temperature 0, where every sample says the same;"
                    + " give a temperature above 0, as in --temperature 1, or one sample");
        }
        if (demonstrations.isPresent() && declared.ask() == Ask.CRITERIA) {
            throw new BadInput(
                    "demonstrations say what is better overall, but the rubric " + declared.name()
                            + " asks each criterion by itself; leave them out, or take a rubric that asks criteria-and-overall");
        }
    }

    Rubric loadRubric() {
        return Rubric.load(rubric.orElse(DEFAULT_RUBRIC));
    }
}
