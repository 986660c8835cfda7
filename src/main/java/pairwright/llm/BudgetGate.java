package pairwright.llm;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Where requests wait that do not fit under the cap at the moment: those in flight mostly cost less than their worst, so what
 * they release may let the next one through. With nothing in flight the budget is spent, for all that come after too.
 */
final class BudgetGate {
    /** Asks the ledger for leave, once. */
    @FunctionalInterface
    interface Asking {
        Leave ask() throws InterruptedException;
    }

    private final Cost cap;
    /** One request at a time tries again, first come, first served. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private int inFlight;
    private long releases;
    private BudgetSpent over;

    BudgetGate(Cost cap) {
        this.cap = cap;
    }

    /**
     * Leave, or why not, but never {@link Leave.TooLittle}. A request with leave must {@link #release} it.
     *
     * @throws BudgetSpent when waiting would not help
     */
    Leave enter(Asking asking) throws InterruptedException {
        Leave first = tried(asking);
        if (!(first instanceof Leave.TooLittle)) {
            return first;
        }
        turn.lockInterruptibly();
        try {
            while (true) {
                long seen = releases();
                Leave leave = tried(asking);
                if (!(leave instanceof Leave.TooLittle no)) {
                    return leave;
                }
                awaitRelease(seen, no);
            }
        } finally {
            turn.unlock();
        }
    }

    /** Counted as in flight while it tries, so that two which try at once do not both believe that they are alone. */
    private Leave tried(Asking asking) throws InterruptedException {
        synchronized (this) {
            if (over != null) {
                throw over;
            }
            inFlight++;
        }
        boolean granted = false;
        try {
            Leave leave = asking.ask();
            granted = leave instanceof Leave.Granted;
            return leave;
        } finally {
            if (!granted) {
                synchronized (this) {
                    inFlight--;
                    notifyAll();
                }
            }
        }
    }

    private synchronized long releases() {
        return releases;
    }

    private synchronized void awaitRelease(long seen, Leave.TooLittle no) throws InterruptedException {
        while (releases == seen) {
            if (over != null) {
                throw over;
            }
            if (inFlight == 0) {
                over = new BudgetSpent(cap, no.totals(), no.worst());
                throw over;
            }
            wait();
        }
    }

    /** A request with leave has ended, or waits in turn again. */
    synchronized void release() {
        inFlight--;
        releases++;
        notifyAll();
    }
}
