package pairwright.cli;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What calls cost and may cost, where that can be estimated beforehand. */
final class SpendingOptions {
    @Mixin
    private MoneyOptions money;

    @Option(
            names = "--dry-run",
            description = "Estimate calls, tokens, cost and time, and stop before anything is sent or written.")
    private boolean dryRun;

    Optional<Double> budget() {
        return money.budget();
    }

    Optional<String> prices() {
        return money.prices();
    }

    boolean dryRun() {
        return dryRun;
    }
}
