package pairwright.agreement;

import java.util.Map;
import java.util.Optional;
import pairwright.judge.Judgment;
import pairwright.judge.OrderScores;
import pairwright.judge.Preference;
import pairwright.pair.Label;

/** How far the order shown moves a judge: from the two orders of its own trials, else from the swapped copy. */
final class PositionTally {
    private final AgreementSettings settings;
    private final PromptMean effect;
    private final PromptMean logit;
    private final PromptMean noise;
    private final PromptMean changes;
    private final PromptMean changesByNoise;

    PositionTally(AgreementSettings settings) {
        this.settings = settings;
        this.effect = new PromptMean(settings);
        this.logit = new PromptMean(settings);
        this.noise = new PromptMean(settings);
        this.changes = new PromptMean(settings);
        this.changesByNoise = new PromptMean(settings);
    }

    void add(Map<Asking, Judgment> said, WeightedPrompt prompt) {
        Optional<OrderScores> orders = orders(said, Asking.FIRST);
        if (orders.isEmpty()) {
            return;
        }
        OrderScores shown = orders.get();
        effect.add(shown.gap() / 2, prompt);
        logit.add(shown.logitEffect(), prompt);
        changes.add(label(shown.ab()) == label(shown.ba()) ? 0 : 1, prompt);
        orders(said, Asking.AGAIN).ifPresent(again -> {
            noise.add((again.gap() - shown.gap()) / 2, prompt);
            changesByNoise.add(label(shown.ab()) == label(again.ab()) ? 0 : 1, prompt);
        });
    }

    /** Of one asking; a judge that was asked in one order shows the other in the swapped copy. */
    private static Optional<OrderScores> orders(Map<Asking, Judgment> said, Asking asking) {
        Optional<OrderScores> own = Optional.ofNullable(said.get(asking)).flatMap(OrderScores::of);
        return own.isPresent()
                ? own
                : BiasStudy.z(said, asking)
                        .flatMap(ab -> BiasStudy.z(said, Asking.SWAPPED).map(ba -> new OrderScores(ab, 1 - ba)));
    }

    private Label label(double z) {
        return new Preference(z).label(settings.tieBand());
    }

    Bias bias() {
        Statistic shift = effect.statistic("mean over pairs of (p(AB) - p(BA)) / 2, p for response_a in each order");
        Statistic logits =
                logit.statistic("mean over pairs of (logit p(AB) - logit p(BA)) / 2, p clamped to [0.001, 0.999]");
        Statistic floor = noise.statistic("the change of the same when the pair was only asked again");
        Statistic flips = changes.statistic("share of pairs whose label differs between the orders");
        Statistic flipsByNoise =
                changesByNoise.statistic("share of pairs whose label differs between two askings in the same order");
        boolean beyond = Bias.beyond(shift, floor);
        return new Bias(
                "position",
                shift,
                Optional.of(logits),
                floor,
                flips,
                flipsByNoise,
                0,
                Optional.empty(),
                beyond,
                BiasWords.position(shift, logits, floor, flips, flipsByNoise, beyond));
    }
}
