package pairwright.judge;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskGroups;
import pairwright.pair.Label;

/**
 * Finds judgments of one prompt that go round in a circle: a better than b, b better than c, c better than a, of any length. Responses
 * are told apart by their texts; ties and abstentions prefer nothing. What was seen lies on disk. For one thread.
 */
public final class PromptCycles implements AutoCloseable {
    /** The conflict of a judgment that lies on a cycle. */
    public static final String CONFLICT = "cycle";

    /** A digest's first 128 bits: two of 2^32 texts are mistaken for one with a probability below 1e-19. */
    private static final int DIGEST_BYTES = 16;

    private final DiskGroups edges = DiskGroups.temporary();
    private long rows;

    /** A text by its digest. */
    private record Text(long high, long low) {
        static Text read(ByteBuffer from) {
            return new Text(from.getLong(), from.getLong());
        }
    }

    /** Adds the judgment of the next row. */
    public void add(Judgment judgment) {
        if (rows == Integer.MAX_VALUE) {
            throw new IllegalStateException("more than " + Integer.MAX_VALUE + " rows; split the file by prompt");
        }
        int row = (int) rows++;
        String a = judgment.pair().responseA();
        String b = judgment.pair().responseB();
        if (!(judgment.verdict() instanceof Preference preference) || a.equals(b)) {
            return;
        }
        Label label = preference.label(Preference.DEFAULT_TIE_BAND);
        if (label == Label.TIE) {
            return;
        }
        byte[] value = ByteBuffer.allocate(Integer.BYTES + 2 * DIGEST_BYTES)
                .putInt(row)
                .put(digest(label == Label.A ? a : b))
                .put(digest(label == Label.A ? b : a))
                .array();
        edges.add(digest(judgment.pair().prompt().id()), value);
    }

    private static byte[] digest(String text) {
        return Arrays.copyOf(HexFormat.of().parseHex(Digests.sha256(text)), DIGEST_BYTES);
    }

    /** The rows, from 0 in the order in which they were added, whose judgments lie on a cycle. */
    public BitSet rowsOnCycles() {
        BitSet found = new BitSet();
        edges.forEach(2, group -> mark(group, found));
        return found;
    }

    private static void mark(List<byte[]> group, BitSet found) {
        Map<Text, Integer> texts = new HashMap<>();
        int[] rows = new int[group.size()];
        int[] better = new int[rows.length];
        int[] worse = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            ByteBuffer edge = ByteBuffer.wrap(group.get(i));
            rows[i] = edge.getInt();
            better[i] = number(texts, Text.read(edge));
            worse[i] = number(texts, Text.read(edge));
        }
        int[] component = StrongComponents.of(texts.size(), better, worse);
        for (int i = 0; i < rows.length; i++) {
            if (component[better[i]] == component[worse[i]]) {
                found.set(rows[i]);
            }
        }
    }

    private static int number(Map<Text, Integer> texts, Text text) {
        int next = texts.size();
        Integer known = texts.putIfAbsent(text, next);
        return known == null ? next : known;
    }

    @Override
    public void close() {
        edges.close();
    }
}
