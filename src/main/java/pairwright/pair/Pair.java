package pairwright.pair;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

/**
 * Two responses to one prompt, with whatever people and judges have said of them so far.
 *
 * @param responseA kept byte by byte
 * @param human labels of people, in the order of the file
 * @param judges verdicts that the file carries
 * @param fields every other field of the row, carried through, in the order of their names ({@code gold}, {@code quality_a}, ...)
 */
@JsonPropertyOrder({"id", "prompt_id", "prompt", "messages", "tags", "response_a", "response_b", "model_a", "model_b"})
public record Pair(
        @JsonProperty("id") String id,
        @JsonIgnore Prompt prompt,
        @JsonProperty("response_a") String responseA,
        @JsonProperty("response_b") String responseB,
        @JsonProperty("model_a") Optional<String> modelA,
        @JsonProperty("model_b") Optional<String> modelB,

        @JsonProperty("human") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<HumanLabel> human,

        @JsonProperty("judges") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<RecordedVerdict> judges,

        @JsonAnyGetter Map<String, Object> fields) {
    public Pair {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id is missing or blank, must be a name");
        }
        Objects.requireNonNull(prompt, "prompt is missing");
        Objects.requireNonNull(responseA, "response_a is missing, must be text");
        Objects.requireNonNull(responseB, "response_b is missing, must be text");
        human = complete("human", human);
        judges = complete("judges", judges);
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    private static <T> List<T> complete(String name, List<T> list) {
        for (int i = 0; i < list.size(); i++) {
            Objects.requireNonNull(list.get(i), name + "[" + i + "] is null, must be an object");
        }
        return List.copyOf(list);
    }

    @JsonCreator
    static Pair row(
            @JsonProperty("id") String id,
            @JsonProperty("prompt_id") Optional<String> promptId,
            @JsonProperty("prompt") Optional<String> prompt,
            @JsonProperty("messages") Optional<List<Message>> messages,
            @JsonProperty("tags") Optional<Map<String, String>> tags,
            @JsonProperty("response_a") String responseA,
            @JsonProperty("response_b") String responseB,
            @JsonProperty("model_a") Optional<String> modelA,
            @JsonProperty("model_b") Optional<String> modelB,
            @JsonProperty("human") Optional<List<HumanLabel>> human,
            @JsonProperty("judges") Optional<List<RecordedVerdict>> judges,
            @JsonAnySetter Map<String, Object> fields) {
        return new Pair(
                id,
                Prompt.of(promptId, prompt, messages, tags.orElse(Map.of())),
                responseA,
                responseB,
                modelA,
                modelB,
                human.orElse(List.of()),
                judges.orElse(List.of()),
                fields == null ? Map.of() : fields);
    }

    @JsonProperty("prompt_id")
    String promptId() {
        return prompt.id();
    }

    @JsonProperty("prompt")
    Optional<String> promptText() {
        return prompt.text();
    }

    @JsonProperty("messages")
    Optional<List<Message>> messages() {
        return prompt.text().isPresent() ? Optional.empty() : Optional.of(prompt.messages());
    }

    @JsonProperty("tags")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    Map<String, String> tags() {
        return prompt.tags();
    }

    /** The same row with other remaining fields. */
    public Pair withFields(Map<String, Object> replacement) {
        return new Pair(id, prompt, responseA, responseB, modelA, modelB, human, judges, replacement);
    }
}
