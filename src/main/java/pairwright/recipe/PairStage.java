package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.pair.Pairing;
import pairwright.pair.PairingCounts;
import pairwright.pair.PairingPolicy;
import pairwright.provenance.Provenance;

/**
 * Candidates to pairs.
 *
 * @param policy {@code all} or {@code random:N}; all unless said
 * @param labelBy a numeric field of the candidates, higher being better, from which each pair gets its {@code gold} label
 * @param maxBadRows number of bad rows above which the stage counts as short
 */
public record PairStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("policy") Optional<String> policy,
        @JsonProperty("label_by") Optional<String> labelBy,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    public PairStage {
        Required.named("pair", "in", in);
        Required.named("pair", "out", out);
        PairingPolicy.named(policy.orElse("all"), 0);
        Required.limit(maxBadRows);
    }

    @Override
    public List<String> inputs() {
        return List.of(in);
    }

    @Override
    public StageReport run(RunContext context) {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        Pairing pairing =
                new Pairing(PairingPolicy.named(policy.orElse("all"), seed.orElse(0L)), seed.orElse(0L), labelBy);
        try (Output output = Output.open(out, context, List.of(in));
                RowReader<Candidate> rows = input.open(Candidate.class, output.bad());
                Progress.Meter meter = context.progress().start("pair", -1)) {
            PairingCounts counts = pairing.pair(rows, pair -> {
                output.rows().write(pair);
                meter.at(output.rows().count(), "");
            });
            if (counts.pairs() == 0 && counts.candidates() > 0) {
                throw new BadInput(in + ": no prompt has two different responses among its " + counts.candidates()
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
                    + labelBy.map(field -> ", labelled by " + field + ": A " + counts.first() + ", B " + counts.second()
                                    + ", tie " + counts.ties() + ", none " + counts.unlabelled())
                            .orElse(""));
            List<String> notes = new ArrayList<>();
            said(notes, counts.identicalTexts(), "pairs of identical texts were left out");
            said(notes, counts.loneCandidates(), "prompts have one candidate only and make no pair");
            said(notes, counts.repeatedCandidates(), "candidates stood in the file twice and were read once");
            notes.addAll(StageReport.aboutBadRows(output.bad()));
            long bad = output.bad().count();
            return new StageReport("pair", counts, headline, List.of(), notes, files, bad, bad > maxBadRows.orElse(0L));
        }
    }

    private static void said(List<String> lines, long count, String what) {
        if (count > 0) {
            lines.add(count + " " + what);
        }
    }
}
