package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row of plain battles, as arenas publish them: two models and who won. {@code model_a} was shown first.
 *
 * @param winner {@code model_a} or {@code a}, {@code model_b} or {@code b}, {@code tie}, {@code tie (bothbad)} or {@code both_bad}; or the
 *     name of one of the two
 * @param promptId of the prompt; {@code question_id} is the same
 * @param weight above 0, 1 unless said
 * @param rater who judged: {@code judge} or {@code annotator}
 * @param fields all others
 */
public record Battle(
        @JsonProperty("model_a") String modelA,
        @JsonProperty("model_b") String modelB,
        @JsonProperty("winner") String winner,
        @JsonProperty("prompt_id") @JsonAlias("question_id") Optional<String> promptId,
        @JsonProperty("weight") Optional<Double> weight,
        @JsonProperty("judge") @JsonAlias("annotator") Optional<String> rater,
        @JsonProperty("category") Optional<String> category,
        @JsonAnySetter Map<String, Object> fields) {
    public Battle {
        named("model_a", modelA);
        named("model_b", modelB);
        named("winner", winner);
        fields = fields == null ? Map.of() : fields;
    }

    private static void named(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is missing or blank, must be a name");
        }
    }

    /** The comparison that it is, with more of what its row tells. */
    public Comparison comparison(RowDetails details) {
        return details.of(
                comparison(),
                fields,
                name -> fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty());
    }

    /** The comparison that it is. */
    public Comparison comparison() {
        return new Comparison(
                modelA,
                modelB,
                preferred(winner, modelA, modelB),
                weight.orElse(1.0),
                Shown.FIRST,
                promptId,
                rater,
                category,
                List.of());
    }

    /**
     * Who won, as z.
     *
     * @throws IllegalArgumentException listing what a winner may be
     */
    static double preferred(String winner, String modelA, String modelB) {
        return switch (winner) {
            case "model_a", "a", "A", "left" -> 1;
            case "model_b", "b", "B", "right" -> 0;
            case "tie", "tie (bothbad)", "both_bad" -> .5;
            default -> {
                if (winner.equals(modelA)) {
                    yield 1;
                }
                if (winner.equals(modelB)) {
                    yield 0;
                }
                throw new IllegalArgumentException("winner is " + winner
                        + ", must be model_a, model_b, tie, tie (bothbad), or the name of one of the two models");
            }
        };
    }
}
