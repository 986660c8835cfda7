package pairwright.agreement;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import pairwright.jsonl.BadInput;
import pairwright.judge.JudgeName;

/** Whose score an item is asked for. */
interface ScoreSource {
    /** Empty where the row holds none. */
    Optional<Double> of(ScoredRow row);

    /**
     * By a judge's name: {@code recorded:NAME[@PROTOCOL]}, {@code human:NAME}, {@code human} (the mean of all people) or
     * {@code field:NAME}.
     */
    static ScoreSource of(JudgeName name, String criterion) {
        if (name instanceof JudgeName.Recorded recorded) {
            return row -> recorded(row, recorded, criterion);
        }
        if (name instanceof JudgeName.Human human) {
            return row -> row.human().stream()
                    .filter(h -> h.annotator().equals(human.annotator()))
                    .findFirst()
                    .flatMap(h -> ScoredRow.score(h.scores(), criterion));
        }
        if (name instanceof JudgeName.EveryHuman) {
            return row -> {
                OptionalDouble mean = row.human().stream()
                        .flatMap(h -> ScoredRow.score(h.scores(), criterion).stream())
                        .mapToDouble(Double::doubleValue)
                        .average();
                return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
            };
        }
        if (name instanceof JudgeName.Field field) {
            return row -> number(row.fields().get(field.field()), field.field());
        }
        throw new BadInput("judge " + name
                + ": gives no scores, must be recorded:NAME[@PROTOCOL], human, human:NAME or field:NAME");
    }

    private static Optional<Double> recorded(ScoredRow row, JudgeName.Recorded name, String criterion) {
        List<ScoredRow.JudgeScores> mine = row.judges().stream()
                .filter(j -> j.judge().equals(name.judge())
                        && (name.protocol().isEmpty() || name.protocol().equals(j.protocol())))
                .toList();
        if (mine.size() > 1) {
            throw new IllegalArgumentException("judges holds several scores of " + name
                    + ", must hold one; name a protocol as recorded:NAME@PROTOCOL");
        }
        return mine.isEmpty() ? Optional.empty() : ScoredRow.score(mine.get(0).scores(), criterion);
    }

    private static Optional<Double> number(Object value, String field) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return Optional.of(number.doubleValue());
        }
        throw new IllegalArgumentException("field " + field + ": is " + value + ", must be a finite number or null");
    }
}
