package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * Which judgments become examples, beyond margin and tie band. Everything may be left out.
 *
 * @param pairs which of a prompt's pairs are taken, all unless said
 * @param minimumConfidence least probability of the chosen side, in [0.5, 1], with all probability that no label caught counted against it
 *     where the evidence says how much that is
 * @param maximumOrderGap most that z may move when the two responses change places, in [0, 1]; judgments without both orders pass
 * @param dropFlags flags of the evidence that lead to a drop; {@code half} for judgments of one order only, {@code truncated} for those with a
 *     reply that was cut, {@code any} for every flag, but not these two
 * @param maximumLengthRatio most that the longer response may be of the shorter one, in characters, at least 1
 * @param lengthBalance how the chosen side's length is evened out
 * @param maximumPerPrompt most examples of one prompt; those with the largest margin stay
 * @param maximumPerModel most examples that hold a response of one model, on either side; which stay, the seed decides
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SelectionRules(
        @JsonProperty("pairs") Optional<PairsPerPrompt> pairs,
        @JsonProperty("min_confidence") Optional<Double> minimumConfidence,
        @JsonProperty("max_order_gap") Optional<Double> maximumOrderGap,

        @JsonProperty("drop_flags") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> dropFlags,

        @JsonProperty("max_length_ratio") Optional<Double> maximumLengthRatio,
        @JsonProperty("length_balance") Optional<LengthBalance> lengthBalance,
        @JsonProperty("max_per_prompt") Optional<Long> maximumPerPrompt,
        @JsonProperty("max_per_model") Optional<Long> maximumPerModel) {
    /** In {@link #dropFlags}: judgments of one order only. */
    public static final String HALF = "half";
    /** In {@link #dropFlags}: judgments with a reply that was cut at its token limit. */
    public static final String TRUNCATED = "truncated";
    /** In {@link #dropFlags}: judgments with any flag. */
    public static final String ANY = "any";

    /** Everything that has a margin is an example. */
    public static final SelectionRules NONE = new SelectionRules(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public SelectionRules {
        pairs = given(pairs);
        minimumConfidence = given(minimumConfidence);
        maximumOrderGap = given(maximumOrderGap);
        dropFlags = dropFlags == null ? List.of() : List.copyOf(new TreeSet<>(dropFlags));
        maximumLengthRatio = given(maximumLengthRatio);
        lengthBalance = given(lengthBalance);
        maximumPerPrompt = given(maximumPerPrompt);
        maximumPerModel = given(maximumPerModel);
        within("minimum confidence", minimumConfidence, .5, 1);
        within("maximum order gap", maximumOrderGap, 0, 1);
        within("maximum length ratio", maximumLengthRatio, 1, Double.MAX_VALUE);
        atLeastOne("maximum per prompt", maximumPerPrompt);
        atLeastOne("maximum per model", maximumPerModel);
    }

    private static <T> Optional<T> given(Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    private static void within(String name, Optional<Double> value, double low, double high) {
        value.ifPresent(v -> {
            if (!(v >= low && v <= high)) {
                throw new BadInput(name + " is " + v + ", must be "
                        + (high == Double.MAX_VALUE ? "at least " + low : "in [" + low + ", " + high + "]"));
            }
        });
    }

    private static void atLeastOne(String name, Optional<Long> value) {
        if (value.filter(v -> v < 1).isPresent()) {
            throw new BadInput(name + " is " + value.get() + ", must be at least 1");
        }
    }

    PairsPerPrompt pairsOrAll() {
        return pairs.orElse(PairsPerPrompt.ALL);
    }

    LengthBalance balance() {
        return lengthBalance.orElse(LengthBalance.OFF);
    }

    /** The rules that were given, for the card and the provenance. */
    public Map<String, Object> asMap() {
        return new LinkedHashMap<>(Json.asMap(this));
    }
}
