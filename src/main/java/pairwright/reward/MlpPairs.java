package pairwright.reward;

import java.util.List;

/**
 * Pairs as a network is trained on them: standardised columns are written out batch by batch.
 *
 * @param z smoothed
 * @param weight of each pair
 * @param group number of each pair's prompt
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record MlpPairs(List<SparseVector> first, List<SparseVector> second, double[] z, double[] weight, int[] group) {
    static MlpPairs of(List<SparseVector> texts, List<PairTable.Entry> entries, double[] z, double[] weight) {
        return new MlpPairs(
                entries.stream().map(entry -> texts.get(entry.first())).toList(),
                entries.stream().map(entry -> texts.get(entry.second())).toList(),
                z,
                weight,
                entries.stream().mapToInt(PairTable.Entry::prompt).toArray());
    }

    int size() {
        return z.length;
    }
}
