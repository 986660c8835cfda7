package pairwright.dataset;

import java.io.Closeable;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import pairwright.curation.Clusters;
import pairwright.curation.NearDuplicates;
import pairwright.jsonl.DiskIndex;
import pairwright.prompt.Message;

/** Prompts that are nearly the same, each known by the digest of its messages. */
final class PromptClusters implements Closeable {
    /** Digits of a digest that name a cluster: 64 bits. */
    private static final int NAME = 16;

    private final NearDuplicates texts;
    private final DiskIndex numbers = DiskIndex.temporary();

    PromptClusters(double similarity) {
        texts = new NearDuplicates(similarity, false);
    }

    void add(String digest, List<Message> messages) {
        String number = Integer.toString(texts.count());
        Optional<String> before = numbers.putIfAbsent(digest, digest.substring(0, NAME) + number);
        if (before.isEmpty()) {
            texts.add(messages.stream().map(Message::content).collect(Collectors.joining("\n")));
        }
    }

    /** From a prompt's digest to the name of its cluster: the start of the smallest digest in it, whatever the order of the rows. */
    UnaryOperator<String> names() {
        Clusters clusters = texts.clusters();
        long[] smallest = new long[texts.count()];
        Arrays.fill(smallest, -1L);
        numbers.forEachValue(entry -> {
            int cluster = clusters.first(Integer.parseInt(entry.substring(NAME)));
            long start = HexFormat.fromHexDigitsToLong(entry, 0, NAME);
            if (Long.compareUnsigned(start, smallest[cluster]) < 0) {
                smallest[cluster] = start;
            }
        });
        return digest -> HexFormat.of()
                .toHexDigits(smallest[
                        clusters.first(Integer.parseInt(
                                numbers.get(digest).orElseThrow().substring(NAME)))]);
    }

    @Override
    public void close() {
        texts.close();
        numbers.close();
    }
}
