package pairwright.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import pairwright.jsonl.DiskGroups;
import pairwright.jsonl.Spool;

/** At most so many examples of one prompt: those with the largest margin. */
record PromptCap(long most) implements SelectionStep {
    private record Place(long number, double z, String identity) {}

    @Override
    public void narrow(Spool<ExampleFacts> facts, Survivors survivors) {
        try (DiskGroups prompts = DiskGroups.temporary()) {
            facts.forEach(one -> {
                if (survivors.has(one)) {
                    byte[] identity = one.identity().getBytes(StandardCharsets.US_ASCII);
                    prompts.add(
                            one.prompt().getBytes(StandardCharsets.US_ASCII),
                            ByteBuffer.allocate(16 + identity.length)
                                    .putLong(one.number())
                                    .putDouble(one.z())
                                    .put(identity)
                                    .array());
                }
            });
            prompts.forEach(group -> cut(group, survivors));
        }
    }

    private void cut(List<byte[]> group, Survivors survivors) {
        group.stream()
                .map(PromptCap::place)
                .sorted(Comparator.comparingDouble(Place::z).reversed().thenComparing(Place::identity))
                .skip(most)
                .forEach(place -> survivors.drop(place.number(), Drop.PROMPT_FULL));
    }

    private static Place place(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Place(
                buffer.getLong(),
                buffer.getDouble(),
                new String(bytes, 16, bytes.length - 16, StandardCharsets.US_ASCII));
    }
}
