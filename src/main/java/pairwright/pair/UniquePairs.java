package pairwright.pair;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.LongConsumer;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;

/**
 * Rows of pairs in which an id means one pair: a row whose id stood before with another prompt or other texts is set aside as a bad row.
 * What was seen lies on disk, so memory does not grow with the rows.
 */
public final class UniquePairs implements Iterator<Row<Pair>>, AutoCloseable {
    private final RowReader<Pair> rows;
    private final DiskIndex seen = DiskIndex.temporary();
    private final LongConsumer onRow;
    private Row<Pair> next;
    private long count;

    /**
     * Over the rows of a file.
     *
     * @param onRow told the number of rows taken so far
     */
    public UniquePairs(RowReader<Pair> rows, LongConsumer onRow) {
        this.rows = rows;
        this.onRow = onRow;
    }

    @Override
    public boolean hasNext() {
        while (next == null && rows.hasNext()) {
            Row<Pair> row = rows.next();
            String digest = digest(row.value());
            Optional<String> before = seen.putIfAbsent(row.value().id(), digest + " " + row.where());
            if (before.isPresent() && !before.get().startsWith(digest)) {
                rows.refuse(
                        row,
                        "id " + row.value().id() + " stood already at "
                                + before.get().substring(digest.length() + 1) + " with other texts, must be unique");
            } else {
                next = row;
            }
        }
        return next != null;
    }

    @Override
    public Row<Pair> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row<Pair> row = next;
        next = null;
        onRow.accept(++count);
        return row;
    }

    /** How many rows were taken. */
    public long count() {
        return count;
    }

    /** What tells two pairs apart: the messages and the two texts. */
    public static String digest(Pair pair) {
        return Digests.sha256(Json.write(
                java.util.List.of(pair.prompt().messages(), pair.responseA(), pair.responseB())));
    }

    @Override
    public void close() {
        seen.close();
    }
}
