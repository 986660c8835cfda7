package pairwright.reward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fits of an ensemble's members to some of the pairs of a table.
 *
 * @param members by architecture, and of each the one fitted to all pairs first
 * @param weights of the members in the sum
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record EnsembleFit(List<SingleFit> members, double[] weights) {
    static EnsembleFit of(FitSettings settings, SingleFit.Data data, Optional<Path> checkpoint, FitProgress progress) {
        EnsembleSettings ensemble = settings.ensemble().orElseThrow();
        List<SingleFit> members = new ArrayList<>();
        for (int reader = 0; reader < ensemble.of().size(); reader++) {
            FitSettings only = settings.only(ensemble.of().get(reader));
            for (int k = 0; k < ensemble.members(); k++) {
                int number = members.size();
                FitSettings own = only.withSeed(settings.seed() + k);
                SingleFit.Data sample = k == 0
                        ? data
                        : SingleFit.Data.of(data.table(), sample(data, settings.seed() + k), settings, data.training());
                members.add(
                        SingleFit.of(own, sample, reader, checkpoint.map(file -> checkpoint(file, number)), progress));
            }
        }
        return new EnsembleFit(List.copyOf(members), weights(ensemble, data, members));
    }

    /** Where the training of a member is kept. */
    static Path checkpoint(Path file, int member) {
        return member == 0 ? file : file.resolveSibling(file.getFileName() + "." + (member + 1));
    }

    double difference(PairTable.Entry entry) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * members.get(k).difference().applyAsDouble(entry);
        }
        return sum;
    }

    private static double[] weights(EnsembleSettings ensemble, SingleFit.Data data, List<SingleFit> members) {
        List<PairTable.Entry> inner =
                data.training().stream().filter(data::isInner).toList();
        double[] each = new double[ensemble.of().size()];
        Arrays.fill(each, 1.0 / each.length);
        if (ensemble.combine() == Combination.STACK && !inner.isEmpty()) {
            double[][] differences = new double[each.length][];
            for (int a = 0; a < each.length; a++) {
                differences[a] = members.get(a * ensemble.members()).unseen();
            }
            each = StackWeights.fitted(
                    differences,
                    inner.stream().mapToDouble(PairTable.Entry::z).toArray(),
                    inner.stream().mapToDouble(PairTable.Entry::weight).toArray());
        }
        double[] weights = new double[members.size()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = each[k / ensemble.members()] / ensemble.members();
        }
        return weights;
    }

    /** Each prompt as often as a Poisson variate of mean 1 says, which hangs on the seed and the prompt alone; all pairs once if no prompt came out. */
    private static List<PairTable.Entry> sample(SingleFit.Data data, long seed) {
        List<PairTable.Entry> sample = new ArrayList<>();
        for (PairTable.Entry entry : data.training()) {
            int count = count(seed, data.table().promptOf(entry));
            if (count > 0) {
                sample.add(entry.times(count));
            }
        }
        return sample.isEmpty() ? data.training() : sample;
    }

    private static int count(long seed, String prompt) {
        double uniform = TextHash.uniform("sample:" + seed + ":" + prompt);
        int count = 0;
        double mass = Math.exp(-1);
        double below = mass;
        while (uniform >= below && count < 20) {
            count++;
            mass /= count;
            below += mass;
        }
        return count;
    }
}
