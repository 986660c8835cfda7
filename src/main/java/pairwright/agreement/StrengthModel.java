package pairwright.agreement;

import java.util.List;
import java.util.Map;

/** Says from contests how strong each generator is. Whoever measures agreement brings one; this room knows none. */
@FunctionalInterface
public interface StrengthModel {
    /** No strengths are wanted. */
    StrengthModel NONE = contests -> new Undetermined("no strengths were fitted");

    Answer of(List<Contest> contests);

    /**
     * Two generators on one prompt.
     *
     * @param firstWins 1 if the first one won, 0 if the second, one half for a tie
     * @param prompt what contests of one prompt share
     */
    record Contest(String first, String second, double firstWins, String prompt) {}

    /** What came of it. */
    sealed interface Answer permits Determined, Undetermined {}

    /** @param strengths of every generator: log odds, their mean 0 */
    record Determined(Map<String, Estimate> strengths) implements Answer {
        public Determined {
            strengths = Map.copyOf(strengths);
        }
    }

    /** @param reason in words */
    record Undetermined(String reason) implements Answer {}
}
