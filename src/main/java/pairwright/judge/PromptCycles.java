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

    /** So many edges of one prompt are gathered in memory before they go to disk; rows of a prompt mostly come together. */
    private static final int RUN = 256;

    private static final int EDGE_BYTES = Integer.BYTES + 4 * Long.BYTES;

    private final DiskGroups runs = DiskGroups.temporary();
    private final ByteBuffer run = ByteBuffer.allocate(RUN * EDGE_BYTES);
    private final Labelling labelling;
    private Text prompt;
    private long rows;

    /** A text by the first 128 bits of its digest: two of 2^32 texts are mistaken for one with a probability below 1e-19. */
    private record Text(long high, long low) {
        static Text of(String text) {
            String digest = Digests.sha256(text);
            return new Text(
                    HexFormat.fromHexDigitsToLong(digest, 0, 16), HexFormat.fromHexDigitsToLong(digest, 16, 32));
        }

        static Text read(ByteBuffer from) {
            return new Text(from.getLong(), from.getLong());
        }

        void write(ByteBuffer to) {
            to.putLong(high).putLong(low);
        }
    }

    /** @param labelling says which of two responses an edge points to; a tie is no edge */
    public PromptCycles(Labelling labelling) {
        this.labelling = labelling;
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
        Label label = labelling.label(preference, judgment.evidence());
        if (label == Label.TIE) {
            return;
        }
        Text next = Text.of(judgment.pair().prompt().id());
        if (!next.equals(prompt) || !run.hasRemaining()) {
            flush();
            prompt = next;
        }
        run.putInt(row);
        Text.of(label == Label.A ? a : b).write(run);
        Text.of(label == Label.A ? b : a).write(run);
    }

    private void flush() {
        if (run.position() > 0) {
            ByteBuffer key = ByteBuffer.allocate(2 * Long.BYTES);
            prompt.write(key);
            runs.add(key.array(), Arrays.copyOf(run.array(), run.position()));
            run.clear();
        }
    }

    /** The rows, from 0 in the order in which they were added, whose judgments lie on a cycle. */
    public BitSet rowsOnCycles() {
        flush();
        BitSet found = new BitSet();
        runs.forEach(group -> mark(group, found));
        return found;
    }

    private static void mark(List<byte[]> group, BitSet found) {
        int edges = group.stream().mapToInt(bytes -> bytes.length).sum() / EDGE_BYTES;
        if (edges < 2) {
            return;
        }
        Map<Text, Integer> texts = new HashMap<>();
        int[] rows = new int[edges];
        int[] better = new int[edges];
        int[] worse = new int[edges];
        int i = 0;
        for (byte[] bytes : group) {
            for (ByteBuffer edge = ByteBuffer.wrap(bytes); edge.hasRemaining(); i++) {
                rows[i] = edge.getInt();
                better[i] = number(texts, Text.read(edge));
                worse[i] = number(texts, Text.read(edge));
            }
        }
        int[] component = StrongComponents.of(texts.size(), better, worse);
        for (int edge = 0; edge < edges; edge++) {
            if (component[better[edge]] == component[worse[edge]]) {
                found.set(rows[edge]);
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
        runs.close();
    }
}
