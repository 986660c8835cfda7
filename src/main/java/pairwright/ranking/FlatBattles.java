package pairwright.ranking;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.FieldNames;
import pairwright.jsonl.FlatReader;

/**
 * Plain battles straight from the bytes of a file into a table, by several threads, for files of many millions. It takes only lines that
 * hold nothing but the two models and who won; every other line goes the usual way, in its place.
 */
public final class FlatBattles implements Closeable {
    private static final int MOST_WORKERS = 4;

    private final ComparisonTableBuilder table;
    private final FlatReader<BattleBlock> blocks;
    private long lines;

    /** Over a file that {@link #suits}. */
    public FlatBattles(String file, ComparisonTableBuilder table) {
        this.table = table;
        FieldNames fields = BattleBlock.fields();
        int workers = Math.max(1, Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors()));
        ThreadLocal<BattleBlock.Worker> worker = ThreadLocal.withInitial(() -> new BattleBlock.Worker(table, fields));
        this.blocks = new FlatReader<>(file, workers, block -> worker.get().of(block));
    }

    /** Whether a file is such: rows of JSON, neither packed nor in a list. */
    public static boolean suits(String file) {
        if (file.equals("-") || !Files.isRegularFile(Path.of(file))) {
            return false;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.read() == '{';
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** What takes a line that is not a plain battle. */
    public interface Other {
        /**
         * Takes one line.
         *
         * @param number from 1
         */
        void take(byte[] line, long number) throws InterruptedException;
    }

    /**
     * Adds the battles of the next lines to the table.
     *
     * @param other takes the other lines, each after the battles that stand before it
     * @return how many battles were added, below 0 at the end of the file
     */
    public long next(Other other) throws InterruptedException {
        BattleBlock block = blocks.next();
        if (block == null) {
            return -1;
        }
        int done = 0;
        for (int i = 0; i < block.others; i++) {
            add(block, done, block.battlesBefore[i]);
            done = block.battlesBefore[i];
            other.take(block.otherLine(i), lines + block.linesBefore[i] + 1);
        }
        add(block, done, block.battles);
        lines += block.lines;
        return block.battles;
    }

    private void add(BattleBlock block, int from, int to) {
        if (to > from) {
            table.battles(block.a, block.b, block.halves, from, to);
        }
    }

    /** XXH3 (128 bits) over the whole file, hex; call after the last block. */
    public String xxh3() {
        return blocks.xxh3();
    }

    @Override
    public void close() {
        blocks.close();
    }
}
