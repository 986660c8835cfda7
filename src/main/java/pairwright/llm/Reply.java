package pairwright.llm;

/** What came of asking. A refusal by the model is a {@link Completion} (it is a fact); a {@link Failure} brought no reply at all. */
public sealed interface Reply permits Completion, Failure {}
