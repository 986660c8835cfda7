package pairwright.ranking;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One judgment of two items.
 *
 * @param z that the first item is preferred, in [0, 1]; 0.5 is a tie
 * @param weight above 0; one judgment of weight 2 moves the strengths as two do
 * @param shown which item the judge saw first, where that is known
 * @param prompt what the two were compared on: judgments of one prompt are not independent
 * @param rater who judged
 * @param category of the prompt
 * @param style differences of the two responses, first minus second, one for each style covariate of the table
 */
public record Comparison(
        String first,
        String second,
        double z,
        double weight,
        Shown shown,
        Optional<String> prompt,
        Optional<String> rater,
        Optional<String> category,
        List<Double> style) {
    public Comparison {
        named("first", first);
        named("second", second);
        if (first.equals(second)) {
            throw new IllegalArgumentException("first and second are both " + first + ", must be two different items");
        }
        if (!(z >= 0 && z <= 1)) {
            throw new IllegalArgumentException("z is " + z + ", must be in [0, 1]");
        }
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight is " + weight + ", must be above 0 and finite");
        }
        Objects.requireNonNull(shown, "shown");
        style = List.copyOf(style);
    }

    /** Of weight 1, with nothing more known of it. */
    public static Comparison of(String first, String second, double z) {
        return new Comparison(
                first, second, z, 1, Shown.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** The same with another order. */
    public Comparison shown(Shown order) {
        return new Comparison(first, second, z, weight, order, prompt, rater, category, style);
    }

    /** The same with another weight. */
    public Comparison weighing(double factor) {
        return new Comparison(first, second, z, factor, shown, prompt, rater, category, style);
    }

    /** The same within a category. */
    public Comparison within(String kind) {
        return new Comparison(first, second, z, weight, shown, prompt, rater, Optional.of(kind), style);
    }

    /** The same by a rater. */
    public Comparison by(String who) {
        return new Comparison(first, second, z, weight, shown, prompt, Optional.of(who), category, style);
    }

    /** The same with style covariates. */
    public Comparison styled(List<Double> differences) {
        return new Comparison(first, second, z, weight, shown, prompt, rater, category, differences);
    }

    /** The same on a prompt. */
    public Comparison on(String promptId) {
        return new Comparison(first, second, z, weight, shown, Optional.of(promptId), rater, category, style);
    }

    private static void named(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is missing or blank, must be the name of an item");
        }
    }
}
