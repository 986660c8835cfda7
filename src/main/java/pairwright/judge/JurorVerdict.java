package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;

/**
 * What one judge of a panel said of a pair, as it stands in the evidence of the panel's judgment.
 *
 * @param judge the juror's name in the panel
 * @param rubric name and digest of the rubric, where there was one
 * @param weight of a juror, above 0; empty for a step of a cascade
 * @param z the juror's preference score, empty when it abstained
 * @param abstention why there is no z
 * @param evidence what lies behind it, empty where there is none
 */
public record JurorVerdict(
        @JsonProperty("judge") String judge,
        @JsonProperty("rubric") Optional<String> rubric,
        @JsonProperty("weight") Optional<Double> weight,
        @JsonProperty("z") Optional<Double> z,
        @JsonProperty("abstention") Optional<Abstention> abstention,
        @JsonProperty("evidence") Optional<Evidence> evidence) {
    public JurorVerdict {
        Objects.requireNonNull(judge, "judge");
        if (z.isPresent() == abstention.isPresent()) {
            throw new IllegalArgumentException("juror " + judge + " has either z or an abstention");
        }
        z.ifPresent(Preference::new);
    }

    static JurorVerdict of(String juror, Optional<Double> weight, Judgment judgment) {
        Verdict verdict = judgment.verdict();
        return new JurorVerdict(
                juror,
                judgment.rubric(),
                weight,
                verdict instanceof Preference preference ? Optional.of(preference.z()) : Optional.empty(),
                verdict instanceof Abstention abstention ? Optional.of(abstention) : Optional.empty(),
                Optional.of(judgment.evidence()).filter(e -> !e.equals(Evidence.NONE)));
    }

    /** The preference or the abstention. */
    public Verdict verdict() {
        return z.<Verdict>map(Preference::new).orElseGet(abstention::orElseThrow);
    }
}
