package pairwright.reward;

import java.util.Objects;

/** A fitted model and how it came about. */
public record RewardFit(RewardModel model, FitReport report) {
    public RewardFit {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(report, "report");
    }
}
