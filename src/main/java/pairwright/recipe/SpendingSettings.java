package pairwright.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pairwright.llm.Cost;
import pairwright.llm.PriceTable;
import pairwright.llm.Prices;

/**
 * What calls cost and what they may cost, as a stage says it.
 *
 * @param budget most that all calls of the ledger may cost
 * @param prices file of prices; {@code prices.yaml} in the working folder, else the program's, unless said
 */
record SpendingSettings(Optional<Double> budget, Optional<String> prices) {
    static final SpendingSettings NONE = new SpendingSettings(Optional.empty(), Optional.empty());

    private static final String FILE = "prices.yaml";

    SpendingSettings {
        var unused = budget.map(SpendingSettings::cost);
    }

    private static Cost cost(double budget) {
        return Cost.of("budget", budget);
    }

    /** The most that all may cost. */
    Optional<Cost> cap() {
        return budget.map(SpendingSettings::cost);
    }

    /**
     * The prices for a server: those said with its address go before those of the file.
     *
     * @throws pairwright.jsonl.BadInput when the file that is named is not there, or a file of prices cannot be read
     */
    PriceTable table(EndpointSettings server, RunContext context) {
        PriceTable table = table(context);
        Optional<Prices> said = server.prices();
        if (said.isEmpty()) {
            return table;
        }
        List<PriceTable.Entry> models =
                new ArrayList<>(PriceTable.of(said.get()).models());
        return new PriceTable(table.currency(), models);
    }

    /** The prices of the file. */
    PriceTable table(RunContext context) {
        return file(context).map(PriceTable::load).orElse(PriceTable.EMPTY);
    }

    private Optional<Path> file(RunContext context) {
        if (prices.isPresent()) {
            return Optional.of(Path.of(context.places().input(prices.get())));
        }
        Path here = Path.of(FILE);
        Path home = Path.of(System.getProperty("pairwright.home", "")).resolve(FILE);
        return Files.isRegularFile(here) ? Optional.of(here) : Optional.of(home).filter(Files::isRegularFile);
    }
}
