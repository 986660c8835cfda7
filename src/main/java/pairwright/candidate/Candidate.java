package pairwright.candidate;

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
 * One response to one prompt.
 *
 * @param id unique among the candidates
 * @param response kept byte by byte
 * @param model who wrote it
 * @param fields every other field of the row, carried through in the order of their names ({@code quality}, {@code flaw}, how it was sampled, ...)
 */
@JsonPropertyOrder({"id", "prompt_id", "prompt", "messages", "tags", "response", "model"})
public record Candidate(
        @JsonProperty("id") String id,
        @JsonIgnore Prompt prompt,
        @JsonProperty("response") String response,
        @JsonProperty("model") Optional<String> model,
        @JsonAnyGetter Map<String, Object> fields) {
    public Candidate {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id is missing or blank, must be a name");
        }
        Objects.requireNonNull(prompt, "prompt is missing");
        Objects.requireNonNull(response, "response is missing, must be text");
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    @JsonCreator
    static Candidate row(
            @JsonProperty("id") String id,
            @JsonProperty("prompt_id") Optional<String> promptId,
            @JsonProperty("prompt") Optional<String> prompt,
            @JsonProperty("messages") Optional<List<Message>> messages,
            @JsonProperty("tags") Optional<Map<String, String>> tags,
            @JsonProperty("response") String response,
            @JsonProperty("model") Optional<String> model,
            @JsonAnySetter Map<String, Object> fields) {
        return new Candidate(
                id,
                Prompt.of(promptId, prompt, messages, tags.orElse(Map.of())),
                response,
                model,
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
}
