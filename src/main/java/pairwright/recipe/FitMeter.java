package pairwright.recipe;

import java.util.Locale;
import pairwright.reward.FitProgress;

/** Shows how a fit goes on. */
final class FitMeter implements FitProgress {
    private final Progress.Meter meter;
    private long iterations;

    FitMeter(Progress.Meter meter) {
        this.meter = meter;
    }

    @Override
    public void at(Step step) {
        meter.at(++iterations, text(step));
    }

    @Override
    public void within(Step step) {
        meter.at(iterations, text(step));
    }

    private static String text(Step step) {
        return String.format(Locale.ROOT, "fit %d of %d, loss %.4f, ", step.fit(), step.fits(), step.objective())
                + step.accuracy()
                        .map(share -> String.format(Locale.ROOT, "inner accuracy %.1f %%, ", 100 * share))
                        .orElse("")
                + String.format(Locale.ROOT, "%.0f pairs/s", step.pairsPerSecond())
                + step.secondsLeft()
                        .map(left -> String.format(Locale.ROOT, ", at most %.0f s of this fit left", left))
                        .orElse("");
    }
}
