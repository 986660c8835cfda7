package pairwright.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The trainings of one fit, one after the other, each epoch kept in a checkpoint; one that was kept is gone on with, not begun again. */
final class NetworkRun {
    /** A training that has ended, and its parameters at the best epoch. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Ended(NetworkTraining.Course course, float[] parameters) {}

    private final Optional<NetworkCheckpoint> checkpoint;
    private final FitProgress progress;
    private final int fits;
    private final List<NetworkTraining.Course> finished = new ArrayList<>();
    private final List<float[]> bests = new ArrayList<>();
    private Optional<NetworkCheckpoint.Kept> kept;

    NetworkRun(
            Optional<NetworkCheckpoint> checkpoint,
            Optional<NetworkCheckpoint.Kept> kept,
            FitProgress progress,
            int fits) {
        this.checkpoint = checkpoint;
        this.kept = kept;
        this.progress = progress;
        this.fits = fits;
    }

    Ended training(
            NetworkTraining training, NetworkDevice device, NetworkState start, double decay, int epochs, int pairs) {
        int number = finished.size();
        if (kept.isPresent() && number < kept.get().progress().finished().size()) {
            return ended(
                    kept.get().progress().finished().get(number),
                    kept.get().bests().get(number));
        }
        NetworkTraining.Course course =
                kept.map(k -> k.progress().current()).orElse(NetworkTraining.Course.start(decay));
        NetworkState state = kept.map(NetworkCheckpoint.Kept::state).orElse(start);
        float[] best = kept.map(NetworkCheckpoint.Kept::best).orElse(start.parameters());
        kept = Optional.empty();
        device.set(state);
        Pace pace = new Pace(number, course.epochs().size(), epochs, pairs);
        while (course.epochs().size() < epochs && !course.stopped()) {
            NetworkTraining.Course before = course;
            course = training.epoch(
                    device,
                    before,
                    (done, loss, norm) ->
                            progress.within(pace.step(before, before.epochs().size() + 1, done, loss, norm)));
            int epoch = course.epochs().size();
            state = device.state();
            best = course.bestEpoch() == epoch ? state.parameters() : best;
            if (checkpoint.isPresent()) {
                checkpoint.get().write(finished, bests, course, state, best);
            }
            progress.at(pace.step(course, epoch, pairs, course.lastTrainingLoss(), course.gradientNorm()));
        }
        return ended(course, best);
    }

    /** How fast a training goes, from where it went on. */
    private final class Pace {
        private final int number;
        private final int resumed;
        private final int epochs;
        private final int pairs;
        private final long began = System.nanoTime();

        Pace(int number, int resumed, int epochs, int pairs) {
            this.number = number;
            this.resumed = resumed;
            this.epochs = epochs;
            this.pairs = pairs;
        }

        /** @param done pairs of the epoch */
        FitProgress.Step step(NetworkTraining.Course course, int epoch, int done, double loss, double norm) {
            double seconds = Math.max(1e-9, (System.nanoTime() - began) / 1e9);
            double rate = ((double) pairs * (epoch - 1 - resumed) + done) / seconds;
            double left = (double) pairs * (epochs - epoch) + pairs - done;
            return new FitProgress.Step(
                    number + 1 < fits,
                    number + 1,
                    fits,
                    epoch,
                    loss,
                    norm,
                    rate,
                    course.lastAccuracy(),
                    Optional.of(left / rate));
        }
    }

    private Ended ended(NetworkTraining.Course course, float[] best) {
        finished.add(course);
        bests.add(best);
        return new Ended(course, best);
    }
}
