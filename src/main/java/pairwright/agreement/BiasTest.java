package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * One question about a judge's faults with its answer.
 *
 * @param name such as {@code position}
 * @param effect how large it is, or why it cannot be told
 * @param pValue of the hypothesis that there is none; empty where it was not tested
 * @param found whether that is rejected, so that of all that is found in one report at most 5% is expected to be false (Benjamini and
 *     Yekutieli 2001, whatever the dependence of the tests)
 * @param sentence for people
 */
public record BiasTest(
        @JsonProperty("name") String name,
        @JsonProperty("effect") Statistic effect,
        @JsonProperty("p_value") Optional<Double> pValue,
        @JsonProperty("found") boolean found,
        @JsonProperty("sentence") String sentence) {}
