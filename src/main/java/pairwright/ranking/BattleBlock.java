package pairwright.ranking;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import pairwright.jsonl.FieldNames;
import pairwright.jsonl.FlatReader.Block;
import pairwright.jsonl.FlatRow;

/** The plain battles of a block of lines, seen by one worker, and where its other lines are. */
final class BattleBlock {
    private static final List<String> KEYS = List.of(
            "model_a",
            "model_b",
            "winner",
            "z",
            "prompt_id",
            "question_id",
            "weight",
            "judge",
            "annotator",
            "category");
    private static final int MODEL_A = 0;
    private static final int MODEL_B = 1;
    private static final int WINNER = 2;
    private static final int UNKNOWN = -1;
    private static final byte[] MODEL_A_WON = "model_a".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MODEL_B_WON = "model_b".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIE = "tie".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BOTH_BAD = "tie (bothbad)".getBytes(StandardCharsets.US_ASCII);

    final byte[] bytes;
    int lines;
    int battles;
    int[] a = new int[1 << 14];
    int[] b = new int[1 << 14];
    /** Half wins of a. */
    byte[] halves = new byte[1 << 14];

    int others;
    /** Of each other line: how many lines and battles stand before it, where it begins and where it ends. */
    int[] linesBefore = new int[16];

    int[] battlesBefore = new int[16];
    int[] from = new int[16];
    int[] to = new int[16];

    private BattleBlock(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What one worker keeps from block to block. */
    static final class Worker {
        private final ComparisonTableBuilder table;
        private final FlatRow line;
        private final ByteNames names = new ByteNames();

        Worker(ComparisonTableBuilder table, FieldNames fields) {
            this.table = table;
            this.line = new FlatRow(fields, KEYS.size());
        }

        BattleBlock of(Block block) {
            BattleBlock found = new BattleBlock(block.bytes());
            for (int at = block.from(); at < block.to(); at = line.end()) {
                boolean sure = line.scan(block.bytes(), at, block.to());
                if (!sure || !(line.isBlank() || add(found))) {
                    found.other(at, line.end());
                }
                found.lines++;
            }
            return found;
        }

        /** Adds the battle of the line; false, and nothing is added, where it holds more or less than a plain battle of two models. */
        private boolean add(BattleBlock block) {
            if (!line.isText(MODEL_A) || !line.isText(MODEL_B) || !line.isText(WINNER)) {
                return false;
            }
            for (int key = WINNER + 1; key < KEYS.size(); key++) {
                if (line.has(key)) {
                    return false;
                }
            }
            int won = halves();
            if (won == UNKNOWN) {
                return false;
            }
            int one = known(MODEL_A);
            int other = known(MODEL_B);
            // Both are looked at before either gets a number: a table has no items without a comparison.
            if ((one == UNKNOWN && !isPlain(MODEL_A)) || (other == UNKNOWN && !isPlain(MODEL_B)) || same(one, other)) {
                return false;
            }
            block.add(one == UNKNOWN ? number(MODEL_A) : one, other == UNKNOWN ? number(MODEL_B) : other, won);
            return true;
        }

        private boolean same(int one, int other) {
            if (one != UNKNOWN || other != UNKNOWN) {
                return one == other;
            }
            return Arrays.equals(
                    line.bytes(),
                    line.start(MODEL_A),
                    line.end(MODEL_A),
                    line.bytes(),
                    line.start(MODEL_B),
                    line.end(MODEL_B));
        }

        /** Half wins of the first, unknown for a winner that needs a closer look. */
        private int halves() {
            return won(MODEL_A_WON) ? 2 : won(MODEL_B_WON) ? 0 : won(TIE) || won(BOTH_BAD) ? 1 : UNKNOWN;
        }

        private boolean won(byte[] word) {
            return Arrays.equals(line.bytes(), line.start(WINNER), line.end(WINNER), word, 0, word.length);
        }

        private int known(int key) {
            return names.find(line.bytes(), line.start(key), line.end(key));
        }

        /** Whether the bytes of a name are surely its text: none escaped or beyond ASCII, and not only spaces. */
        private boolean isPlain(int key) {
            boolean blank = true;
            for (int i = line.start(key); i < line.end(key); i++) {
                if (line.bytes()[i] < 0 || line.bytes()[i] == '\\') {
                    return false;
                }
                blank &= line.bytes()[i] == ' ';
            }
            return !blank;
        }

        /** Gives a plain name its number. */
        private int number(int key) {
            int start = line.start(key);
            int end = line.end(key);
            int number = table.item(new String(line.bytes(), start, end - start, StandardCharsets.US_ASCII));
            names.put(line.bytes(), start, end, number);
            return number;
        }
    }

    static FieldNames fields() {
        return new FieldNames(KEYS);
    }

    private void add(int one, int other, int won) {
        if (battles == a.length) {
            a = Arrays.copyOf(a, 2 * battles);
            b = Arrays.copyOf(b, 2 * battles);
            halves = Arrays.copyOf(halves, 2 * battles);
        }
        a[battles] = one;
        b[battles] = other;
        halves[battles++] = (byte) won;
    }

    private void other(int begins, int ends) {
        if (others == from.length) {
            linesBefore = Arrays.copyOf(linesBefore, 2 * others);
            battlesBefore = Arrays.copyOf(battlesBefore, 2 * others);
            from = Arrays.copyOf(from, 2 * others);
            to = Arrays.copyOf(to, 2 * others);
        }
        linesBefore[others] = lines;
        battlesBefore[others] = battles;
        from[others] = begins;
        to[others++] = ends;
    }

    /** The bytes of another line, without its end. */
    byte[] otherLine(int number) {
        int end = to[number];
        while (end > from[number] && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOfRange(bytes, from[number], end);
    }
}
