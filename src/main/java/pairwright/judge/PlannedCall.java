package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import pairwright.llm.Request;
import pairwright.pair.Order;

/**
 * A call that a judge would make.
 *
 * @param criterion the one that is asked by itself; empty where the question is the overall one
 * @param step 1, or 2 where the reasoning was asked for in a call before
 * @param request as sent, unless a reply that is cut short is asked for again with more tokens; in step 2 the reasoning is
 *     {@link Questions#RATIONALE_TO_COME}
 */
public record PlannedCall(
        @JsonProperty("order") Order order,
        @JsonProperty("sample") int sample,
        @JsonProperty("criterion") Optional<String> criterion,
        @JsonProperty("step") int step,
        @JsonProperty("request") Request request) {}
