package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A person, or all of them in turn, beside the judge: how often each agrees with the vote of the other people on the same rows.
 *
 * @param person the name, or {@code everyone} for all together
 * @param rows rows with a label of the person, a vote of others, and one of the judge as the settings count it
 * @param human accuracy of the person left out: the ceiling
 * @param judge accuracy of the judge
 * @param difference the judge's less the person's
 */
public record LeftOut(
        @JsonProperty("person") String person,
        @JsonProperty("rows") long rows,
        @JsonProperty("human") Statistic human,
        @JsonProperty("judge") Statistic judge,
        @JsonProperty("difference") Statistic difference) {}
