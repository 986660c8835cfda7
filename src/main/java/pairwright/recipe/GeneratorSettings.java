package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import pairwright.candidate.Spread;
import pairwright.jsonl.BadInput;
import pairwright.judge.JudgeName;
import pairwright.llm.Protocol;
import pairwright.llm.Sampling;

/**
 * A model that generates, and how its samples differ. What is left out is taken from the stage.
 *
 * @param model as {@code PROTOCOL:MODEL}
 * @param name of it in the rows; the model's unless said
 * @param samples of each prompt
 * @param temperature one or several, each in [0, 2]
 * @param topP one or several, each in (0, 1]
 * @param system messages for prompts that have none
 * @param principles files of {@code principles/} by name, or paths; {@code not:NAME} for the contrary
 */
record GeneratorSettings(
        @JsonProperty("model") String model,
        @JsonProperty("name") Optional<String> name,
        @JsonProperty("samples") Optional<Integer> samples,

        @JsonProperty("temperature")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Double> temperature,

        @JsonProperty("top_p")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Double> topP,

        @JsonProperty("system")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> system,

        @JsonProperty("principles")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> principles,

        @JsonProperty("max_tokens") Optional<Integer> maxTokens,
        @JsonProperty("endpoint") Optional<EndpointSettings> endpoint) {
    private static final int DEFAULT_SAMPLES = 4;
    private static final int DEFAULT_MAX_TOKENS = 1024;

    GeneratorSettings {
        if (model == null) {
            throw new BadInput("model is missing, must be a model as openai:MODEL");
        }
        temperature = list(temperature);
        topP = list(topP);
        system = list(system);
        principles = list(principles);
    }

    /** One answer of a model to each request. */
    static GeneratorSettings single(
            String model,
            Optional<Double> temperature,
            Optional<Double> topP,
            Optional<Integer> maxTokens,
            Optional<EndpointSettings> endpoint) {
        return new GeneratorSettings(
                model,
                Optional.empty(),
                Optional.of(1),
                temperature.stream().toList(),
                topP.stream().toList(),
                List.of(),
                List.of(),
                maxTokens,
                endpoint);
    }

    static <T> List<T> list(List<T> mayBeMissing) {
        return mayBeMissing == null ? List.of() : List.copyOf(mayBeMissing);
    }

    /** The same with the stage's words where it is silent. */
    GeneratorSettings or(GeneratorSettings ofStage) {
        boolean silent = system.isEmpty() && principles.isEmpty();
        return new GeneratorSettings(
                model,
                name,
                samples.or(ofStage::samples),
                temperature.isEmpty() ? ofStage.temperature : temperature,
                topP.isEmpty() ? ofStage.topP : topP,
                silent ? ofStage.system : system,
                silent ? ofStage.principles : principles,
                maxTokens.or(ofStage::maxTokens),
                endpoint.or(ofStage::endpoint));
    }

    JudgeName.Asked asked() {
        if (JudgeName.parse(model) instanceof JudgeName.Asked asked
                && asked.protocol().can(Protocol.Ability.CHAT)) {
            return asked;
        }
        throw new BadInput("model " + model + ": cannot generate, must be openai:MODEL, anthropic:MODEL,"
                + " gemini:MODEL or ollama:MODEL");
    }

    /** How rows name it. */
    String known() {
        return name.orElseGet(() -> asked().model());
    }

    EndpointSettings server() {
        return endpoint.orElse(EndpointSettings.NONE);
    }

    int samplesEach() {
        return samples.orElse(DEFAULT_SAMPLES);
    }

    /** Of the only way to sample there is, see {@link #single}. */
    Sampling sampling(Optional<Long> seed) {
        double warmth = temperature.stream().findFirst().orElse(1.0);
        ProtocolRules.checkTemperature(asked().protocol(), warmth);
        return new Sampling(warmth, topP.stream().findFirst(), maxTokens.orElse(DEFAULT_MAX_TOKENS), seed);
    }

    Spread spread(Optional<Long> seed) {
        List<Double> warmths = temperature.isEmpty() ? List.of(1.0) : temperature;
        warmths.forEach(each -> ProtocolRules.checkTemperature(asked().protocol(), each));
        return new Spread(warmths, topP, system, principles, maxTokens.orElse(DEFAULT_MAX_TOKENS), seed);
    }
}
