package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import pairwright.candidate.Candidate;
import pairwright.curation.NearSame;
import pairwright.curation.TextSimilarity;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.pair.JudgedBefore;
import pairwright.pair.Likeness;
import pairwright.pair.ModelPair;
import pairwright.pair.PairLimits;
import pairwright.pair.Pairing;
import pairwright.pair.PairingCounts;
import pairwright.pair.PairingPolicy;
import pairwright.pair.PromptTurns;
import pairwright.pair.RoundRobin;
import pairwright.pair.SharedTurns;
import pairwright.provenance.Provenance;
import pairwright.ranking.ComparisonPlan;

/**
 * Candidates to pairs.
 *
 * @param policy as {@link PairingPolicy#named} knows it, or {@code swiss} or {@code informative}, which plan which models meet by the
 *     judgments made so far; all unless said
 * @param scoreBy a numeric field of the candidates, higher being better, for the policies that look at scores; for uncertain the
 *     rewards of one model, or of several: between commas, or as a list in one field, as score writes {@code reward_members}
 * @param maxPairs most pairs in all; every prompt gives one before any gives two
 * @param spreadOver {@code clusters} of nearly the same prompts, or {@code tags.NAME}: every one of them gives one pair before any gives two;
 *     every prompt does unless said
 * @param clusterSimilarity Jaccard similarity from which two prompts are nearly the same, .7 unless said
 * @param control pairs in all that are drawn evenly whatever the policy, marked in the field {@code arm}
 * @param judged judgments made so far, whose pairs are left out
 * @param settled probability, above 0 and below 1, at which the order of the models is known well enough and no more pairs are made
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
        @JsonProperty("spread_over") Optional<String> spreadOver,
        @JsonProperty("cluster_similarity") Optional<Double> clusterSimilarity,
        @JsonProperty("control") Optional<Long> control,
        @JsonProperty("judged") Optional<String> judged,
        @JsonProperty("settled") Optional<Double> settled,
        @JsonProperty("max_response_similarity") Optional<Double> maxResponseSimilarity,
        @JsonProperty("label_by") Optional<String> labelBy,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    /** The policies that look at judgments of all prompts. */
    private static final List<String> PLANNED = List.of("swiss", "informative");

    public PairStage {
        Required.named("pair", "in", in);
        Required.named("pair", "out", out);
        Required.limit(maxBadRows);
        boolean planned = policy.filter(PLANNED::contains).isPresent();
        if (planned && maxPairs.isEmpty()) {
            throw new BadInput("policy " + policy.get() + " plans for a number of pairs and max_pairs is not said");
        }
        if (settled.isPresent() && !(settled.get() > 0 && settled.get() < 1)) {
            throw new BadInput("settled is " + settled.get() + ", must be between 0 and 1");
        }
        if (settled.isPresent() && (judged.isEmpty() || !planned)) {
            throw new BadInput("settled needs judged, the judgments made so far, and policy swiss or informative");
        }
        if (!planned) {
            named(policy, scoreBy, 0);
        }
        maxResponseSimilarity.ifPresent(NearSame::new);
        var unused = new PairLimits(maxPairs, control.orElse(0L));
        if (SpreadOver.of(spreadOver, clusterSimilarity).isPresent() && maxPairs.isEmpty()) {
            throw new BadInput(
                    "spread_over says whose pairs come first where max_pairs leaves some out, and max_pairs is"
                            + " not said");
        }
    }

    private boolean planned() {
        return policy.filter(PLANNED::contains).isPresent();
    }

    private static PairingPolicy named(Optional<String> policy, Optional<String> scoreBy, long coin) {
        return PairingPolicy.named(policy.orElse("all"), scoreBy, new TextSimilarity()::of, coin);
    }

    private Pairing pairing(JudgedBefore before, PairLimits limits, PromptTurns turns) {
        long coin = seed.orElse(0L);
        return new Pairing(
                planned() ? new RoundRobin(Integer.MAX_VALUE, coin) : named(policy, scoreBy, coin),
                coin,
                labelBy,
                maxResponseSimilarity
                        .map(NearSame::new)
                        .<Likeness>map(near -> near::nearSame)
                        .orElse(Likeness.SAME),
                before,
                limits,
                turns);
    }

    /** Without a budget. */
    private Pairing everything(JudgedBefore before) {
        return pairing(before, PairLimits.NONE, PromptTurns.OWN);
    }

    @Override
    public List<String> inputs() {
        List<String> inputs = new ArrayList<>(List.of(in));
        judged.ifPresent(inputs::add);
        return inputs;
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        try (Output output = Output.open(out, context, inputs());
                PlannedPairs before = new PlannedPairs()) {
            if (judged.isPresent()) {
                before.read(RowInput.of(judged.get(), List.of(), context), context, output.bad());
            }
            PairLimits limits = new PairLimits(maxPairs, control.orElse(0L));
            if (planned()) {
                Map<ModelPair, Long> available = PlannedPairs.available(input, everything(before::judged));
                ComparisonPlan plan = before.plan(available);
                if (settled.filter(least -> plan.orderProbability() >= least).isPresent()) {
                    return settled(plan, output);
                }
                long budget = maxPairs.orElseThrow() - control.orElse(0L);
                limits = new PairLimits(
                        maxPairs,
                        control.orElse(0L),
                        Optional.of(
                                policy.orElseThrow().equals("swiss")
                                        ? plan.swissRound(budget, available, before.met())
                                        : plan.mostInformative(budget, available)));
            }
            Optional<SpreadOver> spread = SpreadOver.of(spreadOver, clusterSimilarity);
            if (spread.isEmpty()) {
                return paired(
                        context, input, output, before, pairing(before::judged, limits, PromptTurns.OWN), List.of());
            }
            try (SharedTurns turns = spread.get().turns(input, everything(before::judged), context.progress())) {
                return paired(
                        context,
                        input,
                        output,
                        before,
                        pairing(before::judged, limits, turns),
                        List.of(spread.get().words(turns)));
            }
        }
    }

    /** No more pairs, since the judgments made so far are enough. */
    private StageReport settled(ComparisonPlan plan, Output output) {
        Map<String, Object> facts = Map.of("ranking", plan.ranking(), "order_probability", plan.orderProbability());
        Map<String, String> files = output.commit("pairs", "pair", Json.asMap(this), seed, List.of(), facts);
        long bad = output.bad().count();
        return new StageReport(
                "pair",
                facts,
                String.format(
                        Locale.ROOT,
                        "the order of %d models is settled with a probability of at least %.3f: no more pairs",
                        plan.ranking().size(),
                        plan.orderProbability()),
                List.of(String.join(" > ", plan.ranking())),
                StageReport.aboutBadRows(output.bad()),
                files,
                bad,
                bad > maxBadRows.orElse(0L));
    }

    private StageReport paired(
            RunContext context,
            RowInput input,
            Output output,
            PlannedPairs before,
            Pairing pairing,
            List<String> lines) {
        try (RowReader<Candidate> rows = input.open(Candidate.class, output.bad());
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
            List<Provenance.Input> sources = new ArrayList<>(List.of(new Provenance.Input(in, rows.sha256())));
            before.input().ifPresent(sources::add);
            Map<String, String> files =
                    output.commit("pairs", "pair", Json.asMap(this), Optional.of(pairing.seed()), sources, Map.of());
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
            said(notes, counts.judgedBefore(), "pairs were judged already and left out");
            said(
                    notes,
                    planned() ? 0 : counts.overLimit(),
                    "pairs that the policy chose were left out, max_pairs being reached");
            said(notes, counts.unpaired(), "prompts gave no pair under policy " + policy.orElse("all"));
            if (counts.control() < control.orElse(0L)) {
                notes.add("the control has " + counts.control() + " pairs and not " + control.get()
                        + ", there being no more");
            }
            said(notes, counts.loneCandidates(), "prompts have one candidate only and make no pair");
            said(notes, counts.repeatedCandidates(), "candidates stood in the file twice and were read once");
            notes.addAll(StageReport.aboutBadRows(output.bad()));
            long bad = output.bad().count();
            return new StageReport("pair", counts, headline, lines, notes, files, bad, bad > maxBadRows.orElse(0L));
        }
    }

    private String whyNone(PairingCounts counts) {
        if (counts.judgedBefore() > 0) {
            return "no two responses are left that were not judged already or left out";
        }
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
