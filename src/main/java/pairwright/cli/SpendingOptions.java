package pairwright.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What calls cost and may cost. */
final class SpendingOptions {
    @Option(
            names = "--budget",
            paramLabel = "COST",
            description = "Never spend more than this; what the ledger has paid before counts (default no limit).")
    private Optional<Double> budget;

    @Option(names = "--prices", paramLabel = "FILE", description = "What models cost (default prices.yaml).")
    private Optional<String> prices;

    @Option(
            names = "--dry-run",
            description = "Estimate calls, tokens, cost and time, and stop before anything is sent or written.")
    private boolean dryRun;

    Optional<Double> budget() {
        return budget;
    }

    Optional<String> prices() {
        return prices;
    }

    boolean dryRun() {
        return dryRun;
    }
}
