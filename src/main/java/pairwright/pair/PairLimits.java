package pairwright.pair;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.BadInput;

/**
 * How many pairs there are in all.
 *
 * @param most pairs, control and policy together; where more are chosen every prompt gives one before any gives two, and so on, and a
 *     seeded draw decides which. None: all that the policy chooses
 * @param control pairs drawn evenly whatever the policy, so that what it does can be told; 0 for none
 * @param meetings how often two models meet, the control not counted; two models that are not named never meet. None: as often as the policy
 *     says
 */
public record PairLimits(Optional<Long> most, long control, Optional<Map<ModelPair, Long>> meetings) {
    /** All that a policy chooses, and no control. */
    public static final PairLimits NONE = new PairLimits(Optional.empty(), 0);

    /** With no word on how often models meet. */
    public PairLimits(Optional<Long> most, long control) {
        this(most, control, Optional.empty());
    }

    public PairLimits {
        meetings = meetings.map(TreeMap::new);
        if (most.isPresent() && most.get() < 1) {
            throw new BadInput("max_pairs is " + most.get() + ", must be at least 1");
        }
        if (most.isPresent() && most.get() > 1L << 28) {
            throw new BadInput("max_pairs is " + most.get() + ", must be at most " + (1L << 28)
                    + "; leave it out to keep all pairs");
        }
        if (!(control >= 0 && control <= 1L << 28)) {
            throw new BadInput("control is " + control + ", must be in [0, " + (1L << 28) + "]");
        }
        if (most.isPresent() && control > most.get()) {
            throw new BadInput("control is " + control + ", must be at most max_pairs, which is " + most.get()
                    + " and counts both");
        }
    }

    boolean none() {
        return most.isEmpty() && control == 0 && meetings.isEmpty();
    }
}
