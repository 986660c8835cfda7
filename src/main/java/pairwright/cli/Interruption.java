package pairwright.cli;

import java.util.List;

/** Says what was kept when a person or the system stops the program. */
final class Interruption {
    private volatile boolean over;

    private Interruption() {}

    static Interruption watch(List<String> args) {
        Interruption interruption = new Interruption();
        Thread hook = new Thread(
                () -> {
                    if (!interruption.over) {
                        System.err.println();
                        System.err.println(
                                "pairwright: interrupted. Every reply so far is in the ledger; no output was left half-written."
                                        + " To go on where it stopped, run again:");
                        System.err.println("  ./pairwright " + String.join(" ", args));
                    }
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return interruption;
    }

    /** The command ended by itself. */
    void over() {
        over = true;
    }
}
