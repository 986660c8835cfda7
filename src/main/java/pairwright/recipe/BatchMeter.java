package pairwright.recipe;

import java.util.Optional;
import java.util.function.Supplier;
import pairwright.llm.BatchProgress;

/** Shows people how far the batches of each round are. */
final class BatchMeter implements BatchProgress, AutoCloseable {
    private final Progress progress;
    private final Supplier<String> spent;
    private Optional<Progress.Meter> meter = Optional.empty();
    private int round;

    /** @param spent what asking has cost so far, in words */
    BatchMeter(Progress progress, Supplier<String> spent) {
        this.progress = progress;
        this.spent = spent;
    }

    @Override
    public void at(Look look) {
        if (look.round() != round) {
            close();
            round = look.round();
            meter = Optional.of(progress.start("batches, round " + round, look.requests()));
        }
        meter.orElseThrow().at(look.done() + look.failed(), words(look));
    }

    private String words(Look look) {
        return look.open() + " of " + look.batches() + (look.batches() == 1 ? " batch" : " batches") + " under way, "
                + look.failed() + " failed, waited " + look.waited().toSeconds() + " s, " + spent.get();
    }

    @Override
    public void say(String line) {
        progress.say(line);
    }

    @Override
    public void close() {
        meter.ifPresent(Progress.Meter::close);
        meter = Optional.empty();
    }
}
