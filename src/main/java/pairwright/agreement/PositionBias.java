package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Which slot a judge favours. Where it was asked in both orders, this is an experiment: the same texts in other places. Where it saw one
 * order only, it can but be compared with the reference.
 *
 * @param rows with a score of both orders
 * @param prompts of these
 * @param shift mean over them of (p(AB) - p(BA)) / 2, p for {@code response_a}: how much z an order adds to the slot shown first,
 *     in [-0.5, 0.5]; below 0 it favours the second
 * @param oneOrder over the rows with one order, the leaning to the response shown first
 */
public record PositionBias(
        @JsonProperty("rows") long rows,
        @JsonProperty("prompts") PromptCount prompts,
        @JsonProperty("shift") Statistic shift,
        @JsonProperty("one_order") Optional<Leaning> oneOrder) {}
