package pairwright.reward;

import java.util.Optional;

/** Numbers the fits of one training and passes their iterations on, with the rate of work. */
final class FitCount {
    private final FitProgress progress;
    private final int pairs;
    private final int fits;
    private int fit;

    FitCount(FitProgress progress, int pairs, int fits) {
        this.progress = progress;
        this.pairs = pairs;
        this.fits = fits;
    }

    /** A listener for the next fit. */
    Lbfgs.Listener next() {
        int number = ++fit;
        long began = System.nanoTime();
        return (iteration, evaluations, value, norm) -> {
            double seconds = Math.max(1e-9, (System.nanoTime() - began) / 1e9);
            progress.at(new FitProgress.Step(
                    number < fits,
                    number,
                    fits,
                    iteration,
                    value,
                    norm,
                    (double) pairs * evaluations / seconds,
                    Optional.empty(),
                    Optional.empty()));
        };
    }
}
