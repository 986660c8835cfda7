package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** With what the judge answers: one label for the pair, or a rating of each response. */
public sealed interface Scale {
    /** One label says which response is better. */
    sealed interface Choice extends Scale {
        /**
         * The labels in the order in which they are shown, each with what it says: the preference for the response shown first,
         * 1 for the first, .5 for neither, 0 for the second.
         */
        Map<String, Double> labels();
    }

    /**
     * First, second and perhaps a tie.
     *
     * @param first says that the response shown first is better
     * @param second says that the one shown second is better
     * @param tie says that they are equally good; empty when the judge must choose
     */
    record Labels(
            @JsonProperty("first") String first,
            @JsonProperty("second") String second,
            @JsonProperty("tie") Optional<String> tie)
            implements Choice {
        public Labels {
            checked("first", first);
            checked("second", second);
            tie.ifPresent(label -> checked("tie", label));
            distinct(labels(first, second, tie), tie.isPresent() ? 3 : 2);
        }

        @Override
        public Map<String, Double> labels() {
            return labels(first, second, tie);
        }

        private static Map<String, Double> labels(String first, String second, Optional<String> tie) {
            Map<String, Double> labels = new LinkedHashMap<>();
            labels.put(first, 1.0);
            labels.put(second, 0.0);
            tie.ifPresent(label -> labels.put(label, .5));
            return Collections.unmodifiableMap(labels);
        }
    }

    /**
     * Five levels, as in Arena-Hard's {@code A>>B} to {@code B>>A}; ordinal, so that .75 is no measured probability.
     *
     * @param muchFirst says 1
     * @param first says .75
     * @param tie says .5
     * @param second says .25
     * @param muchSecond says 0
     */
    record Levels(
            @JsonProperty("much_first") String muchFirst,
            @JsonProperty("first") String first,
            @JsonProperty("tie") String tie,
            @JsonProperty("second") String second,
            @JsonProperty("much_second") String muchSecond)
            implements Choice {
        public Levels {
            checked("much_first", muchFirst);
            checked("first", first);
            checked("tie", tie);
            checked("second", second);
            checked("much_second", muchSecond);
            distinct(labels(muchFirst, first, tie, second, muchSecond), 5);
        }

        @Override
        public Map<String, Double> labels() {
            return labels(muchFirst, first, tie, second, muchSecond);
        }

        private static Map<String, Double> labels(String... ordered) {
            Map<String, Double> labels = new LinkedHashMap<>();
            for (int i = 0; i < ordered.length; i++) {
                labels.put(ordered[i], 1 - i / 4.0);
            }
            return Collections.unmodifiableMap(labels);
        }
    }

    /**
     * A whole number for each response.
     *
     * @param lowest of the ratings, 0 or more
     * @param highest of the ratings, above lowest, at most 100
     * @param spread T in sigma((E1 - E2) / T), in units of the rating, above 0; fitted on human labels. Empty: the sign of the
     *     difference decides
     */
    record Ratings(
            @JsonProperty("lowest") int lowest,
            @JsonProperty("highest") int highest,
            @JsonProperty("spread") Optional<Double> spread)
            implements Scale {
        public Ratings {
            if (!(lowest >= 0 && highest > lowest && highest <= 100)) {
                throw new IllegalArgumentException("scale is from " + lowest + " to " + highest
                        + ", must be whole numbers with 0 <= lowest < highest <= 100");
            }
            spread.ifPresent(value -> {
                if (!(value > 0 && Double.isFinite(value))) {
                    throw new IllegalArgumentException("scale spread is " + value + ", must be above 0");
                }
            });
        }
    }

    /** From the fields that a rubric's file gives. */
    @JsonCreator
    static Scale of(
            @JsonProperty("much_first") Optional<String> muchFirst,
            @JsonProperty("first") Optional<String> first,
            @JsonProperty("tie") Optional<String> tie,
            @JsonProperty("second") Optional<String> second,
            @JsonProperty("much_second") Optional<String> muchSecond,
            @JsonProperty("lowest") Optional<Integer> lowest,
            @JsonProperty("highest") Optional<Integer> highest,
            @JsonProperty("spread") Optional<Double> spread) {
        boolean levels = muchFirst.isPresent() || muchSecond.isPresent();
        boolean labels = levels || first.isPresent() || second.isPresent() || tie.isPresent();
        boolean ratings = lowest.isPresent() || highest.isPresent() || spread.isPresent();
        if (labels == ratings) {
            throw new IllegalArgumentException("scale must name labels (first, second and perhaps tie; or much_first,"
                    + " first, tie, second, much_second) or ratings (lowest, highest and perhaps spread)");
        }
        if (ratings) {
            return new Ratings(named("lowest", lowest), named("highest", highest), spread);
        }
        return levels
                ? new Levels(
                        named("much_first", muchFirst),
                        named("first", first),
                        named("tie", tie),
                        named("second", second),
                        named("much_second", muchSecond))
                : new Labels(named("first", first), named("second", second), tie);
    }

    private static <T> T named(String name, Optional<T> value) {
        return value.orElseThrow(() -> new IllegalArgumentException("scale: " + name + " is missing"));
    }

    private static void checked(String name, String label) {
        if (label == null || !label.matches("[\\p{Alnum}<>=_-]{1,16}")) {
            throw new IllegalArgumentException("scale label " + name + " is " + label
                    + ", must be 1 to 16 letters, digits or the signs < > = _ - (quote yes, no and numbers in YAML)");
        }
    }

    private static void distinct(Map<String, Double> labels, int count) {
        if (labels.size() != count) {
            throw new IllegalArgumentException("scale has the same label twice, its labels must differ");
        }
    }
}
