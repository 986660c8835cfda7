package pairwright.llm;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a ledger has seen of one model: a sample of its replies, which lie in the order of digests, so that any stretch of
 * them is a random one.
 *
 * @param completionTokens of replies, where the server said; not in order
 * @param latencyMicros of replies, in order
 */
public record SeenReplies(List<Long> completionTokens, List<Long> latencyMicros) {
    private static final int MOST = 2000;
    private static final String SELECT = """
            SELECT completion_tokens, latency FROM call
            WHERE endpoint = ? AND model = ? AND outcome = 'COMPLETION' LIMIT ?""";

    public SeenReplies {
        completionTokens = List.copyOf(completionTokens);
        latencyMicros = List.copyOf(latencyMicros);
    }

    static SeenReplies of(Connection connection, Endpoint endpoint, String model) throws SQLException {
        List<Long> tokens = new ArrayList<>();
        List<Long> latencies = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, endpoint.base().toString());
            select.setString(2, model);
            select.setInt(3, MOST);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    number(row, 1).ifPresent(tokens::add);
                    number(row, 2).ifPresent(latencies::add);
                }
            }
        }
        Collections.sort(latencies);
        return new SeenReplies(tokens, latencies);
    }

    private static Optional<Long> number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
