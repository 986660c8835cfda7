package pairwright.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import pairwright.curation.Tokens;
import pairwright.prompt.Message;

/**
 * A sample of the examples for measures that cannot be taken of all: those with the smallest hashes, so that it does not hang on the order of
 * the rows. Of a pair both responses are cut to the words of the shorter one, since longer texts repeat themselves more; the different
 * texts of the chosen side are measured a second time, cut to as many words in all as the prompts have.
 */
final class DiversitySample {
    static final int EXAMPLES = 500;
    private static final int LOOKED_AT = 8000;

    private record Sampled(String prompt, String chosen, String rejected) {}

    private final TreeMap<Long, Sampled> smallest = new TreeMap<>();

    void add(String promptDigest, Example example) {
        long texts = 31L * example.chosen().hashCode() + example.rejected().hashCode();
        long hash = (Long.parseUnsignedLong(promptDigest.substring(0, 16), 16) ^ texts) * 0x9e3779b97f4a7c15L;
        hash ^= hash >>> 32;
        if (smallest.size() < EXAMPLES || hash < smallest.lastKey()) {
            smallest.put(
                    hash,
                    new Sampled(
                            start(example.prompt().messages().stream()
                                    .map(Message::content)
                                    .collect(Collectors.joining("\n"))),
                            start(example.chosen()),
                            start(example.rejected())));
            if (smallest.size() > EXAMPLES) {
                smallest.pollLastEntry();
            }
        }
    }

    private static String start(String text) {
        return text.substring(0, Math.min(text.length(), LOOKED_AT));
    }

    LexicalWatch measure() {
        List<long[]> chosen = new ArrayList<>();
        List<long[]> rejected = new ArrayList<>();
        List<long[]> prompts = new ArrayList<>();
        for (Sampled one : smallest.values()) {
            long[] better = Tokens.of(one.chosen());
            long[] worse = Tokens.of(one.rejected());
            int both = Math.min(better.length, worse.length);
            chosen.add(Arrays.copyOf(better, both));
            rejected.add(Arrays.copyOf(worse, both));
        }
        smallest.values().stream()
                .map(Sampled::prompt)
                .distinct()
                .map(Tokens::of)
                .forEach(prompts::add);
        // Pairs of one prompt often share the better response; a text that stands twice says nothing of the variety.
        List<long[]> different = smallest.values().stream()
                .map(Sampled::chosen)
                .distinct()
                .map(Tokens::of)
                .toList();
        long asked = prompts.stream().mapToLong(text -> text.length).sum();
        return LexicalWatch.of(
                Diversity.of(chosen),
                Diversity.of(rejected),
                Diversity.of(prompts),
                Diversity.of(cut(different, asked)));
    }

    /** The first words of each text, as many of each, so that there are at most {@code tokens} in all. */
    private static List<long[]> cut(List<long[]> texts, long tokens) {
        long low = 0;
        long high = texts.stream().mapToLong(text -> text.length).max().orElse(0);
        while (low < high) {
            long most = (low + high + 1) / 2;
            if (texts.stream().mapToLong(text -> Math.min(text.length, most)).sum() <= tokens) {
                low = most;
            } else {
                high = most - 1;
            }
        }
        int each = (int) low;
        return texts.stream()
                .map(text -> Arrays.copyOf(text, Math.min(text.length, each)))
                .toList();
    }
}
