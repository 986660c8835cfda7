package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Learns the pieces of {@link WordPiece} from counted words: characters first, then, again and again, the two neighbours that stand together most often become one
 * piece (Sennrich, Haddow and Birch 2016), as the trainer of the library `tokenizers` does. It hangs on the counts alone, not on the order of the words.
 */
final class WordPieceTrainer {
    private static final int LEAST_COUNT = 2;
    private static final double MOST_CHARACTERS = .75;

    /** Two pieces that stand together; the queue holds old counts too, which are passed over. */
    private record Neighbours(long key, long count) {}

    private final int size;
    private final List<String> pieces = new ArrayList<>(WordPiece.SPECIAL);
    private final List<int[]> words = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final Map<Long, Long> together = new HashMap<>();
    private final Map<Long, List<Integer>> places = new HashMap<>();
    private final PriorityQueue<Neighbours> queue = new PriorityQueue<>(
            Comparator.comparingLong(Neighbours::count).reversed().thenComparingLong(Neighbours::key));

    private WordPieceTrainer(int size) {
        this.size = size;
    }

    /**
     * Learns a vocabulary.
     *
     * @param counts how often each word was met
     * @param size pieces at most; of the characters those that are met most often are taken, at most three quarters of it
     */
    static WordPiece of(Map<String, Long> counts, int size) {
        WordPieceTrainer trainer = new WordPieceTrainer(size);
        trainer.characters(new TreeMap<>(counts));
        trainer.merge();
        return new WordPiece(trainer.pieces);
    }

    private void characters(Map<String, Long> counted) {
        Map<String, Long> characters = new HashMap<>();
        counted.keySet().removeIf(word -> word.codePointCount(0, word.length()) > WordPiece.LONGEST_WORD);
        counted.forEach((word, count) -> characters(word).forEach(c -> characters.merge(c, count, Long::sum)));
        List<String> taken = characters.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit((long) (MOST_CHARACTERS * (size - WordPiece.SPECIAL.size())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        pieces.addAll(taken);
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < pieces.size(); id++) {
            ids.put(pieces.get(id), id);
        }
        counted.forEach((word, count) -> {
            List<String> own = characters(word);
            if (own.size() > 1 && ids.keySet().containsAll(own)) {
                words.add(own.stream().mapToInt(ids::get).toArray());
                counts.add(count);
            }
        });
    }

    private static List<String> characters(String word) {
        List<String> characters = new ArrayList<>();
        word.codePoints()
                .mapToObj(Character::toString)
                .forEach(c -> characters.add(characters.isEmpty() ? c : WordPiece.CONTINUED + c));
        return characters;
    }

    private void merge() {
        for (int word = 0; word < words.size(); word++) {
            count(word, 1);
        }
        together.forEach((key, count) -> queue.add(new Neighbours(key, count)));
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < pieces.size(); id++) {
            ids.put(pieces.get(id), id);
        }
        while (pieces.size() < size && !queue.isEmpty()) {
            Neighbours most = queue.poll();
            if (together.getOrDefault(most.key(), 0L) != most.count()) {
                continue;
            }
            if (most.count() < LEAST_COUNT) {
                return;
            }
            int left = (int) (most.key() >>> 32);
            int right = (int) most.key();
            String joined = pieces.get(left) + pieces.get(right).substring(WordPiece.CONTINUED.length());
            // Two ways may lead to one piece.
            int id = ids.computeIfAbsent(joined, piece -> {
                pieces.add(piece);
                return pieces.size() - 1;
            });
            Map<Long, Boolean> changed = new TreeMap<>();
            for (int word : places.remove(most.key())) {
                int[] before = words.get(word);
                int[] after = joined(before, left, right, id);
                if (after.length < before.length) {
                    count(word, -1);
                    words.set(word, after);
                    count(word, 1);
                    neighbours(before).forEach(key -> changed.put(key, true));
                    neighbours(after).forEach(key -> changed.put(key, true));
                }
            }
            for (long key : changed.keySet()) {
                long count = together.getOrDefault(key, 0L);
                if (count > 0) {
                    queue.add(new Neighbours(key, count));
                } else {
                    together.remove(key);
                    places.remove(key);
                }
            }
        }
    }

    private void count(int word, int sign) {
        long count = sign * counts.get(word);
        for (long key : neighbours(words.get(word))) {
            together.merge(key, count, Long::sum);
            if (sign > 0) {
                List<Integer> own = places.computeIfAbsent(key, k -> new ArrayList<>());
                if (own.isEmpty() || own.get(own.size() - 1) != word) {
                    own.add(word);
                }
            }
        }
    }

    private static List<Long> neighbours(int[] word) {
        List<Long> keys = new ArrayList<>();
        for (int k = 1; k < word.length; k++) {
            keys.add((long) word[k - 1] << 32 | word[k]);
        }
        return keys;
    }

    private static int[] joined(int[] word, int left, int right, int id) {
        int[] joined = new int[word.length];
        int count = 0;
        for (int k = 0; k < word.length; k++) {
            boolean both = word[k] == left && k + 1 < word.length && word[k + 1] == right;
            joined[count++] = both ? id : word[k];
            k += both ? 1 : 0;
        }
        return Arrays.copyOf(joined, count);
    }
}
