package pairwright.pair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;

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
 * @param scoreBy the fields that the policy looks at; a row in which a value is no number is a bad row
 * @param likeness pairs of alike texts are left out; what the control draws is never one
 * @param before pairs that were judged already are left out
 * @param limits how many pairs there are in all
 */
public record Pairing(
        PairingPolicy policy,
        long seed,
        Optional<String> labelBy,
        List<ScoreField> scoreBy,
        Likeness likeness,
        JudgedBefore before,
        PairLimits limits) {
    private static final double LN_2 = Math.log(2);
    /** How much of a number is drawn where the rest of it is what a pair tells. */
    private static final double DRAWN = 1e-6;

    /** Of all that a policy chooses but identical texts. */
    public Pairing(PairingPolicy policy, long seed, Optional<String> labelBy) {
        this(policy, seed, labelBy, List.of(), Likeness.SAME, JudgedBefore.NOTHING, PairLimits.NONE);
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
        try (Run run = new Run(rows, sink)) {
            while (rows.hasNext()) {
                run.read(rows.next());
            }
            return run.end();
        }
    }

    private final class Run implements AutoCloseable {
        private final RowReader<Candidate> rows;
        private final Consumer<Pair> sink;
        private final Framing framing = new Framing(seed, labelBy);
        private final DiskIndex candidateTexts = DiskIndex.temporary();
        private final DiskIndex promptLines = DiskIndex.temporary();
        private final LimitedPairs limited = new LimitedPairs(limits);
        private final Draw order = new Draw(seed, "order within a prompt");
        private final Draw across = new Draw(seed, "order across prompts");
        private final Draw controlOrder = new Draw(seed, "control within a prompt");
        private final Draw controlAcross = new Draw(seed, "control across prompts");
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

        Run(RowReader<Candidate> rows, Consumer<Pair> sink) {
            this.rows = rows;
            this.sink = sink;
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
                scoreBy.forEach(field -> field.of(candidate));
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
                } else if (alike(all, choice)) {
                    alike++;
                } else {
                    good.add(choice);
                }
            }
            chosen += good.size();
            if (limits.none()) {
                good.forEach(choice -> write(framing.pair(all.get(choice.first()), all.get(choice.second()))));
            } else {
                offer(all, good);
            }
            group.clear();
        }

        private boolean alike(List<Candidate> all, PairingPolicy.Choice choice) {
            return likeness.alike(
                    all.get(choice.first()).response(), all.get(choice.second()).response());
        }

        /** A pair's number is its place among those of its prompt, and behind the point a draw among all of that place. */
        private void offer(List<Candidate> all, List<PairingPolicy.Choice> good) {
            Map<PairingPolicy.Choice, Double> wanted = new TreeMap<>(Choices.IN_ORDER);
            for (PairingPolicy.Choice choice : inTurn(good, all)) {
                wanted.put(choice, wanted.size() + number(all.get(choice.first()), all.get(choice.second())));
            }
            Map<PairingPolicy.Choice, Double> drawn = new TreeMap<>(Choices.IN_ORDER);
            for (PairingPolicy.Choice choice : controlChoices(all)) {
                double number = drawn.size() + controlAcross.number(all.get(choice.first()), all.get(choice.second()));
                // Higher places have higher numbers, so that none of them is wanted where a whole place is not.
                if (!limited.controlAdmits(drawn.size())) {
                    break;
                }
                if (!before.judged(all.get(choice.first()), all.get(choice.second())) && !alike(all, choice)) {
                    drawn.put(choice, number);
                }
            }
            Set<PairingPolicy.Choice> either = new TreeSet<>(Choices.IN_ORDER);
            either.addAll(wanted.keySet());
            either.addAll(drawn.keySet());
            for (PairingPolicy.Choice choice : either) {
                limited.offer(new LimitedPairs.Offer(
                        framing.pair(all.get(choice.first()), all.get(choice.second())),
                        Optional.ofNullable(wanted.get(choice)),
                        Optional.ofNullable(drawn.get(choice))));
            }
        }

        /** What tells most first, where the policy knows that; else as drawn. */
        private List<PairingPolicy.Choice> inTurn(List<PairingPolicy.Choice> good, List<Candidate> all) {
            return order.lowest(Long.MAX_VALUE, good, all).stream()
                    .sorted(Comparator.comparingDouble((PairingPolicy.Choice choice) -> -policy.information(
                                    all.get(choice.first()), all.get(choice.second()))
                            .orElse(0.)))
                    .toList();
        }

        /** In [0, 1): low for what tells much; a draw decides where that is the same. */
        private double number(Candidate one, Candidate other) {
            double draw = across.number(one, other);
            return policy.information(one, other)
                    .map(nats -> (1 - DRAWN) * (1 - nats / LN_2) + DRAWN * draw)
                    .orElse(draw);
        }

        private List<PairingPolicy.Choice> controlChoices(List<Candidate> all) {
            if (limits.control() == 0 || !limited.controlAdmits(0)) {
                return List.of();
            }
            return controlOrder.lowest(Long.MAX_VALUE, Choices.different(all), all);
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
