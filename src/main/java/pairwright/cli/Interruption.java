package pairwright.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Says what was kept when a person or the system stops the program. */
final class Interruption {
    private volatile boolean over;

    private Interruption() {}

    static Interruption watch(List<String> args) {
        Interruption interruption = new Interruption();
        if (args.contains(ServeCommand.NAME)) { // is meant to be stopped so, and says itself what it did
            return interruption;
        }
        Thread hook = new Thread(
                () -> {
                    if (!interruption.over) {
                        System.err.println();
                        System.err.println(
                                "pairwright: interrupted. No output was left half-written, and every reply of a server so far is in"
                                        + " the ledger. To go on where it stopped, run again:");
                        System.err.println("  ./pairwright "
                                + args.stream().map(Interruption::quoted).collect(Collectors.joining(" ")));
                    }
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return interruption;
    }

    /** As a shell reads it. */
    static String quoted(String arg) {
        return arg.matches("[A-Za-z0-9_./:=@%+,-]+") ? arg : "'" + arg.replace("'", "'\\''") + "'";
    }

    /** The command ended by itself. */
    void over() {
        over = true;
    }
}
