package pairwright.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import pairwright.recipe.Progress;

/** Progress for people, on standard error: a bar on a terminal, plain lines elsewhere. */
final class Console implements Progress {
    private static final long FIRST_LINE_NANOS = 3_000_000_000L;
    private static final long LINE_EVERY_NANOS = 10_000_000_000L;

    private final PrintStream err = System.err;
    private final boolean terminal = Boolean.getBoolean("pairwright.terminal");

    @Override
    public Meter start(String task, long total) {
        return terminal ? bar(task, total) : lines(task, total);
    }

    @Override
    public void say(String line) {
        err.println(line);
    }

    private Meter bar(String task, long total) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new WithoutLastLine(err))
                .showSpeed()
                .clearDisplayOnFinish()
                .build();
        return new Meter() {
            @Override
            public void at(long done, String extra) {
                bar.stepTo(done);
                bar.setExtraMessage(extra);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    /** The bar is wiped when it is done, so the line that would follow it is not wanted. */
    private static final class WithoutLastLine extends ConsoleProgressBarConsumer {
        private final PrintStream stream;

        WithoutLastLine(PrintStream stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public void close() {
            stream.flush();
        }
    }

    private Meter lines(String task, long total) {
        long start = System.nanoTime();
        long[] next = {start + FIRST_LINE_NANOS};
        return (done, extra) -> {
            synchronized (next) {
                long now = System.nanoTime();
                if (now - next[0] < 0) {
                    return;
                }
                next[0] = now + LINE_EVERY_NANOS;
                double rate = done / ((now - start) / 1e9);
                String of = total < 0 ? "" : " of " + total;
                String left = total < 0 || rate <= 0 ? "" : ", " + seconds((total - done) / rate) + " left";
                err.println(task + ": " + done + of + String.format(Locale.ROOT, ", %.1f/s", rate) + left
                        + (extra.isEmpty() ? "" : ", " + extra));
            }
        };
    }

    private static String seconds(double seconds) {
        long whole = Math.round(seconds);
        return whole < 90 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
