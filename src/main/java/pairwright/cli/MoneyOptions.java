package pairwright.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What calls cost and may cost. */
final class MoneyOptions {
    @Option(
            names = "--budget",
            paramLabel = "COST",
            description = "Never spend more than this; what the ledger has paid before counts (default no limit).")
    private Optional<Double> budget;

    @Option(names = "--prices", paramLabel = "FILE", description = "What models cost (default prices.yaml).")
    private Optional<String> prices;

    Optional<Double> budget() {
        return budget;
    }

    Optional<String> prices() {
        return prices;
    }
}
