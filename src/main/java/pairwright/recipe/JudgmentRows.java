package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.BitSet;
import java.util.Optional;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowWriter;
import pairwright.judge.AskAgain;
import pairwright.judge.JudgeName;
import pairwright.judge.Judgment;
import pairwright.judge.Labelling;
import pairwright.judge.Preference;
import pairwright.judge.PromptCycles;
import pairwright.judge.Repeats;
import pairwright.judge.Tally;
import pairwright.pair.Pair;

/**
 * Judgments on their way into the output. Those that contradict others of their prompt show only when all are there: they are marked at the
 * end, in a second pass over the rows that is made only where there are such.
 */
final class JudgmentRows implements AutoCloseable {
    private final RowWriter rows;
    private final Labelling labelling;
    private final Tally tally;
    private final Optional<PromptCycles> cycles;
    private final Repeats repeats = new Repeats();
    private long askedAgain;
    private long answered;

    JudgmentRows(RowWriter rows, JudgeName judge, Labelling labelling) {
        this.rows = rows;
        this.labelling = labelling;
        this.tally = new Tally(labelling);
        this.cycles = mayGoRound(judge) ? Optional.of(new PromptCycles(labelling)) : Optional.empty();
    }

    /** A reward model's preferences follow the order of its rewards, so they never go round in a circle. */
    static boolean mayGoRound(JudgeName judge) {
        return !(judge instanceof JudgeName.Reward);
    }

    void write(Judgment judgment) {
        rows.write(judgment.row(labelling));
        tally.add(judgment);
        repeats.add(judgment);
        if (judgment.evidence().flags().contains(AskAgain.FLAG)) {
            askedAgain++;
            answered += judgment.verdict() instanceof Preference ? 1 : 0;
        }
        cycles.ifPresent(seen -> seen.add(judgment));
    }

    /** Marks the conflicts among the judgments of a prompt; call once, after the last row. */
    void markCycles() {
        BitSet marked = cycles.map(PromptCycles::rowsOnCycles).orElseGet(BitSet::new);
        if (!marked.isEmpty()) {
            rows.amend(marked, this::withCycle);
        }
    }

    private String withCycle(String line) {
        Judgment judgment =
                Judgment.carriedBy(Json.read(line, Pair.class)).orElseThrow(); // a row that was written as a judgment
        tally.addConflict(judgment, PromptCycles.CONFLICT);
        return Json.write(judgment.withConflict(PromptCycles.CONFLICT).row(labelling));
    }

    /** What asking several times showed; empty where nothing was asked more than once. */
    Optional<Repeats.Counts> repeats() {
        return repeats.counts();
    }

    /**
     * What asking again brought.
     *
     * @param judgments with a question that was asked again
     * @param preferences those of them that are no abstentions
     */
    record Again(
            @JsonProperty("judgments") long judgments,
            @JsonProperty("preferences") long preferences) {}

    /** Empty where nothing was asked again. */
    Optional<Again> again() {
        return askedAgain == 0 ? Optional.empty() : Optional.of(new Again(askedAgain, answered));
    }

    Tally.Counts counts() {
        return tally.counts();
    }

    @Override
    public void close() {
        cycles.ifPresent(PromptCycles::close);
    }
}
