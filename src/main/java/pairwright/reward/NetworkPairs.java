package pairwright.reward;

import java.util.List;

/**
 * Pairs as a network is trained on them.
 *
 * @param first numbers of the first responses' texts
 * @param z smoothed
 * @param weight of each pair
 * @param group number of each pair's prompt
 * @param length of the longer text as it is computed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record NetworkPairs(int[] first, int[] second, double[] z, double[] weight, int[] group, int[] length) {
    static NetworkPairs of(List<PairTable.Entry> entries, double[] z, double[] weight, int[] length) {
        return new NetworkPairs(
                entries.stream().mapToInt(PairTable.Entry::first).toArray(),
                entries.stream().mapToInt(PairTable.Entry::second).toArray(),
                z,
                weight,
                entries.stream().mapToInt(PairTable.Entry::prompt).toArray(),
                length);
    }

    int size() {
        return z.length;
    }
}
