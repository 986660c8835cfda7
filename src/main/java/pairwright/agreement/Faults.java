package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A judge's own faults, against the first reference. How often its two orders agree stands in {@link OrderConsistency}.
 *
 * @param tests all questions that these rows can answer, corrected together
 * @param position which slot it favours, where it is known which response it saw first
 * @param length how its preference depends on length
 * @param selfPreference whether it takes responses of its own family, where rows hold some
 * @param stability whether it says the same when asked again, where it was
 * @param cycles whether it goes round in circles on a prompt, where it can
 * @param abstentions where it gives no preference
 * @param flaws what it makes of planted flaws
 */
public record Faults(
        @JsonProperty("tests") List<BiasTest> tests,
        @JsonProperty("position") Optional<PositionBias> position,
        @JsonProperty("length") Optional<LengthBias> length,
        @JsonProperty("self_preference") Optional<SelfPreference> selfPreference,
        @JsonProperty("stability") Optional<Stability> stability,
        @JsonProperty("cycles") Optional<Cycles> cycles,
        @JsonProperty("abstentions") AbstentionFaults abstentions,
        @JsonProperty("planted_flaws") List<PlantedFlaw> flaws) {
    public Faults {
        tests = List.copyOf(tests);
        flaws = List.copyOf(flaws);
    }
}
