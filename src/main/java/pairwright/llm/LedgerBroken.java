package pairwright.llm;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The ledger cannot be read or written. It is raised before anything more is sent, because a reply could not be kept. */
public final class LedgerBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerBroken(String message, Throwable cause) {
        super(message, cause);
    }

    /** What happened and what to do, by SQLite's code. */
    static LedgerBroken of(Path path, Exception e) {
        String keep = "; the replies before are kept: mend it and run the same command again";
        String what = switch (e instanceof SQLiteException sqlite ? primary(sqlite) : "") {
            case "SQLITE_READONLY" -> "cannot be written: it is read-only; give write permission";
            case "SQLITE_FULL" -> "cannot be written: the disk is full; make room";
            case "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH" ->
                "cannot be opened: check that its folder exists and may be written";
            case "SQLITE_NOTADB", "SQLITE_CORRUPT" ->
                "is damaged or no ledger: restore it from a copy or name another file";
            case "SQLITE_BUSY", "SQLITE_LOCKED" -> "is held by another process; wait until that ends";
            default -> "cannot be used: " + e.getMessage();
        };
        return new LedgerBroken(path + ": " + what + (what.startsWith("is damaged") ? "" : keep), e);
    }

    /** Whether somebody else holds the file at the moment. */
    static boolean busy(SQLException e) {
        return e instanceof SQLiteException sqlite && primary(sqlite).equals("SQLITE_BUSY");
    }

    /** The name without what SQLite appends to it: SQLITE_READONLY_DIRECTORY is SQLITE_READONLY. */
    private static String primary(SQLiteException e) {
        return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff).name();
    }
}
