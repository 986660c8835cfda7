package pairwright.pair;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
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
    private final List<RowReader<Pair>> readers;
    private final DiskIndex seen = DiskIndex.temporary();
    private final LongConsumer onRow;
    private Row<Pair> next;
    private int file;
    private long count;

    /**
     * Over the rows of one file after another; closes none of them.
     *
     * @param readers at least one, all setting bad rows aside in the same place
     * @param onRow told the number of rows taken so far
     */
    public UniquePairs(List<RowReader<Pair>> readers, LongConsumer onRow) {
        this.readers = List.copyOf(readers);
        this.onRow = onRow;
    }

    /** Over the rows of one file. */
    public static UniquePairs of(RowReader<Pair> reader) {
        return new UniquePairs(List.of(reader), count -> {});
    }

    /** The names of the files. */
    public String name() {
        return readers.stream().map(RowReader::name).collect(Collectors.joining(", "));
    }

    /** Sets aside a row that was taken but that a later check refuses. */
    public void refuse(Row<Pair> row, String error) {
        readers.get(0).refuse(row, error);
    }

    @Override
    public boolean hasNext() {
        while (next == null && file < readers.size()) {
            if (!readers.get(file).hasNext()) {
                file++;
                continue;
            }
            Row<Pair> row = readers.get(file).next();
            String digest = digest(row.value());
            Optional<String> before = seen.putIfAbsent(row.value().id(), digest + " " + row.where());
            if (before.isPresent() && !before.get().startsWith(digest)) {
                refuse(
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
        return Digests.sha256(Json.bytes(List.of(pair.prompt().messages(), pair.responseA(), pair.responseB())));
    }

    @Override
    public void close() {
        seen.close();
    }
}
