package pairwright.llm;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Calls that were made before their model had a price. Their tokens are known, or the most that they can have been. */
record UnpricedCalls(Connection connection) {
    /** Every sending but the one that was answered counts as lost; tokens that the server did not say count as the most. */
    private static final String PRICE = """
            UPDATE call SET
              cost = CASE WHEN outcome = 'COMPLETION' THEN MIN(9000000000000000,
                (COALESCE(prompt_tokens, prompt_bound) * ?1 + COALESCE(completion_tokens, reply_bound) * ?2 + 999999)
                / 1000000) END,
              at_risk = CASE WHEN sent - (outcome IS NOT NULL) = 0 THEN 0 ELSE MIN(9000000000000000,
                (sent - (outcome IS NOT NULL)) * ((prompt_bound * ?1 + reply_bound * ?2 + 999999) / 1000000)) END
            WHERE endpoint = ?3 AND model = ?4 AND at_risk IS NULL""";

    private static final String SUM = """
            UPDATE account SET
              spent = MIN(9000000000000000000, CAST((SELECT TOTAL(cost) FROM call) AS INTEGER)),
              at_risk = MIN(9000000000000000000, CAST((SELECT TOTAL(at_risk) FROM call) AS INTEGER))""";
    private static final String COUNT = """
            SELECT COUNT(*) FROM call WHERE (outcome = 'COMPLETION' AND cost IS NULL) OR at_risk IS NULL""";

    /** Prices those of one model and adds them to the account. */
    void price(URI endpoint, String model, Prices prices) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(PRICE)) {
            update.setLong(1, prices.promptNanos());
            update.setLong(2, prices.completionNanos());
            update.setString(3, endpoint.toString());
            update.setString(4, model);
            update.executeUpdate();
        }
        try (var statement = connection.createStatement()) {
            statement.execute(SUM);
        }
    }

    /** How many there are still. */
    long count() throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNT)) {
            row.next();
            return row.getLong(1);
        }
    }
}
