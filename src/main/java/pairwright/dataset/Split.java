package pairwright.dataset;

import pairwright.jsonl.Digests;

/**
 * Which side of the dataset a prompt is on. The messages decide, not the id, so two prompts that ask the same are never
 * on both sides; and nothing but the seed and the messages decides, so a prompt stays on its side when others come.
 *
 * @param testFraction expected share of prompts on the test side, in [0, 1)
 */
record Split(double testFraction, long seed) {
    enum Side {
        TRAIN,
        TEST
    }

    /** The side of a prompt, by the digest of its messages. */
    Side of(String messagesDigest) {
        return Digests.uniform(seed, "split", messagesDigest) < testFraction ? Side.TEST : Side.TRAIN;
    }
}
