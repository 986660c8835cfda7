package pairwright.pair;

import java.util.Locale;

/** Why a pair is there, where a random control arm stands beside the policy. */
public enum Arm {
    /** The policy chose it. */
    POLICY,
    /** The control drew it, evenly among all pairs. */
    CONTROL,
    /** Both did: it counts for either. */
    BOTH;

    /** The field of a pair's row that holds it. */
    public static final String FIELD = "arm";

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
