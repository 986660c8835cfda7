package pairwright.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskGroups;
import pairwright.jsonl.Json;
import pairwright.jsonl.Spool;

/** At most so many examples that hold a response of one model, taken in an order that the seed decides. */
record ModelCap(long most, long seed) implements SelectionStep {
    @Override
    public void narrow(Spool<ExampleFacts> facts, Survivors survivors) {
        Map<String, Long> taken = new HashMap<>();
        try (DiskGroups order = DiskGroups.temporary()) {
            facts.forEach(one -> {
                if (survivors.has(one)) {
                    byte[] identity = one.identity().getBytes(StandardCharsets.US_ASCII);
                    byte[] key = ByteBuffer.allocate(Double.BYTES + identity.length)
                            // Positive doubles sort like their bits.
                            .putDouble(Digests.uniform(seed, "model cap", one.identity()))
                            .put(identity)
                            .array();
                    order.add(key, Json.write(one).getBytes(StandardCharsets.UTF_8));
                }
            });
            order.forEach(group -> group.forEach(bytes -> {
                ExampleFacts one = Json.read(new String(bytes, StandardCharsets.UTF_8), ExampleFacts.class);
                List<String> models = one.models();
                if (models.stream().anyMatch(model -> taken.getOrDefault(model, 0L) >= most)) {
                    survivors.drop(one.number(), Drop.MODEL_FULL);
                } else {
                    models.forEach(model -> taken.merge(model, 1L, Long::sum));
                }
            }));
        }
    }
}
