package pairwright.pair;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 */
public record Pairing(PairingPolicy policy, long seed, Optional<String> labelBy) {
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
        private final List<Candidate> group = new ArrayList<>();
        private String groupStart = "";
        private long prompts;
        private long candidates;
        private long repeated;
        private long lone;
        private long identical;
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
            for (PairingPolicy.Choice choice : policy.choose(List.copyOf(group))) {
                Candidate one = group.get(choice.first());
                Candidate other = group.get(choice.second());
                if (one.response().equals(other.response())) {
                    identical++;
                    continue;
                }
                Pair pair = framing.pair(one, other);
                pairs++;
                framing.gold(pair).ifPresent(label -> labels.merge(label, 1L, Long::sum));
                sink.accept(pair);
            }
            group.clear();
        }

        PairingCounts end() {
            flush();
            long labelled = labels.values().stream().mapToLong(Long::longValue).sum();
            return new PairingCounts(
                    prompts,
                    candidates,
                    repeated,
                    lone,
                    identical,
                    pairs,
                    labels.getOrDefault(Label.A, 0L),
                    labels.getOrDefault(Label.B, 0L),
                    labels.getOrDefault(Label.TIE, 0L),
                    pairs - labelled);
        }

        @Override
        public void close() {
            candidateTexts.close();
            promptLines.close();
        }
    }
}
