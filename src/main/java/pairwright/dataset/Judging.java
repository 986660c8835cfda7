package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.judge.Abstention;
import pairwright.judge.Evidence;
import pairwright.judge.Judgment;

/**
 * How the judgments fared, over all that were read.
 *
 * @param judgments read
 * @param abstained without a preference
 * @param conflicts whose own trials contradict each other
 * @param half of one order only
 * @param flags how many carry each flag
 * @param orderGap mean of p(AB) - p(BA) in size, in [0, 1]; empty where no judgment has both orders
 * @param firstSlot mean preference for the response shown first, (p(AB) - p(BA)) / 2, in [-0.5, 0.5]; empty likewise
 * @param calls trials that the judgments hold
 * @param promptTokens of these calls, as servers said
 * @param completionTokens of these calls
 */
public record Judging(
        @JsonProperty("judgments") long judgments,
        @JsonProperty("abstained") long abstained,
        @JsonProperty("conflicts") long conflicts,
        @JsonProperty("half") long half,
        @JsonProperty("flags") Map<String, Long> flags,
        @JsonProperty("order_gap") Optional<Double> orderGap,
        @JsonProperty("first_slot") Optional<Double> firstSlot,
        @JsonProperty("calls") long calls,
        @JsonProperty("prompt_tokens") long promptTokens,
        @JsonProperty("completion_tokens") long completionTokens) {
    static final Judging NONE = new Judging(0, 0, 0, 0, Map.of(), Optional.empty(), Optional.empty(), 0, 0, 0);

    public Judging {
        flags = Collections.unmodifiableMap(new TreeMap<>(flags));
    }

    /** A sum that grows. */
    static final class Tally {
        private static final int FLAGS_NAMED = 100;

        private final Map<String, Long> flags = new TreeMap<>();
        private long judgments;
        private long abstained;
        private long conflicts;
        private long half;
        private long bothOrders;
        private double gap;
        private double signed;
        private long calls;
        private long promptTokens;
        private long completionTokens;

        void add(Judgment judgment) {
            Evidence evidence = judgment.evidence();
            judgments++;
            abstained += judgment.verdict() instanceof Abstention ? 1 : 0;
            conflicts += evidence.conflicts().isEmpty() ? 0 : 1;
            half += evidence.half() ? 1 : 0;
            evidence.flags().forEach(flag -> {
                if (flags.containsKey(flag) || flags.size() < FLAGS_NAMED) {
                    flags.merge(flag, 1L, Long::sum);
                }
            });
            evidence.orderGap().ifPresent(value -> {
                bothOrders++;
                gap += Math.abs(value);
                signed += value;
            });
            calls(evidence);
        }

        private void calls(Evidence evidence) {
            evidence.trials().forEach(trial -> {
                calls++;
                promptTokens += trial.promptTokens().orElse(0L);
                completionTokens += trial.completionTokens().orElse(0L);
            });
            evidence.jurors().forEach(juror -> juror.evidence().ifPresent(this::calls));
        }

        Judging sums() {
            return new Judging(
                    judgments,
                    abstained,
                    conflicts,
                    half,
                    flags,
                    bothOrders == 0 ? Optional.empty() : Optional.of(gap / bothOrders),
                    bothOrders == 0 ? Optional.empty() : Optional.of(signed / (2 * bothOrders)),
                    calls,
                    promptTokens,
                    completionTokens);
        }
    }
}
