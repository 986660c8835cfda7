package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What is asked of fitted strengths beside the strengths.
 *
 * @param bootstrapRounds 0 for no bootstrap
 * @param seed of the bootstrap and of the simulated rank intervals
 * @param slices rankings by category
 * @param shrink standard deviation of a category's strengths around the whole, above 0; estimated unless given
 * @param raters how sharply each rater tells strengths apart
 * @param elo running ratings too, for comparison
 */
public record StudySettings(
        @JsonProperty("bootstrap_rounds") int bootstrapRounds,
        @JsonProperty("seed") long seed,
        @JsonProperty("slices") boolean slices,
        @JsonProperty("shrink") Optional<Double> shrink,
        @JsonProperty("raters") boolean raters,
        @JsonProperty("elo") boolean elo) {
    /** Strengths and simultaneous ranks only. */
    public static final StudySettings PLAIN = new StudySettings(0, 1, false, Optional.empty(), false, false);

    public StudySettings {
        if (bootstrapRounds < 0) {
            throw new IllegalArgumentException("bootstrap is " + bootstrapRounds + " rounds, must be 0 or more");
        }
        if (shrink.filter(s -> !(s > 0 && s < Double.POSITIVE_INFINITY)).isPresent()) {
            throw new IllegalArgumentException("shrink is " + shrink.get() + ", must be above 0 and finite");
        }
    }
}
