package pairwright.llm;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Optional;
import pairwright.jsonl.BadInput;

/**
 * The one account of a ledger's file, changed in the same transactions as the calls, so that it holds over crashes and over
 * processes: spent is the sum of the calls' costs, at_risk that of the worst of what has no reply.
 */
final class LedgerAccount {
    private static final String RESERVE = """
            UPDATE account SET at_risk = MIN(at_risk + ?1, 9000000000000000000)
            WHERE ?2 IS NULL OR spent + at_risk + ?1 <= ?2 RETURNING spent, at_risk""";
    private static final String END = """
            UPDATE account SET spent = MIN(spent + ?, 9000000000000000000), at_risk = MAX(0, at_risk - ?)
            RETURNING spent, at_risk""";
    private static final String CATCH_UP = """
            UPDATE call SET at_risk = MIN(sent * ?1, 9000000000000000) WHERE key = ?2 AND at_risk IS NULL
              AND outcome IS NULL RETURNING at_risk""";
    private static final String TOTALS = "SELECT spent, at_risk FROM account";

    private final LedgerFile file;
    private final Optional<Cost> cap;
    private final Optional<BudgetGate> gate;
    private volatile Totals totals;
    private volatile boolean unpricedNoted;
    private volatile boolean unpricedLeft = true;

    LedgerAccount(LedgerFile file, Optional<Cost> cap) {
        this.file = file;
        this.cap = cap;
        this.gate = cap.map(BudgetGate::new);
        this.totals = file.read(LedgerAccount::totals);
    }

    Optional<Cost> cap() {
        return cap;
    }

    Totals totals() {
        return totals;
    }

    /** Where requests wait for one another's money; empty without a cap. */
    Optional<BudgetGate> gate() {
        return gate;
    }

    /** Within the writer's transaction. Without a price there is nothing to reserve, and that is noted. */
    Optional<Leave.TooLittle> reserve(Connection connection, String key, Optional<Cost> worst) throws SQLException {
        if (worst.isEmpty()) {
            noteUnpriced(connection);
            return Optional.empty();
        }
        if (unpricedLeft) {
            catchUp(connection, key, worst.get());
        }
        PreparedStatement update = file.prepared(connection, RESERVE);
        update.setLong(1, worst.get().nanos());
        if (cap.isPresent()) {
            update.setLong(2, cap.get().nanos());
        } else {
            update.setNull(2, Types.INTEGER);
        }
        try (ResultSet row = update.executeQuery()) {
            if (row.next()) {
                totals = totals(row);
                return Optional.empty();
            }
        }
        return Optional.of(new Leave.TooLittle(totals(connection), worst.get()));
    }

    /** The request of a call that an earlier version left open is known again: each of its sendings may have cost the worst. */
    private static void catchUp(Connection connection, String key, Cost worst) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(CATCH_UP)) {
            update.setLong(1, worst.nanos());
            update.setString(2, key);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    return;
                }
                try (PreparedStatement add = connection.prepareStatement("UPDATE account SET at_risk = at_risk + ?")) {
                    add.setLong(1, row.getLong(1));
                    add.executeUpdate();
                }
            }
        }
    }

    private void noteUnpriced(Connection connection) throws SQLException {
        if (!unpricedNoted) {
            try (var statement = connection.createStatement()) {
                statement.execute("UPDATE account SET unpriced = 1");
            }
            unpricedNoted = true;
        }
    }

    /** Within the writer's transaction: gives back what was reserved, and adds what it cost. */
    void end(Connection connection, Cost released, Optional<Cost> cost) throws SQLException {
        if (released.nanos() == 0 && cost.isEmpty()) {
            return;
        }
        PreparedStatement update = file.prepared(connection, END);
        update.setLong(1, cost.map(Cost::nanos).orElse(0L));
        update.setLong(2, released.nanos());
        try (ResultSet row = update.executeQuery()) {
            if (row.next()) {
                totals = totals(row);
            }
        }
    }

    private static Totals totals(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TOTALS)) {
            row.next();
            return totals(row);
        }
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(new Cost(row.getLong(1)), new Cost(row.getLong(2)));
    }

    /**
     * Takes the prices of the models that are about to be asked: prices what was asked of them before there were any.
     *
     * @throws BadInput when a cap could not be kept, because a price or the cost of an earlier call is unknown; or when the
     *     account is in another currency
     */
    void take(URI endpoint, Collection<String> models, PriceTable prices) throws InterruptedException {
        for (String model : models) {
            if (cap.isPresent() && prices.of(model).isEmpty()) {
                throw unknownPrice(model);
            }
        }
        Optional<BadInput> why = file.write(connection -> {
            Optional<BadInput> currency = currency(connection, prices);
            if (currency.isPresent()) {
                return currency;
            }
            if (!flagged(connection)) {
                unpricedLeft = false;
                return Optional.empty();
            }
            for (String model : models) {
                Optional<Prices> price = prices.of(model);
                if (price.isPresent()) {
                    new UnpricedCalls(connection).price(endpoint, model, price.get());
                }
            }
            long left = new UnpricedCalls(connection).count();
            try (var statement = connection.createStatement()) {
                statement.execute("UPDATE account SET unpriced = " + (left == 0 ? 0 : 1));
            }
            totals = totals(connection);
            return left > 0 && cap.isPresent()
                    ? Optional.of(new BadInput(file.path() + ": holds " + left
                            + " calls whose cost is unknown, so a budget could not be kept: give prices for the models"
                            + " that were asked, run once without a budget to ask again what is open, or name another"
                            + " ledger"))
                    : Optional.empty();
        });
        if (why.isPresent()) {
            throw why.get();
        }
    }

    static BadInput unknownPrice(String model) {
        return new BadInput("no price is known for the model " + model
                + ", so a budget could not be kept: add the model to prices.yaml, or give --price-prompt and"
                + " --price-completion (both 0 for a model on a machine of your own)");
    }

    private static boolean flagged(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT unpriced FROM account")) {
            return row.next() && row.getInt(1) != 0;
        }
    }

    private Optional<BadInput> currency(Connection connection, PriceTable prices) throws SQLException {
        if (prices.currency().isEmpty()) {
            return Optional.empty();
        }
        String wanted = prices.currency().get();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT currency FROM account")) {
            row.next();
            String kept = row.getString(1);
            if (kept != null) {
                return kept.equals(wanted)
                        ? Optional.empty()
                        : Optional.of(new BadInput(file.path() + ": keeps its account in " + kept
                                + ", the prices are in " + wanted + "; name another ledger, or prices in " + kept));
            }
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE account SET currency = ?")) {
            update.setString(1, wanted);
            update.executeUpdate();
        }
        return Optional.empty();
    }
}
