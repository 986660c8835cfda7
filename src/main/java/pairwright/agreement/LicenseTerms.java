package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import pairwright.jsonl.BadInput;

/**
 * What a judge must show to be licensed. All of it is fixed before a label is seen; only the risk and what a person's cost is worth are
 * the user's choice, the rest is the same for everybody.
 *
 * @param target how often it may be wrong where it is used
 * @param epsilon of the alt-test: .1 beside a crowd, .15 beside skilled people, .2 beside experts
 * @param fewestRows labelled rows
 * @param fewestPrompts their prompts
 * @param mostAbstentions share of rows without a preference
 * @param leastConsistency lower end of the interval of the share of rows with the same label in both orders
 * @param worseThanPerson how far its agreement with the other people may lie below that of a person
 */
public record LicenseTerms(
        @JsonProperty("risk") RiskTarget target,
        @JsonProperty("epsilon") double epsilon,
        @JsonProperty("fewest_rows") int fewestRows,
        @JsonProperty("fewest_prompts") int fewestPrompts,
        @JsonProperty("most_abstentions") double mostAbstentions,
        @JsonProperty("least_consistency") double leastConsistency,
        @JsonProperty("worse_than_person") double worseThanPerson) {
    public static final double DEFAULT_EPSILON = .1;

    public LicenseTerms {
        if (!AltTest.EPSILONS.contains(epsilon)) {
            throw new BadInput("epsilon is " + epsilon + ", must be one of " + AltTest.EPSILONS
                    + ": beside a crowd, skilled people, experts");
        }
    }

    public static LicenseTerms of(RiskTarget target, double epsilon) {
        return new LicenseTerms(target, epsilon, 100, 30, .05, .75, .05);
    }
}
