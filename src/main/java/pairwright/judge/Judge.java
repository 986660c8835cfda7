package pairwright.judge;

import pairwright.pair.Pair;

/** Anything that can say which of two responses is better: a language model, a person, a file of verdicts, a reward model. */
@FunctionalInterface
public interface Judge {
    /**
     * Judges one pair. Safe for calls from several threads at once.
     *
     * @throws InterruptedException when the run is being stopped
     */
    Judgment judge(Pair pair) throws InterruptedException;
}
