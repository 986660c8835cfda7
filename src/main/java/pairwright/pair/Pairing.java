package pairwright.pair;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.prompt.Prompt;

/**
 * Candidates in, pairs out, one prompt at a time: memory holds the candidates of one prompt, so the rows of a prompt must
 * be adjacent.
 *
 * <p>A pair's id is {@code A-ID~B-ID}. Every other field NAME of a candidate becomes NAME_a or NAME_b; tags stay with
 * the prompt. A row whose id stood before with another text, and one whose prompt id stood before with other messages, is
 * a bad row.
 *
 * @param policy which candidates are compared
 * @param seed of the coin that makes one candidate A
 * @param labelBy a numeric field of the candidates, higher being better, whose comparison becomes the pair's
 *     {@code gold}: A, B or tie
 * @param likeness pairs of alike texts are left out; what the control draws is never one
 * @param before pairs that were judged already are left out
 * @param limits how many pairs there are in all
 * @param turns which prompts share the turns of those limits
 */
public record Pairing(
        PairingPolicy policy,
        long seed,
        Optional<String> labelBy,
        Likeness likeness,
        JudgedBefore before,
        PairLimits limits,
        PromptTurns turns) {
    /** Of all that a policy chooses but identical texts. */
    public Pairing(PairingPolicy policy, long seed, Optional<String> labelBy) {
        this(policy, seed, labelBy, Likeness.SAME, JudgedBefore.NOTHING, PairLimits.NONE, PromptTurns.OWN);
    }

    /** The id of a pair of these two, the first being A. */
    public static String id(Candidate a, Candidate b) {
        return Framing.id(a, b);
    }

    /**
     * Pairs all rows.
     *
     * @throws BadInput if the rows of a prompt are not adjacent; pairs before it are already in {@code sink}
     */
    public PairingCounts pair(RowReader<Candidate> rows, Consumer<Pair> sink) {
        try (Run run = new Run(rows, sink, Optional.empty())) {
            return run.all();
        }
    }

    /**
     * What the best pair of each prompt tells, in [0, 1], or 0 where the policy does not know; nothing of prompts that give no pair.
     *
     * @throws BadInput as {@link #pair}
     */
    public void survey(RowReader<Candidate> rows, BiConsumer<Prompt, Double> sink) {
        try (Run run = new Run(rows, pair -> {}, Optional.of(sink))) {
            var unused = run.all();
        }
    }

    private final class Run implements AutoCloseable {
        private final RowReader<Candidate> rows;
        private final Consumer<Pair> sink;
        private final Optional<BiConsumer<Prompt, Double>> survey;
        private final Framing framing = new Framing(seed, labelBy);
        private final DiskIndex candidateTexts = DiskIndex.temporary();
        private final DiskIndex promptLines = DiskIndex.temporary();
        private final LimitedPairs limited = new LimitedPairs(limits);
        private final PairOffers offers = new PairOffers(Pairing.this, framing, limited);
        private final List<Candidate> group = new ArrayList<>();
        private String groupStart = "";
        private long prompts;
        private long candidates;
        private long repeated;
        private long lone;
        private long identical;
        private long alike;
        private long judged;
        private long unpaired;
        private long chosen;
        private long control;
        private long controlAlone;
        private final Map<Label, Long> labels = new EnumMap<>(Label.class);
        private long pairs;

        Run(RowReader<Candidate> rows, Consumer<Pair> sink, Optional<BiConsumer<Prompt, Double>> survey) {
            this.rows = rows;
            this.sink = sink;
            this.survey = survey;
        }

        PairingCounts all() {
            while (rows.hasNext()) {
                read(rows.next());
            }
            return end();
        }

        void read(Row<Candidate> row) {
            Candidate candidate = row.value();
            boolean sameGroup = !group.isEmpty()
                    && group.get(0).prompt().id().equals(candidate.prompt().id());
            Optional<String> refusal = refusal(candidate, sameGroup);
            if (refusal.isPresent()) {
                rows.refuse(row, refusal.get());
                return;
            }
            String text = row.where() + " "
                    + Digests.sha256(candidate.prompt().id() + "\n" + Json.write(candidate.response()));
            Optional<String> before = candidateTexts.putIfAbsent(candidate.id(), text);
            if (before.isPresent()) {
                int cut = before.get().lastIndexOf(' ');
                if (before.get().endsWith(text.substring(text.lastIndexOf(' ')))) {
                    repeated++;
                } else {
                    rows.refuse(
                            row,
                            "id " + candidate.id() + " stood already at "
                                    + before.get().substring(0, cut)
                                    + " with another prompt or text, must be unique");
                }
                return;
            }
            if (!sameGroup) {
                flush();
                start(row);
            }
            group.add(candidate);
            candidates++;
        }

        private Optional<String> refusal(Candidate candidate, boolean sameGroup) {
            if (sameGroup
                    && !group.get(0)
                            .prompt()
                            .messages()
                            .equals(candidate.prompt().messages())) {
                return Optional.of("prompt " + candidate.prompt().id() + " has other messages than at " + groupStart
                        + ", must have the same");
            }
            try {
                framing.quality(candidate);
                policy.check(candidate);
                return Optional.empty();
            } catch (BadInput e) {
                return Optional.of(e.getMessage());
            }
        }

        private void start(Row<Candidate> row) {
            String prompt = row.value().prompt().id();
            Optional<String> before = promptLines.putIfAbsent(prompt, row.where());
            if (before.isPresent()) {
                throw new BadInput(
                        row.where() + ": prompt " + prompt + " stood already at " + before.get()
                                + " and other prompts lie between; the rows of a prompt must be adjacent: sort the file by prompt");
            }
            groupStart = row.where();
            prompts++;
        }

        private void flush() {
            if (group.isEmpty()) {
                return;
            }
            if (group.size() == 1) {
                lone++;
            }
            List<Candidate> all = List.copyOf(group);
            List<PairingPolicy.Choice> choices = policy.choose(all);
            if (group.size() > 1 && choices.isEmpty()) {
                unpaired++;
            }
            List<PairingPolicy.Choice> good = new ArrayList<>();
            for (PairingPolicy.Choice choice : choices) {
                if (all.get(choice.first())
                        .response()
                        .equals(all.get(choice.second()).response())) {
                    identical++;
                } else if (before.judged(all.get(choice.first()), all.get(choice.second()))) {
                    judged++;
                } else if (likeness.alike(
                        all.get(choice.first()).response(),
                        all.get(choice.second()).response())) {
                    alike++;
                } else {
                    good.add(choice);
                }
            }
            chosen += good.size();
            if (survey.isPresent()) {
                offers.most(all, good)
                        .ifPresent(tells -> survey.get().accept(all.get(0).prompt(), tells));
            } else if (limits.none()) {
                good.forEach(choice -> write(framing.pair(all.get(choice.first()), all.get(choice.second()))));
            } else {
                offers.offer(all, good);
            }
            group.clear();
        }

        private void write(Pair pair) {
            pairs++;
            Object arm = limits.control() == 0 ? null : pair.fields().get(Arm.FIELD);
            if (Arm.CONTROL.toString().equals(arm) || Arm.BOTH.toString().equals(arm)) {
                control++;
            }
            if (Arm.CONTROL.toString().equals(arm)) {
                controlAlone++;
            }
            framing.gold(pair).ifPresent(label -> labels.merge(label, 1L, Long::sum));
            sink.accept(pair);
        }

        PairingCounts end() {
            flush();
            limited.keep(this::write);
            long labelled = labels.values().stream().mapToLong(Long::longValue).sum();
            return new PairingCounts(
                    prompts,
                    candidates,
                    repeated,
                    lone,
                    identical,
                    alike,
                    judged,
                    unpaired,
                    chosen - (pairs - controlAlone),
                    pairs,
                    control,
                    labels.getOrDefault(Label.A, 0L),
                    labels.getOrDefault(Label.B, 0L),
                    labels.getOrDefault(Label.TIE, 0L),
                    pairs - labelled);
        }

        @Override
        public void close() {
            candidateTexts.close();
            promptLines.close();
            limited.close();
        }
    }
}
