package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import pairwright.prompt.Message;

/**
 * What one call shows the judge, every text as it is to be shown.
 *
 * @param conversation what both responses answer
 * @param first the response shown first
 * @param reference a reference answer, where there is one and the rubric wants it
 * @param demonstrations worked examples
 * @param criterion the one criterion that is asked; empty when the question is the overall one
 */
public record Shown(
        @JsonProperty("conversation") List<Message> conversation,
        @JsonProperty("first") String first,
        @JsonProperty("second") String second,
        @JsonProperty("reference") Optional<String> reference,
        @JsonProperty("demonstrations") List<Demonstration> demonstrations,
        @JsonProperty("criterion") Optional<Criterion> criterion) {
    public Shown {
        conversation = List.copyOf(conversation);
        demonstrations = List.copyOf(demonstrations);
    }
}
