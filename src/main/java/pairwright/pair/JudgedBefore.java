package pairwright.pair;

import pairwright.candidate.Candidate;

/** Whether two candidates were compared already, so that nobody asks again. */
@FunctionalInterface
public interface JudgedBefore {
    /** Nothing was. */
    JudgedBefore NOTHING = (one, other) -> false;

    /** The same whichever of the two comes first. */
    boolean judged(Candidate one, Candidate other);
}
