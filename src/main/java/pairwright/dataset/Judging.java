package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.judge.Abstention;
import pairwright.judge.Evidence;
import pairwright.judge.Judgment;
import pairwright.judge.Trial;

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
 * @param models calls that the judgments hold, by the model that was asked
 */
public record Judging(
        @JsonProperty("judgments") long judgments,
        @JsonProperty("abstained") long abstained,
        @JsonProperty("conflicts") long conflicts,
        @JsonProperty("half") long half,
        @JsonProperty("flags") Map<String, Long> flags,
        @JsonProperty("order_gap") Optional<Double> orderGap,
        @JsonProperty("first_slot") Optional<Double> firstSlot,
        @JsonProperty("models") Map<String, Calls> models) {
    static final Judging NONE = new Judging(0, 0, 0, 0, Map.of(), Optional.empty(), Optional.empty(), Map.of());

    public Judging {
        flags = Collections.unmodifiableMap(new TreeMap<>(flags));
        models = Collections.unmodifiableMap(new TreeMap<>(models));
    }

    /** The calls of all models. */
    public Calls calls() {
        return models.values().stream().reduce(Calls.NONE, Calls::plus);
    }

    /** A sum that grows. */
    static final class Tally {
        private static final int FLAGS_NAMED = 100;
        private static final int MODELS_NAMED = 1000;

        private final Map<String, Long> flags = new TreeMap<>();
        private long judgments;
        private long abstained;
        private long conflicts;
        private long half;
        private long bothOrders;
        private double gap;
        private double signed;
        private final Map<String, Calls> models = new TreeMap<>();

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
            calls(asked(judgment.judge()), evidence);
        }

        private void calls(String asked, Evidence evidence) {
            evidence.trials()
                    .forEach(trial -> models.merge(
                            models.containsKey(asked) || models.size() < MODELS_NAMED ? asked : "other models",
                            calls(trial),
                            Calls::plus));
            // A juror's name in its panel need not be its model's.
            evidence.jurors()
                    .forEach(juror -> juror.evidence().ifPresent(own -> {
                        Optional<String> model = own.trials().stream()
                                .flatMap(trial -> trial.model().stream())
                                .findFirst();
                        calls(model.orElse(asked(juror.judge())), own);
                    }));
        }

        private static String asked(String judge) {
            return judge.substring(judge.indexOf(':') + 1);
        }

        private static Calls calls(Trial trial) {
            boolean told =
                    trial.promptTokens().isPresent() && trial.completionTokens().isPresent();
            return new Calls(
                    1, trial.promptTokens().orElse(0L), trial.completionTokens().orElse(0L), told ? 0 : 1);
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
                    models);
        }
    }
}
