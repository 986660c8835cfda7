package pairwright.ranking;

import java.util.stream.IntStream;

/** Rows in a fixed number of parts that may be worked on at the same time. */
final class RowParts {
    /** As many as there are in a large table. */
    static final int PARTS = 4;

    private static final int FEWEST = 1 << 15;

    private RowParts() {}

    /** What is done to the rows from one to before another; parts must not touch the same memory. */
    interface Part {
        void of(int from, int to);
    }

    /** The same for a part by its number. */
    interface Numbered {
        void of(int part, int from, int to);
    }

    /** How many parts so many rows have. */
    static int count(int rows) {
        return rows < FEWEST ? 1 : PARTS;
    }

    static void each(int rows, Part work) {
        each(rows, (part, from, to) -> work.of(from, to));
    }

    static void each(int rows, Numbered work) {
        int parts = count(rows);
        if (parts == 1) {
            work.of(0, 0, rows);
            return;
        }
        IntStream.range(0, parts)
                .parallel()
                .forEach(p -> work.of(p, (int) ((long) rows * p / parts), (int) ((long) rows * (p + 1) / parts)));
    }
}
