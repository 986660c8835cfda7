package pairwright.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The trainings of one fit, one after the other, each epoch kept in a checkpoint; one that was kept is gone on with, not begun again. */
final class MlpRun {
    /** A training that has ended, and its parameters at the best epoch. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Ended(MlpTraining.Course course, float[] parameters) {}

    private final Optional<MlpCheckpoint> checkpoint;
    private final FitProgress progress;
    private final int fits;
    private final List<MlpTraining.Course> finished = new ArrayList<>();
    private final List<float[]> bests = new ArrayList<>();
    private Optional<MlpCheckpoint.Kept> kept;

    MlpRun(Optional<MlpCheckpoint> checkpoint, Optional<MlpCheckpoint.Kept> kept, FitProgress progress, int fits) {
        this.checkpoint = checkpoint;
        this.kept = kept;
        this.progress = progress;
        this.fits = fits;
    }

    Ended training(MlpTraining training, MlpDevice device, MlpState start, double decay, int epochs, int pairs) {
        int number = finished.size();
        if (kept.isPresent() && number < kept.get().progress().finished().size()) {
            return ended(
                    kept.get().progress().finished().get(number),
                    kept.get().bests().get(number));
        }
        MlpTraining.Course course = kept.map(k -> k.progress().current()).orElse(MlpTraining.Course.start(decay));
        MlpState state = kept.map(MlpCheckpoint.Kept::state).orElse(start);
        float[] best = kept.map(MlpCheckpoint.Kept::best).orElse(start.parameters());
        kept = Optional.empty();
        device.set(state);
        long began = System.nanoTime();
        int resumed = course.epochs().size();
        while (course.epochs().size() < epochs && !course.stopped()) {
            course = training.epoch(device, course);
            int epoch = course.epochs().size();
            state = device.state();
            best = course.bestEpoch() == epoch ? state.parameters() : best;
            if (checkpoint.isPresent()) {
                checkpoint.get().write(finished, bests, course, state, best);
            }
            progress.at(new FitProgress.Step(
                    number + 1 < fits,
                    number + 1,
                    fits,
                    epoch,
                    course.lastTrainingLoss(),
                    course.gradientNorm(),
                    (double) pairs * (epoch - resumed) / Math.max(1e-9, (System.nanoTime() - began) / 1e9)));
        }
        return ended(course, best);
    }

    private Ended ended(MlpTraining.Course course, float[] best) {
        finished.add(course);
        bests.add(best);
        return new Ended(course, best);
    }
}
