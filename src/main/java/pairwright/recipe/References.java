package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import pairwright.agreement.DrawnRow;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.Abstention;
import pairwright.judge.Evidence;
import pairwright.judge.Judge;
import pairwright.judge.JudgeName;
import pairwright.judge.Judgment;
import pairwright.judge.LabelJudge;
import pairwright.judge.Preference;
import pairwright.judge.Verdict;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;

/** What the judge of a row is compared with: labels of the same row, or judgments of another file with the same id. */
interface References extends AutoCloseable {
    Given of(Pair pair) throws InterruptedException;

    /**
     * What a row is compared with.
     *
     * @param references each by itself
     * @param voters people whose labels become one more reference
     */
    record Given(List<Judgment> references, List<Judgment> voters) {
        static final Given NONE = new Given(List.of(), List.of());

        boolean isEmpty() {
            return voters.isEmpty()
                    && references.stream()
                            .allMatch(
                                    r -> r.verdict() instanceof Abstention a && a.reason() == Abstention.Reason.ABSENT);
        }

        static Given of(Optional<JudgeName> name, Judge reference, Pair pair) throws InterruptedException {
            if (name.isPresent() && name.get() instanceof JudgeName.EveryHuman) {
                List<Judgment> people = LabelJudge.everyHuman(pair);
                return new Given(people, people);
            }
            return name.isPresent() && name.get() instanceof JudgeName.Majority
                    ? new Given(List.of(), LabelJudge.everyHuman(pair))
                    : new Given(List.of(reference.judge(pair)), List.of());
        }
    }

    /** What to say of rows that have no partner in the other file, and of rows that wait for a label. */
    default Optional<String> unmatched() {
        return Optional.empty();
    }

    @Override
    default void close() {}

    static References ofRow(String against, Places places) {
        JudgeName name = JudgeName.parse(against);
        Judge reference = Judges.local(name, places);
        return pair -> Given.of(Optional.of(name), reference, pair);
    }

    /** Reads the other file once; its verdicts lie on disk until their partners come. */
    static References ofFile(
            String file, Optional<String> against, RunContext context, BadRows bad, List<Provenance.Input> inputs)
            throws InterruptedException {
        Joined joined = new Joined();
        RowInput input = RowInput.of(file, List.of(), context);
        Judge judge = Judges.local(against, context.places());
        Optional<JudgeName> name = against.map(JudgeName::parse);
        try (RowReader<Pair> reader = input.open(Pair.class, bad);
                UniquePairs rows = UniquePairs.of(reader);
                Progress.Meter meter = context.progress().start("read the reference", input.lines())) {
            while (rows.hasNext()) {
                Row<Pair> row = rows.next();
                try {
                    joined.put(row.value(), name, judge);
                } catch (BadInput | IllegalArgumentException | NullPointerException e) {
                    reader.refuse(row, e.getMessage());
                }
                meter.at(rows.count(), "");
            }
            if (joined.index.size() == 0) {
                throw Required.noRows(file, reader, bad);
            }
            inputs.add(new Provenance.Input(file, reader.sha256()));
            return joined;
        } catch (RuntimeException | InterruptedException e) {
            joined.close();
            throw e;
        }
    }

    /** Verdicts by the id of their pair. */
    final class Joined implements References {
        private final DiskIndex index = DiskIndex.temporary();
        private long matched;
        private long alone;
        private final Set<Long> seeds = new TreeSet<>();
        private long drawn;
        private long drawnUnlabelled;

        private record Kept(
                @JsonProperty("digest") String digest,
                @JsonProperty("references") List<Named> references,
                @JsonProperty("voters") List<Named> voters) {}

        private record Named(
                @JsonProperty("judge") String judge,
                @JsonProperty("z") Optional<Double> z,
                @JsonProperty("abstention") Optional<Abstention> abstention,
                @JsonProperty("evidence") Evidence evidence) {
            static Named of(Judgment judgment) {
                return judgment.verdict() instanceof Preference preference
                        ? new Named(
                                judgment.judge(), Optional.of(preference.z()), Optional.empty(), judgment.evidence())
                        : new Named(
                                judgment.judge(),
                                Optional.empty(),
                                Optional.of((Abstention) judgment.verdict()),
                                judgment.evidence());
            }

            Judgment of(Pair pair) {
                return new Judgment(pair, judge, Optional.empty(), verdict(), evidence);
            }

            private Verdict verdict() {
                return z.<Verdict>map(Preference::new).orElseGet(abstention::orElseThrow);
            }
        }

        /** A row that was drawn to be labelled is turned back, and has the labels of people unless another name is said. */
        void put(Pair row, Optional<JudgeName> name, Judge judge) throws InterruptedException {
            Optional<DrawnRow> draw = DrawnRow.of(row);
            boolean isDrawn = draw.isPresent();
            draw.ifPresent(of -> seeds.add(of.seed()));
            Pair pair = DrawnRow.original(row);
            Given given =
                    Given.of(isDrawn && name.isEmpty() ? Optional.of(JudgeName.parse("human")) : name, judge, pair);
            drawn += isDrawn ? 1 : 0;
            drawnUnlabelled += isDrawn && given.isEmpty() ? 1 : 0;
            Kept kept = new Kept(
                    UniquePairs.digest(pair),
                    given.references().stream().map(Named::of).toList(),
                    given.voters().stream().map(Named::of).toList());
            index.putIfAbsent(pair.id(), Json.write(kept));
        }

        @Override
        public Given of(Pair pair) {
            Optional<String> found = index.get(pair.id());
            for (long seed : seeds) {
                found = found.or(() -> index.get(DrawnRow.id(seed, pair.id())));
            }
            if (found.isEmpty()) {
                alone++;
                return Given.NONE;
            }
            Kept kept = Json.read(found.get(), Kept.class);
            if (!kept.digest().equals(UniquePairs.digest(pair))) {
                throw new BadInput("id " + pair.id()
                        + " has another prompt or other texts in the other file, must be the same pair");
            }
            matched++;
            return new Given(
                    kept.references().stream().map(named -> named.of(pair)).toList(),
                    kept.voters().stream().map(named -> named.of(pair)).toList());
        }

        @Override
        public Optional<String> unmatched() {
            long rest = index.size() - matched;
            List<String> lines = new ArrayList<>();
            if (alone > 0 || rest > 0) {
                lines.add(matched + " ids stand in both files; " + alone + " only in the first, " + rest
                        + " only in the second");
            }
            if (drawn > 0) {
                lines.add(drawn + " rows were drawn to be labelled, " + drawnUnlabelled + " of them have no label yet"
                        + (drawnUnlabelled > 0
                                ? "; if these differ from the others, so will what is said of all rows"
                                : ""));
            }
            return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
        }

        @Override
        public void close() {
            index.close();
        }
    }
}
