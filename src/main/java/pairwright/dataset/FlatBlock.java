package pairwright.dataset;

import java.util.Arrays;
import pairwright.jsonl.Fingerprint;
import pairwright.jsonl.FlatReader.Block;
import pairwright.jsonl.FlatRow;

/** What a block of lines holds, line by line, seen by one worker: three texts, whether they can be learned from, and their fingerprint. */
final class FlatBlock {
    static final byte BLANK = 0;
    static final byte UNSURE = 1;
    static final byte SAME_TEXTS = 2;
    static final byte GOOD = 3;

    private static final int TEXTS = 3;
    private static final int PROMPT = 0;
    private static final int CHOSEN = 1;
    private static final int REJECTED = 2;

    final byte[] bytes;
    int lines;
    byte[] verdicts = new byte[1024];
    byte[] winners = new byte[1024];
    int[] ends = new int[1024];
    int[] slices = new int[2 * TEXTS * 1024];
    long[] fields = new long[1024];
    Fingerprint[] fingerprints = new Fingerprint[1024];
    final int from;

    private FlatBlock(Block block) {
        bytes = block.bytes();
        from = block.from();
    }

    static FlatBlock of(Block block, FlatRow row) {
        FlatBlock found = new FlatBlock(block);
        int at = block.from();
        while (at < block.to()) {
            found.room();
            boolean sure = row.scan(block.bytes(), at, block.to());
            found.add(row, sure);
            at = row.end();
        }
        return found;
    }

    private void room() {
        if (lines == verdicts.length) {
            int more = 2 * lines;
            verdicts = Arrays.copyOf(verdicts, more);
            winners = Arrays.copyOf(winners, more);
            ends = Arrays.copyOf(ends, more);
            slices = Arrays.copyOf(slices, 2 * TEXTS * more);
            fields = Arrays.copyOf(fields, more);
            fingerprints = Arrays.copyOf(fingerprints, more);
        }
    }

    private void add(FlatRow row, boolean sure) {
        int line = lines++;
        ends[line] = row.end();
        verdicts[line] = !sure ? UNSURE : row.isBlank() ? BLANK : row.holdsAllTexts() ? GOOD : UNSURE;
        if (verdicts[line] != GOOD) {
            return;
        }
        for (int text = 0; text < TEXTS; text++) {
            slices[2 * (TEXTS * line + text)] = row.start(text);
            slices[2 * (TEXTS * line + text) + 1] = row.end(text);
        }
        fields[line] = row.fields();
        judge(line, row);
    }

    /** The same conclusions as {@link Selection} comes to, where the ends of the texts are surely no white space; else it is not sure. */
    private void judge(int line, FlatRow row) {
        int prompt = row.start(PROMPT);
        int chosen = row.start(CHOSEN);
        int chosenEnd = row.end(CHOSEN);
        int rejected = row.start(REJECTED);
        int rejectedEnd = row.end(REJECTED);
        int chosenCore = core(chosen, chosenEnd);
        int rejectedCore = core(rejected, rejectedEnd);
        if (core(prompt, row.end(PROMPT)) < 0
                || chosenCore < 0
                || rejectedCore < 0
                || !endsPlain(chosenEnd)
                || !endsPlain(rejectedEnd)) {
            verdicts[line] = UNSURE;
            return;
        }
        if (Arrays.equals(bytes, chosenCore, chosenEnd, bytes, rejectedCore, rejectedEnd)) {
            verdicts[line] = SAME_TEXTS;
            return;
        }
        boolean chosenFirst = Arrays.compare(bytes, chosen, chosenEnd, bytes, rejected, rejectedEnd) < 0;
        Fingerprint better = Fingerprint.of(bytes, chosen, chosenEnd - chosen);
        Fingerprint worse = Fingerprint.of(bytes, rejected, rejectedEnd - rejected);
        winners[line] = (byte) (chosenFirst ? 1 : 2);
        fingerprints[line] = Fingerprint.joined(
                Fingerprint.of(bytes, prompt, row.end(PROMPT) - prompt),
                chosenFirst ? better : worse,
                chosenFirst ? worse : better);
    }

    /** Where the text begins behind its spaces, if with a letter that is surely visible; else below 0. */
    private int core(int from, int to) {
        int at = from;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        if (at == to) {
            return -1;
        }
        byte first = bytes[at];
        boolean visible = first == '\\'
                ? bytes[at + 1] == '"' || bytes[at + 1] == '\\'
                : first < 0 ? !mayBeSpace(at) : first > ' ' && first < 0x7f;
        return visible ? at : -1;
    }

    /** Whether a text that is not blank ends with a letter that is surely visible. */
    private boolean endsPlain(int to) {
        byte last = bytes[to - 1];
        if (last < 0) {
            int at = to - 1;
            while ((bytes[at] & 0xc0) == 0x80) {
                at--;
            }
            return !mayBeSpace(at);
        }
        // Behind a backslash these may be the end of a line and the like; a quote or backslash is itself.
        boolean mayBeEscaped = last == 'n' || last == 't' || last == 'r' || last == 'b' || last == 'f';
        return last > ' ' && last < 0x7f && !(mayBeEscaped && bytes[to - 2] == '\\');
    }

    /** All white space beyond ASCII has three bytes of which the first is one of these (U+1680, U+2000 to U+205F, U+3000). */
    private boolean mayBeSpace(int at) {
        return switch (bytes[at]) {
            case (byte) 0xe1 -> bytes[at + 1] == (byte) 0x9a;
            case (byte) 0xe2 -> bytes[at + 1] == (byte) 0x80 || bytes[at + 1] == (byte) 0x81;
            case (byte) 0xe3 -> bytes[at + 1] == (byte) 0x80 && bytes[at + 2] == (byte) 0x80;
            default -> false;
        };
    }

    /** Where a line begins. */
    int start(int line) {
        return line == 0 ? from : ends[line - 1];
    }
}
