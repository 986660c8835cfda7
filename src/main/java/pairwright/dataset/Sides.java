package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskGroups;
import pairwright.jsonl.Json;
import pairwright.jsonl.Spool;

/**
 * The sides of examples that are all known. Without strata each unit (a prompt, or a cluster of prompts) draws its side by itself, as {@link
 * Split} does; with strata the units of a stratum are put in an order by the seed and the first of them, as many as the share says, go to the
 * test side. A unit that is in several strata counts in the one whose name comes first.
 *
 * <p>Of the units of all strata together the test side gets the share rounded to whole units, and of each stratum the share to within one.
 */
final class Sides {
    /** More values than these are no strata. */
    private static final int MOST_STRATA = 10_000;

    private record Member(
            @JsonProperty("n") long number,
            @JsonProperty("u") String unit,
            @JsonProperty("s") String stratum) {
        byte[] bytes() {
            return Json.write(this).getBytes(StandardCharsets.UTF_8);
        }

        static Member of(byte[] bytes) {
            return Json.read(new String(bytes, StandardCharsets.UTF_8), Member.class);
        }
    }

    private final BitSet test = new BitSet();

    private Sides() {}

    /**
     * Decides for all examples that are in.
     *
     * @param unit from the digest of a prompt to the name of what must stay together with it
     * @throws BadInput if there are too many strata
     */
    static Sides of(
            Spool<ExampleFacts> facts,
            Survivors survivors,
            Split split,
            boolean stratified,
            UnaryOperator<String> unit) {
        Sides sides = new Sides();
        if (stratified) {
            sides.byStrata(facts, survivors, split, unit);
        } else {
            facts.forEach(one -> {
                if (survivors.has(one)) {
                    sides.test.set((int) one.number(), split.of(unit.apply(one.prompt())) == Split.Side.TEST);
                }
            });
        }
        return sides;
    }

    Split.Side of(int example) {
        return test.get(example) ? Split.Side.TEST : Split.Side.TRAIN;
    }

    private void byStrata(Spool<ExampleFacts> facts, Survivors survivors, Split split, UnaryOperator<String> unit) {
        Map<String, Long> sizes = new TreeMap<>();
        try (DiskGroups units = DiskGroups.temporary();
                DiskGroups order = DiskGroups.temporary()) {
            facts.forEach(one -> {
                if (survivors.has(one)) {
                    Member member = new Member(one.number(), unit.apply(one.prompt()), one.stratum());
                    units.add(member.unit().getBytes(StandardCharsets.UTF_8), member.bytes());
                }
            });
            units.forEach(group -> {
                String stratum = group.stream()
                        .map(bytes -> Member.of(bytes).stratum())
                        .min(String::compareTo)
                        .orElseThrow();
                sizes.merge(stratum, 1L, Long::sum);
                if (sizes.size() > MOST_STRATA) {
                    throw new BadInput("stratify_by: its field has more than " + MOST_STRATA
                            + " values, must be a field with few, such as tags.source; nothing was written");
                }
                byte[] key = orderKey(split, stratum, Member.of(group.get(0)).unit());
                group.forEach(bytes -> {
                    Member member = Member.of(bytes);
                    order.add(key, new Member(member.number(), member.unit(), stratum).bytes());
                });
            });
            Map<String, Long> left = quotas(sizes, split.testFraction());
            order.forEach(group -> {
                String stratum = Member.of(group.get(0)).stratum();
                if (left.merge(stratum, -1L, Long::sum) >= 0) {
                    group.forEach(bytes -> test.set((int) Member.of(bytes).number()));
                }
            });
        }
    }

    /** Stratum, then what the seed makes of the unit, which no order of the rows changes. */
    private static byte[] orderKey(Split split, String stratum, String unit) {
        byte[] name = Digests.sha256(stratum).getBytes(StandardCharsets.US_ASCII);
        byte[] end = unit.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + Double.BYTES + end.length)
                .put(name)
                // Positive doubles sort like their bits.
                .putDouble(Digests.uniform(split.seed(), "split", unit))
                .put(end)
                .array();
    }

    /** How many units of each stratum go to the test side, so that the roundings do not add up. */
    private static Map<String, Long> quotas(Map<String, Long> sizes, double share) {
        Map<String, Long> quotas = new TreeMap<>();
        long units = 0;
        long given = 0;
        for (Map.Entry<String, Long> stratum : sizes.entrySet()) {
            units += stratum.getValue();
            long all = Math.round(share * units);
            quotas.put(stratum.getKey(), all - given);
            given = all;
        }
        return quotas;
    }
}
