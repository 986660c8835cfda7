package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What was said of one criterion that was asked by itself.
 *
 * @param weight as the rubric declares it
 * @param z in [0, 1]; empty when the judge abstained
 * @param abstention why there is no z
 */
public record CriterionVerdict(
        @JsonProperty("criterion") String criterion,
        @JsonProperty("weight") double weight,
        @JsonProperty("z") Optional<Double> z,
        @JsonProperty("abstention") Optional<Abstention> abstention) {
    public CriterionVerdict {
        if (z.isPresent() == abstention.isPresent()) {
            throw new IllegalArgumentException("a criterion has either z or an abstention");
        }
        z.ifPresent(Preference::new);
    }

    static CriterionVerdict of(String criterion, double weight, Verdict verdict) {
        return verdict instanceof Preference preference
                ? new CriterionVerdict(criterion, weight, Optional.of(preference.z()), Optional.empty())
                : new CriterionVerdict(criterion, weight, Optional.empty(), Optional.of((Abstention) verdict));
    }
}
