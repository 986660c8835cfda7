package pairwright.ranking;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import pairwright.jsonl.FlatLine;

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

    private final ComparisonTable.Builder table;
    private final FlatLine line = new FlatLine(KEYS);
    private final ByteNames names = new ByteNames();

    public FlatBattles(ComparisonTable.Builder table) {
        this.table = table;
    }

    /** The line to look at. */
    public FlatLine line() {
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
        int a = line.from(MODEL_A);
        int b = line.from(MODEL_B);
        if (z < 0
                || blank(MODEL_A)
                || blank(MODEL_B)
                || Arrays.equals(line.bytes(), a, line.to(MODEL_A), line.bytes(), b, line.to(MODEL_B))) {
            return false;
        }
        table.battle(number(a, line.to(MODEL_A)), number(b, line.to(MODEL_B)), z);
        return true;
    }

    /** z, or below 0 for a winner that needs a closer look. */
    private double winner() {
        return line.isText(WINNER, MODEL_A_WON)
                ? 1
                : line.isText(WINNER, MODEL_B_WON)
                        ? 0
                        : line.isText(WINNER, TIE) || line.isText(WINNER, BOTH_BAD) ? .5 : -1;
    }

    private boolean blank(int key) {
        for (int i = line.from(key); i < line.to(key); i++) {
            if (line.bytes()[i] != ' ') {
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
