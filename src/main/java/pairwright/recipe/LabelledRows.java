package pairwright.recipe;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.Judge;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Verdict;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.reward.FitRow;
import pairwright.reward.Response;

/** The labels of the rows, one judgment a row with its weight, group and slice; a row of which one cannot be used is a bad row. */
final class LabelledRows implements Iterator<FitRow> {
    /** How much a row counts, by what its group and slice are told, and which numbers it must carry. */
    record Columns(
            Optional<String> weights, Optional<String> groupBy, Optional<String> sliceBy, Optional<String> embeddings) {
        private static final String CONFIDENCE = "confidence";
        private static final String FIELD = "field:";

        Columns {
            weights.ifPresent(text -> {
                if (!text.equals(CONFIDENCE) && !(text.startsWith(FIELD) && text.length() > FIELD.length())) {
                    throw new IllegalArgumentException(
                            "weights is " + text + ", must be confidence, which is |2z - 1|, or field:NAME");
                }
            });
        }

        FitRow row(Judgment judgment, Optional<Verdict> taught) {
            Pair pair = judgment.pair();
            return new FitRow(judgment, weight(judgment), group(pair), sliceBy.map(name -> text(pair, name)), taught);
        }

        private double weight(Judgment judgment) {
            if (weights.isEmpty() || !(judgment.verdict() instanceof Preference preference)) {
                return 1;
            }
            if (weights.get().equals(CONFIDENCE)) {
                return Math.abs(2 * preference.z() - 1);
            }
            String name = weights.get().substring(FIELD.length());
            if (judgment.pair().fields().get(name) instanceof Number number) {
                return number.doubleValue();
            }
            throw new BadInput(
                    name + " is " + judgment.pair().fields().get(name) + ", must be a number, the row's weight");
        }

        private String group(Pair pair) {
            return switch (groupBy.orElse("prompt")) {
                case "prompt" -> pair.prompt().id();
                case "first-message" -> pair.prompt().messages().get(0).content();
                case "id" -> pair.id();
                default -> text(pair, groupBy.get());
            };
        }

        private static String text(Pair pair, String name) {
            Object value = pair.fields().getOrDefault(name, pair.prompt().tags().get(name));
            if (value == null || value instanceof Map<?, ?>) {
                throw new BadInput(name + " is missing, must be a name");
            }
            return value.toString();
        }
    }

    private final UniquePairs rows;
    private final RowReader<Pair> reader;
    private final Judge judge;
    private final Columns columns;
    private final Optional<Other> other;
    private FitRow next;
    private int size;

    /** A second judge of the rows: of those alone that the first gives no label, or of all of them, for the fits to follow. */
    record Other(Judge judge, boolean onlyUnlabelled) {}

    LabelledRows(UniquePairs rows, RowReader<Pair> reader, Judge judge, Columns columns, Optional<Other> other) {
        this.rows = rows;
        this.reader = reader;
        this.judge = judge;
        this.columns = columns;
        this.other = other;
    }

    @Override
    public boolean hasNext() {
        while (next == null && rows.hasNext()) {
            Row<Pair> row = rows.next();
            try {
                Judgment judgment = judge.judge(row.value());
                boolean asks = other.isPresent()
                        && !(other.get().onlyUnlabelled() && judgment.verdict() instanceof Preference);
                FitRow labelled = columns.row(
                        judgment,
                        asks
                                ? Optional.of(
                                        other.get().judge().judge(row.value()).verdict())
                                : Optional.empty());
                columns.embeddings().ifPresent(name -> checkNumbers(name, row.value()));
                next = labelled;
            } catch (BadInput | IllegalArgumentException e) {
                reader.refuse(row, e.getMessage());
            } catch (InterruptedException e) {
                throw new IllegalStateException("a label needs no waiting", e);
            }
        }
        return next != null;
    }

    /** All embeddings must have as many numbers as the first. */
    private void checkNumbers(String name, Pair pair) {
        for (Response response : List.of(Response.a(pair), Response.b(pair))) {
            int length = response.numbers(name).length;
            size = size == 0 ? length : size;
            if (length != size) {
                throw new BadInput(name + response.side() + " has " + length + " numbers, must have " + size
                        + ", as the rows before have");
            }
        }
    }

    @Override
    public FitRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        FitRow row = next;
        next = null;
        return row;
    }
}
