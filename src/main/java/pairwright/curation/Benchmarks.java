package pairwright.curation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;

/**
 * Benchmarks whose questions must not be in a dataset, as n-grams of words: a row that shares one with a benchmark is contaminated (13 words
 * as in Brown and others 2020, appendix C). A benchmark's text that has fewer than n words counts as a whole, if it has at least {@value
 * #SHORTEST}. N-grams are kept as 64-bit hashes, 12 bytes each and the room between them; among a million of them and a billion in the
 * rows a false match is expected in one of 20,000 runs.
 */
public final class Benchmarks implements Check {
    /** Words of the shortest text of a benchmark that counts. */
    public static final int SHORTEST = 6;
    /** Words of an n-gram unless said. */
    public static final int DEFAULT_WORDS = 13;

    private static final long BASE = 0x9e3779b97f4a7c15L;

    private final int words;
    private final LongTable grams = new LongTable();
    private final TreeSet<Integer> lengths = new TreeSet<>();
    private final List<String> files = new ArrayList<>();
    private final Map<String, Long> matches = new HashMap<>();
    private final List<Long> firstItem = new ArrayList<>();
    private long items;

    /**
     * None yet.
     *
     * @param words of an n-gram, at least {@value #SHORTEST}
     * @throws BadInput if that is fewer
     */
    public Benchmarks(int words) {
        if (words < SHORTEST) {
            throw new BadInput("ngram is " + words + ", must be at least " + SHORTEST + " words");
        }
        this.words = words;
    }

    /**
     * Reads a benchmark: of a {@code .txt} file every line is a text, of any other file, JSONL plain or gzip, every text in a row.
     *
     * @param name by which it is called in reports
     * @throws BadInput naming file and line, or if it holds no text long enough
     */
    public void add(String name, String file) {
        files.add(name);
        firstItem.add(items);
        long before = grams.size();
        if (file.endsWith(".txt")) {
            try (BufferedReader lines = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    item(line);
                    items++;
                }
            } catch (IOException e) {
                throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
            }
        } else {
            BadRows bad = BadRows.counted();
            try (RowReader<AnyRow> rows = RowReader.open(file, AnyRow.class, bad)) {
                while (rows.hasNext()) {
                    Row<AnyRow> row = rows.next();
                    items = firstItem.get(firstItem.size() - 1) + row.line() - 1;
                    texts(row.value().fields());
                }
            }
            items++;
            if (bad.count() > 0) {
                throw new BadInput(bad.firstMessages().get(0)
                        + "; a benchmark must be whole, else what is taken for clean is not");
            }
        }
        if (grams.size() == before) {
            throw new BadInput(file + ": no text in it has " + SHORTEST
                    + " words that were not in an earlier benchmark, so it would find nothing");
        }
    }

    private void texts(Object value) {
        if (value instanceof String text) {
            item(text);
        } else if (value instanceof Collection<?> list) {
            list.forEach(this::texts);
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::texts);
        }
    }

    private void item(String text) {
        long[] tokens = Tokens.of(text);
        if (tokens.length < SHORTEST) {
            return;
        }
        int length = Math.min(words, tokens.length);
        lengths.add(length);
        int number = (int) Math.min(Integer.MAX_VALUE, items);
        long[] prefix = prefixes(tokens);
        long power = power(length);
        for (int i = 0; i + length <= tokens.length; i++) {
            grams.putIfAbsent(gram(prefix, i, length, power), number);
        }
    }

    @Override
    public Optional<Fault> fault(AnyRow row) {
        for (String text : row.texts()) {
            Optional<String> where = in(text);
            if (where.isPresent()) {
                return Optional.of(new Fault(Fault.CONTAMINATED, where.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> in(String text) {
        long[] tokens = Tokens.of(text);
        long[] prefix = prefixes(tokens);
        for (int length : lengths) {
            long power = power(length);
            for (int i = 0; i + length <= tokens.length; i++) {
                int item = grams.get(gram(prefix, i, length, power));
                if (item >= 0) {
                    return Optional.of(place(item, length));
                }
            }
        }
        return Optional.empty();
    }

    private String place(int item, int length) {
        int file = files.size() - 1;
        while (firstItem.get(file) > item) {
            file--;
        }
        matches.merge(files.get(file), 1L, Long::sum);
        return length + " words of " + files.get(file) + ":" + (item - firstItem.get(file) + 1);
    }

    /** How many rows matched each benchmark first. */
    public Map<String, Long> matches() {
        return Map.copyOf(matches);
    }

    private static long[] prefixes(long[] tokens) {
        long[] prefix = new long[tokens.length + 1];
        for (int i = 0; i < tokens.length; i++) {
            prefix[i + 1] = prefix[i] * BASE + tokens[i];
        }
        return prefix;
    }

    private static long power(int length) {
        long power = 1;
        for (int i = 0; i < length; i++) {
            power *= BASE;
        }
        return power;
    }

    private static long gram(long[] prefix, int from, int length, long power) {
        long hash = prefix[from + length] - prefix[from] * power;
        long z = (hash ^ (hash >>> 32)) * 0xbf58476d1ce4e5b9L + length;
        return z ^ (z >>> 29);
    }
}
