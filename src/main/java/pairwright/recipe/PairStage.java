package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.candidate.Candidate;
import pairwright.curation.NearSame;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.pair.Likeness;
import pairwright.pair.PairLimits;
import pairwright.pair.Pairing;
import pairwright.pair.PairingCounts;
import pairwright.pair.PairingPolicy;
import pairwright.pair.ScoreField;
import pairwright.provenance.Provenance;

/**
 * Candidates to pairs.
 *
 * @param policy as {@link PairingPolicy#named} knows it; all unless said
 * @param scoreBy a numeric field of the candidates, higher being better, for the policies that look at scores
 * @param maxPairs most pairs in all; every prompt gives one before any gives two
 * @param control pairs in all that are drawn evenly whatever the policy, marked in the field {@code arm}
 * @param maxResponseSimilarity most that the two responses of a pair may be alike; unless said only identical ones are left out
 * @param labelBy a numeric field of the candidates, higher being better, from which each pair gets its {@code gold} label
 * @param maxBadRows number of bad rows above which the stage counts as short
 */
public record PairStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("policy") Optional<String> policy,
        @JsonProperty("score_by") Optional<String> scoreBy,
        @JsonProperty("max_pairs") Optional<Long> maxPairs,
        @JsonProperty("control") Optional<Long> control,
        @JsonProperty("max_response_similarity") Optional<Double> maxResponseSimilarity,
        @JsonProperty("label_by") Optional<String> labelBy,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    public PairStage {
        Required.named("pair", "in", in);
        Required.named("pair", "out", out);
        Required.limit(maxBadRows);
        var unused = pairing(policy, scoreBy, maxPairs, control, maxResponseSimilarity, labelBy, 0);
    }

    private static Pairing pairing(
            Optional<String> policy,
            Optional<String> scoreBy,
            Optional<Long> maxPairs,
            Optional<Long> control,
            Optional<Double> maxResponseSimilarity,
            Optional<String> labelBy,
            long seed) {
        return new Pairing(
                PairingPolicy.named(policy.orElse("all"), scoreBy, seed),
                seed,
                labelBy,
                scoreBy.map(ScoreField::new),
                maxResponseSimilarity
                        .map(NearSame::new)
                        .<Likeness>map(near -> near::nearSame)
                        .orElse(Likeness.SAME),
                new PairLimits(maxPairs, control.orElse(0L)));
    }

    @Override
    public List<String> inputs() {
        return List.of(in);
    }

    @Override
    public StageReport run(RunContext context) {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        Pairing pairing =
                pairing(policy, scoreBy, maxPairs, control, maxResponseSimilarity, labelBy, seed.orElse(0L));
        try (Output output = Output.open(out, context, List.of(in));
                RowReader<Candidate> rows = input.open(Candidate.class, output.bad());
                Progress.Meter meter = context.progress().start("pair", -1)) {
            PairingCounts counts = pairing.pair(rows, pair -> {
                output.rows().write(pair);
                meter.at(output.rows().count(), "");
            });
            if (counts.pairs() == 0 && counts.candidates() > 0) {
                throw new BadInput(in + ": " + whyNone(counts) + " among its " + counts.candidates()
                        + " candidates of " + counts.prompts()
                        + " prompts, so there is no pair; no pairs were written");
            }
            if (counts.pairs() == 0) {
                throw Required.noRows(in, rows, output.bad());
            }
            if (labelBy.isPresent() && counts.unlabelled() == counts.pairs()) {
                throw new BadInput("label_by is " + labelBy.get() + ": no pair has two candidates with a number in that"
                        + " field of " + in + ", so none could be labelled; check its name, or leave the labels out;"
                        + " nothing was written");
            }
            Map<String, String> files = output.commit(
                    "pairs",
                    "pair",
                    Json.asMap(this),
                    Optional.of(pairing.seed()),
                    List.of(new Provenance.Input(in, rows.sha256())),
                    Map.of());
            String headline = (counts.candidates() + " candidates of " + counts.prompts() + " prompts: "
                    + counts.pairs()
                    + " pairs"
                    + (counts.control() > 0 ? ", " + counts.control() + " of them the control's" : "")
                    + labelBy.map(field -> ", labelled by " + field + ": A " + counts.first() + ", B " + counts.second()
                                    + ", tie " + counts.ties() + ", none " + counts.unlabelled())
                            .orElse(""));
            List<String> notes = new ArrayList<>();
            said(notes, counts.identicalTexts(), "pairs of identical texts were left out");
            said(notes, counts.alikeTexts(), "pairs of nearly the same texts were left out");
            said(notes, counts.overLimit(), "pairs that the policy chose were left out, max_pairs being reached");
            said(notes, counts.unpaired(), "prompts gave no pair under policy " + policy.orElse("all"));
            if (counts.control() < control.orElse(0L)) {
                notes.add("the control has " + counts.control() + " pairs and not " + control.get()
                        + ", there being no more");
            }
            said(notes, counts.loneCandidates(), "prompts have one candidate only and make no pair");
            said(notes, counts.repeatedCandidates(), "candidates stood in the file twice and were read once");
            notes.addAll(StageReport.aboutBadRows(output.bad()));
            long bad = output.bad().count();
            return new StageReport("pair", counts, headline, List.of(), notes, files, bad, bad > maxBadRows.orElse(0L));
        }
    }

    private String whyNone(PairingCounts counts) {
        if (counts.unpaired() > 0) {
            return "policy " + policy.orElse("all") + " finds no two to compare"
                    + scoreBy.map(field -> " by " + field).orElse("");
        }
        return counts.alikeTexts() > 0
                ? "no prompt has two responses that are less alike than " + maxResponseSimilarity.orElse(1.)
                : "no prompt has two different responses";
    }

    private static void said(List<String> lines, long count, String what) {
        if (count > 0) {
            lines.add(count + " " + what);
        }
    }
}
