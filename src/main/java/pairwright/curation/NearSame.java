package pairwright.curation;

import pairwright.jsonl.BadInput;

/**
 * Whether two texts are nearly the same: the exact Jaccard similarity of their character 5-grams, whatever their case and white space.
 *
 * @param most similarity of texts that count as different, in [0, 1]
 */
public record NearSame(double most) {
    public NearSame {
        if (!(most >= 0 && most <= 1)) {
            throw new BadInput("max_response_similarity is " + most + ", must be in [0, 1]");
        }
    }

    /** The same whichever comes first. */
    public boolean nearSame(String one, String other) {
        return LikeResponses.jaccard(one, other) > most;
    }
}
