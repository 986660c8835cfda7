package pairwright.ranking;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import pairwright.jsonl.FieldNames;
import pairwright.jsonl.FlatRow;

/**
 * Plain battles straight from the bytes of their lines into a table, for files of many millions. It takes only lines that hold nothing but
 * the two models and who won; every other line goes the usual way.
 */
public final class FlatBattles {
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
    private static final byte[] MODEL_A_WON = "model_a".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MODEL_B_WON = "model_b".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIE = "tie".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BOTH_BAD = "tie (bothbad)".getBytes(StandardCharsets.US_ASCII);

    private final ComparisonTableBuilder table;
    private final FlatRow line = new FlatRow(new FieldNames(KEYS), KEYS.size());
    private final ByteNames names = new ByteNames();

    public FlatBattles(ComparisonTableBuilder table) {
        this.table = table;
    }

    /** The line to look at. */
    public FlatRow line() {
        return line;
    }

    /** Adds the battle of the line; false, and nothing is added, where it holds more or less than a plain battle of two models. */
    public boolean add() {
        if (!line.isText(MODEL_A) || !line.isText(MODEL_B) || !line.isText(WINNER)) {
            return false;
        }
        for (int key = WINNER + 1; key < KEYS.size(); key++) {
            if (line.has(key)) {
                return false;
            }
        }
        double z = winner();
        int a = line.start(MODEL_A);
        int b = line.start(MODEL_B);
        if (z < 0
                || blank(MODEL_A)
                || blank(MODEL_B)
                || Arrays.equals(line.bytes(), a, line.end(MODEL_A), line.bytes(), b, line.end(MODEL_B))) {
            return false;
        }
        if (!isPlain(MODEL_A) || !isPlain(MODEL_B)) {
            return false;
        }
        table.battle(number(a, line.end(MODEL_A)), number(b, line.end(MODEL_B)), z);
        return true;
    }

    /** z, or below 0 for a winner that needs a closer look. */
    private double winner() {
        return won(MODEL_A_WON) ? 1 : won(MODEL_B_WON) ? 0 : won(TIE) || won(BOTH_BAD) ? .5 : -1;
    }

    private boolean won(byte[] word) {
        return Arrays.equals(line.bytes(), line.start(WINNER), line.end(WINNER), word, 0, word.length);
    }

    private boolean blank(int key) {
        for (int i = line.start(key); i < line.end(key); i++) {
            if (line.bytes()[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    /** Whether a name is known or has nothing but letters of ASCII, none of them escaped, so that its bytes are its text. */
    private boolean isPlain(int key) {
        if (names.find(line.bytes(), line.start(key), line.end(key)) >= 0) {
            return true;
        }
        for (int i = line.start(key); i < line.end(key); i++) {
            if (line.bytes()[i] < 0 || line.bytes()[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The number of a name in the table, by its bytes. */
    private int number(int from, int to) {
        int known = names.find(line.bytes(), from, to);
        if (known >= 0) {
            return known;
        }
        int number = table.item(new String(line.bytes(), from, to - from, StandardCharsets.US_ASCII));
        names.put(line.bytes(), from, to, number);
        return number;
    }
}
