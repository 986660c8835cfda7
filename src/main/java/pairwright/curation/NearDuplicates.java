package pairwright.curation;

import com.dynatrace.hash4j.similarity.ElementHashProvider;
import com.dynatrace.hash4j.similarity.SimilarityHasher;
import java.io.Closeable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import pairwright.jsonl.BadInput;

/**
 * Finds texts that are nearly the same: character 5-grams, MinHash signatures, locality-sensitive hashing by bands, and a comparison of the
 * signatures of all texts that share a band. Two texts are joined where the estimate of their Jaccard similarity reaches the threshold, and
 * a cluster is all that is joined, also through others.
 *
 * <p>The signatures lie on disk, 260 bytes a text; memory is 12 bytes a text while the clusters are being found, 4 afterwards. The clusters
 * do not hang on the order of the texts, unless more than 64 different clusters share a band.
 */
public final class NearDuplicates implements Closeable {
    /** Texts in one band that are compared each with each; of more, each with some of every cluster among them. */
    private static final int ALL_PAIRS = 64;

    private static final int OF_EACH_CLUSTER = 4;
    private static final int MOST_CLUSTERS = 500;

    private final double threshold;
    private final boolean numbersMatter;
    private final Banding banding;
    private final SimilarityHasher hasher = SignatureFile.POLICY.createHasher();
    private final SignatureFile signatures = new SignatureFile();

    /**
     * None yet.
     *
     * @param threshold Jaccard similarity from which texts are joined, in [0.3, 1]
     * @param numbersMatter true keeps texts with other digits apart: two sums are two questions however alike they are worded
     * @throws BadInput if the threshold is outside its range
     */
    public NearDuplicates(double threshold, boolean numbersMatter) {
        if (!(threshold >= .3 && threshold <= 1)) {
            signatures.close();
            throw new BadInput("similarity is " + threshold + ", must be in [0.3, 1]");
        }
        this.threshold = threshold;
        this.numbersMatter = numbersMatter;
        this.banding = Banding.of(threshold, SignatureFile.COMPONENTS);
    }

    /** Adds a text; its number is the count before. */
    public int add(String text) {
        long[] shingles = Shingles.of(text);
        byte[] signature = hasher.compute(ElementHashProvider.ofValues(
                // Texts of nothing but white space are one text.
                shingles.length == 0 ? new long[] {0} : shingles));
        signatures.add(signature, Shingles.digits(text));
        return signatures.count() - 1;
    }

    /** How many texts were added. */
    public int count() {
        return signatures.count();
    }

    /** The clusters of all texts added. */
    public Clusters clusters() {
        Clusters clusters = new Clusters(count());
        long[] keys = new long[count()];
        for (int band = 0; band < banding.bands(); band++) {
            int from = band * banding.rows() * Short.BYTES;
            int to = from + banding.rows() * Short.BYTES;
            signatures.forEach((text, block, offset) ->
                    keys[text] = ((long) key(block, offset + from, offset + to) << Integer.SIZE) | text);
            Arrays.sort(keys);
            for (int start = 0; start < keys.length; ) {
                int end = start + 1;
                while (end < keys.length && keys[end] >>> Integer.SIZE == keys[start] >>> Integer.SIZE) {
                    end++;
                }
                if (end - start > 1) {
                    compare(keys, start, end, clusters);
                }
                start = end;
            }
        }
        return clusters;
    }

    private static int key(byte[] block, int from, int to) {
        long hash = 0;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (block[i] & 0xff)) * 0x100000001b3L;
        }
        hash ^= hash >>> 29;
        return (int) ((hash * 0xbf58476d1ce4e5b9L) >>> Integer.SIZE);
    }

    private void compare(long[] keys, int start, int end, Clusters clusters) {
        if (end - start <= ALL_PAIRS) {
            byte[][] known = new byte[end - start][];
            for (int i = start + 1; i < end; i++) {
                for (int j = start; j < i; j++) {
                    if (!clusters.together((int) keys[i], (int) keys[j])) {
                        known[i - start] = loaded(known[i - start], (int) keys[i]);
                        known[j - start] = loaded(known[j - start], (int) keys[j]);
                        joinIfNear((int) keys[i], known[i - start], (int) keys[j], known[j - start], clusters);
                    }
                }
            }
            return;
        }
        compareMany(keys, start, end, clusters);
    }

    private byte[] loaded(byte[] known, int text) {
        return known == null ? signatures.get(text) : known;
    }

    private static final class Seen {
        private final int[] texts = new int[OF_EACH_CLUSTER];
        private final byte[][] signatures = new byte[OF_EACH_CLUSTER][];

        void add(int text, byte[] signature) {
            for (int i = 0; i < texts.length; i++) {
                if (signatures[i] == null) {
                    texts[i] = text;
                    signatures[i] = signature;
                    return;
                }
            }
        }
    }

    private void compareMany(long[] keys, int start, int end, Clusters clusters) {
        Map<Integer, Seen> seen = new LinkedHashMap<>();
        for (int i = start; i < end; i++) {
            int text = (int) keys[i];
            byte[] signature = null;
            int compared = 0;
            for (Seen cluster : seen.values()) {
                if (compared++ == MOST_CLUSTERS) {
                    clusters.uncompared(seen.size() - (long) MOST_CLUSTERS);
                    break;
                }
                for (int k = 0; k < OF_EACH_CLUSTER && cluster.signatures[k] != null; k++) {
                    if (clusters.together(text, cluster.texts[k])) {
                        break;
                    }
                    signature = loaded(signature, text);
                    joinIfNear(text, signature, cluster.texts[k], cluster.signatures[k], clusters);
                }
            }
            int first = clusters.first(text);
            Seen own = seen.get(first);
            if (own == null || own.signatures[OF_EACH_CLUSTER - 1] == null) {
                seen.computeIfAbsent(first, root -> new Seen()).add(text, loaded(signature, text));
            }
        }
    }

    private void joinIfNear(int a, byte[] first, int b, byte[] second, Clusters clusters) {
        if (SignatureFile.similarity(first, second) >= threshold
                && (!numbersMatter || SignatureFile.sameDigits(first, second))) {
            clusters.join(a, b);
        }
    }

    @Override
    public void close() {
        signatures.close();
    }
}
