package pairwright.pair;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;

/**
 * A numeric field of the candidates, higher being better.
 *
 * @param name of the field
 */
public record ScoreField(String name) {
    public ScoreField {
        if (name == null || name.isBlank()) {
            throw new BadInput("the field of scores is blank, must be the name of a field");
        }
    }

    /** The fields that stand between commas. */
    public static List<ScoreField> list(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(name -> new ScoreField(name.strip()))
                .toList();
    }

    /**
     * The score of a candidate, empty where the field is absent or null.
     *
     * @throws BadInput when it is anything else than a number
     */
    Optional<BigDecimal> of(Candidate candidate) {
        return Optional.ofNullable(candidate.fields().get(name)).map(this::number);
    }

    /**
     * The scores of a candidate by several, where the field holds a list of numbers; as {@link #of} where it holds one, and none where it is
     * absent or null.
     *
     * @throws BadInput when it is anything else
     */
    List<BigDecimal> all(Candidate candidate) {
        return candidate.fields().get(name) instanceof List<?> several
                ? several.stream().map(this::number).toList()
                : of(candidate).stream().toList();
    }

    private BigDecimal number(Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        throw new BadInput(name + " is \"" + value + "\", must be a number");
    }
}
