import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;

/**
 * The 99th percentile, in ms, of the time from sending to the last byte of the calls that a ledger says were answered within a
 * span: {@code java -cp target/lib/* bench/LedgerLatency.java LEDGER FROM TO}, both in milliseconds since 1970.
 */
final class LedgerLatency {
    private LedgerLatency() {}

    public static void main(String[] args) throws SQLException {
        if (args.length != 3) {
            System.err.println("usage: java bench/LedgerLatency.java LEDGER FROM TO");
            System.exit(2);
        }
        String from = Instant.ofEpochMilli(Long.parseLong(args[1])).toString();
        String to = Instant.ofEpochMilli(Long.parseLong(args[2])).toString();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
                PreparedStatement select = connection.prepareStatement(
                        "SELECT latency FROM call WHERE answered_at BETWEEN ? AND ? AND latency NOT NULL ORDER BY latency"
                                + " LIMIT 1 OFFSET (SELECT COUNT(*) FROM call WHERE answered_at BETWEEN ? AND ?"
                                + " AND latency NOT NULL) * 99 / 100")) {
            for (int i = 1; i <= 4; i++) {
                select.setString(i, i % 2 == 1 ? from : to);
            }
            try (ResultSet row = select.executeQuery()) {
                System.out.printf(Locale.ROOT, "%.1f%n", row.next() ? row.getLong(1) / 1e3 : 0);
            }
        }
    }
}
