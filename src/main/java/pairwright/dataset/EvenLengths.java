package pairwright.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskGroups;
import pairwright.jsonl.Spool;

/**
 * The longer response is chosen as often as the shorter one, within each class of pairs whose lengths differ alike: the classes are steps of
 * a quarter of an octave in the ratio of the two lengths. By leaving out, a class keeps twice its rarer side; by weights, each side of a
 * class that has both counts as half of the class. Pairs of equal length stay as they are.
 */
record EvenLengths(LengthBalance how, long seed) implements SelectionStep {
    /** Ratios of 2^16 and more are one class. */
    private static final int CLASSES = 65;

    @Override
    public void narrow(Spool<ExampleFacts> facts, Survivors survivors) {
        long[][] count = new long[CLASSES][2];
        facts.forEach(one -> {
            if (survivors.has(one) && one.betterLength() != one.worseLength()) {
                count[classOf(one)][side(one)]++;
            }
        });
        if (how == LengthBalance.WEIGH) {
            facts.forEach(one -> weigh(one, count, survivors));
        } else {
            match(facts, count, survivors);
        }
    }

    private static void weigh(ExampleFacts one, long[][] count, Survivors survivors) {
        if (survivors.has(one) && one.betterLength() != one.worseLength()) {
            long[] sides = count[classOf(one)];
            if (sides[0] > 0 && sides[1] > 0) {
                survivors.weigh(one.number(), (sides[0] + sides[1]) / (2.0 * sides[side(one)]));
            }
        }
    }

    private void match(Spool<ExampleFacts> facts, long[][] count, Survivors survivors) {
        long[][] kept = new long[CLASSES][2];
        try (DiskGroups order = DiskGroups.temporary()) {
            facts.forEach(one -> {
                if (survivors.has(one) && one.betterLength() != one.worseLength()) {
                    byte[] identity = one.identity().getBytes(StandardCharsets.US_ASCII);
                    byte[] key = ByteBuffer.allocate(Double.BYTES + identity.length)
                            .putDouble(Digests.uniform(seed, "length match", one.identity()))
                            .put(identity)
                            .array();
                    order.add(
                            key,
                            ByteBuffer.allocate(16)
                                    .putLong(one.number())
                                    .putInt(classOf(one))
                                    .putInt(side(one))
                                    .array());
                }
            });
            order.forEach(group -> group.forEach(bytes -> {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                long number = buffer.getLong();
                int of = buffer.getInt();
                int side = buffer.getInt();
                if (kept[of][side] < Math.min(count[of][0], count[of][1])) {
                    kept[of][side]++;
                } else {
                    survivors.drop(number, Drop.LENGTH_MATCH);
                }
            }));
        }
    }

    private static int classOf(ExampleFacts one) {
        double octaves = Math.abs(Math.log((double) Math.max(1, one.betterLength()) / Math.max(1, one.worseLength())))
                / Math.log(2);
        return (int) Math.min(CLASSES - 1, Math.floor(4 * octaves));
    }

    /** 1 where the longer response is the better one. */
    private static int side(ExampleFacts one) {
        return one.betterLength() > one.worseLength() ? 1 : 0;
    }
}
