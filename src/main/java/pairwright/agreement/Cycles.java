package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Judgments of one prompt that go round in a circle: a better than b, b better than c, c better than a. Responses are told apart by their
 * texts; ties and abstentions prefer nothing; of several rows with the same two texts the majority counts.
 *
 * @param prompts with three responses or more that are all compared with each other
 * @param triads of such three responses without a tie
 * @param judge share of the triads in which the judge goes round in a circle; who chooses at random does in one of four (Kendall and
 *     Babington Smith 1940)
 * @param reference the same of the reference, on the triads in which it prefers one of every two
 * @param promptsWithCycle prompts with a circle of any length
 * @param passedOver prompts with more than {@value CycleCount#MOST} responses, which are not looked at
 */
public record Cycles(
        @JsonProperty("prompts") long prompts,
        @JsonProperty("triads") long triads,
        @JsonProperty("judge") Statistic judge,
        @JsonProperty("reference") Statistic reference,
        @JsonProperty("prompts_with_cycle") long promptsWithCycle,
        @JsonProperty("passed_over") long passedOver) {}
