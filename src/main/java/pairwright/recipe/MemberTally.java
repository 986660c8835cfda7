package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import pairwright.judge.Evidence;
import pairwright.judge.Judgment;
import pairwright.judge.JurorVerdict;
import pairwright.judge.Labelling;
import pairwright.judge.Tally;
import pairwright.judge.Trial;
import pairwright.pair.Pair;

/** What one member of a panel said, and the tokens that it took. */
final class MemberTally {
    private final String name;
    private final Tally tally;
    private long decided;
    private long promptTokens;
    private long completionTokens;

    MemberTally(String name, Labelling labels) {
        this.name = name;
        this.tally = new Tally(labels);
    }

    void add(Pair pair, JurorVerdict said, boolean decides) {
        tally.add(new Judgment(
                pair, name, said.rubric(), said.verdict(), said.evidence().orElse(Evidence.NONE)));
        decided += decides ? 1 : 0;
        said.evidence().ifPresent(this::count);
    }

    private void count(Evidence evidence) {
        for (Trial trial : evidence.trials()) {
            promptTokens += trial.promptTokens().orElse(0L);
            completionTokens += trial.completionTokens().orElse(0L);
        }
        evidence.jurors().forEach(inner -> inner.evidence().ifPresent(this::count));
    }

    /**
     * The sums.
     *
     * @param judge the member's name in the panel
     * @param judgments what it said of the pairs that it was asked about
     * @param decided pairs whose verdict is its own: of a step of a cascade
     * @param promptTokens of the calls behind its judgments, paid now or before
     * @param completionTokens of their replies
     * @param costShare its share of what the calls behind all members' judgments cost, in [0, 1]; empty where a price is unknown
     */
    record Counts(
            @JsonProperty("judge") String judge,
            @JsonProperty("judgments") Tally.Counts judgments,
            @JsonProperty("decided") Optional<Long> decided,
            @JsonProperty("prompt_tokens") long promptTokens,
            @JsonProperty("completion_tokens") long completionTokens,
            @JsonProperty("cost_share") Optional<Double> costShare) {}

    Counts counts(boolean cascade, Optional<Double> costShare) {
        return new Counts(
                name,
                tally.counts(),
                cascade ? Optional.of(decided) : Optional.empty(),
                promptTokens,
                completionTokens,
                costShare);
    }

    long promptTokens() {
        return promptTokens;
    }

    long completionTokens() {
        return completionTokens;
    }
}
