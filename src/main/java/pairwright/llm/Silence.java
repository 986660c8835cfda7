package pairwright.llm;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a server still answers. Calls that are given up one after the other, with nothing answered between them, mean that it
 * does not: each of the calls to come would wait until its own deadline for nothing.
 */
final class Silence {
    /** A request or two that a server cannot bear are no silence, even where one call at a time is in flight. */
    static final int CALLS = 3;

    private final URI base;
    private final Time time;
    private Optional<Long> lastAnswer = Optional.empty();
    private int inARow;
    private volatile NoAnswer over;

    /** @param base of the server, for people */
    Silence(URI base, Time time) {
        this.base = base;
        this.time = time;
    }

    /** A reply came, or a failure that says that the server is there. */
    synchronized void broken() {
        inARow = 0;
        lastAnswer = Optional.of(time.nanos());
    }

    /** Whether any call was answered as lately as that. */
    synchronized boolean answeredWithin(Duration span) {
        return lastAnswer.filter(then -> time.nanos() - then < span.toNanos()).isPresent();
    }

    /** A call was given up. */
    synchronized void goesOn(Failure failure) {
        if (++inARow == CALLS) {
            over = new NoAnswer(
                    base + " does not answer any more: " + CALLS
                            + " calls were given up and nothing was answered between them: " + failure.detail()
                            + ". See whether the server is running; then the same command goes on: every reply so far is in the ledger");
        }
    }

    /** @throws NoAnswer where asking on would only wait */
    void check() {
        NoAnswer why = over;
        if (why != null) {
            throw why;
        }
    }
}
