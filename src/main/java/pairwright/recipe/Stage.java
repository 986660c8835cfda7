package pairwright.recipe;

import java.util.List;
import java.util.Optional;
import pairwright.jsonl.Where;

/** One command with its settings. */
public sealed interface Stage
        permits GenerateStage,
                CandidatesStage,
                AskStage,
                InstructStage,
                ContrastStage,
                PairStage,
                PromptsStage,
                CleanStage,
                JudgeStage,
                BiasStage,
                FitStage,
                ScoreStage,
                EvaluateStage,
                ExplainStage,
                ExportStage,
                CheckStage,
                ConvertStage,
                AgreeStage,
                RankStage {
    /**
     * Reads its inputs, writes its outputs whole or not at all, and says what came of it.
     *
     * @throws pairwright.jsonl.BadInput when an input or a setting cannot be used
     * @throws pairwright.llm.ProviderRefused when a provider refuses every call
     * @throws InterruptedException when the run is being stopped
     */
    StageReport run(RunContext context) throws InterruptedException;

    /** What it reads, as named in its settings. */
    List<String> inputs();

    /** The file that keeps replies, where it is named. */
    default Optional<String> ledger() {
        return Optional.empty();
    }

    /** Which rows it takes, as {@code FIELD=VALUE}. */
    Optional<List<String>> where();

    /**
     * Looks at the settings alone, before anything is read or asked.
     *
     * @throws pairwright.jsonl.BadInput or IllegalArgumentException naming the setting
     */
    default void check() {
        where().ifPresent(wanted -> wanted.forEach(Where::parse));
    }

    /**
     * Looks at settings that lie in files of their own, before the first stage of a recipe runs.
     *
     * @throws pairwright.jsonl.BadInput naming the file
     */
    default void checkFiles(Places places) {}

    /** What it writes, as named in its settings. */
    String out();

    /** Everything that later stages may read by the name in its settings, {@link #out} first. */
    default List<String> writes() {
        return List.of(out());
    }

    /** Whether what it writes are rows, rather than a report for people to read. */
    default boolean writesRows() {
        return true;
    }
}
