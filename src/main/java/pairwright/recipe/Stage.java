package pairwright.recipe;

/** One command with its settings. */
public sealed interface Stage
        permits GenerateStage, PairStage, JudgeStage, FitStage, ScoreStage, ExportStage, AgreeStage {
    /**
     * Reads its inputs, writes its outputs whole or not at all, and says what came of it.
     *
     * @throws pairwright.jsonl.BadInput when an input or a setting cannot be used
     * @throws pairwright.llm.ProviderRefused when a provider refuses every call
     * @throws InterruptedException when the run is being stopped
     */
    StageReport run(Workplace workplace) throws InterruptedException;

    /**
     * Looks for mistakes in the settings, so that they show before an earlier stage has worked or paid.
     *
     * @throws pairwright.jsonl.BadInput for the first one
     */
    default void check() {}

    /** What it writes, as named in its settings. */
    String out();
}
