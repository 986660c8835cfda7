package pairwright.dataset;

import pairwright.jsonl.Spool;

/** A rule that must see all examples before it can say of any whether it stays. */
@FunctionalInterface
interface SelectionStep {
    /**
     * Takes out of {@code survivors} what the rule leaves out. What it decides hangs on the examples, not on their order.
     *
     * @param facts of all judgments with a preference; those that are no examples have no number
     */
    void narrow(Spool<ExampleFacts> facts, Survivors survivors);
}
