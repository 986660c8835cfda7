package pairwright.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

/** Made-up pairs whose rows carry four numbers for each response; the taste is twice the product of the first two, which no line tells. */
final class Embedded {
    static final MlpSettings MLP = new MlpSettings(
            java.util.Optional.of("e"), 24, 32, 1, 1e-2, .05, 20, 5, 1, java.util.Optional.empty(), false);
    static final FitSettings SETTINGS =
            FitSettings.DEFAULT.withMlp(MLP).withL2(List.of(.01, .1)).withDevice(DeviceChoice.CPU);

    private Embedded() {}

    static List<Judgment> judgments(int prompts, int perPrompt, long seed) {
        Random random = new Random(seed);
        List<Judgment> judgments = new ArrayList<>();
        for (int p = 0; p < prompts; p++) {
            for (int k = 0; k < perPrompt; k++) {
                List<Double> a = numbers(random);
                List<Double> b = numbers(random);
                Pair pair = Texts.pair("p" + p, "a" + k, "b" + k).withFields(Map.of("e_a", a, "e_b", b));
                judgments.add(Judgment.of(pair, "taste", new Preference(SoftLoss.probability(taste(a) - taste(b)))));
            }
        }
        return judgments;
    }

    private static double taste(List<Double> x) {
        return 2 * x.get(0) * x.get(1);
    }

    private static List<Double> numbers(Random random) {
        List<Double> numbers = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            numbers.add(Math.rint(1000 * random.nextGaussian()) / 1000);
        }
        return numbers;
    }

    static RewardFit fit(FitSettings settings, List<Judgment> judgments) {
        return BradleyTerryTrainer.with(settings).fit(judgments.iterator(), FitProgress.SILENT);
    }

    static PairTable table(List<Judgment> judgments) {
        PairTable table = new PairTable(List.of(new DenseReader(java.util.Optional.of("e"))));
        judgments.forEach(table::add);
        return table;
    }

    /** The pairs as a device takes them. */
    static NetworkPairs pairs(PairTable table) {
        double[] z = table.entries().stream().mapToDouble(PairTable.Entry::z).toArray();
        double[] weight = new double[z.length];
        for (int k = 0; k < z.length; k++) {
            weight[k] = 1 + k % 3;
        }
        return NetworkPairs.of(table.entries(), z, weight, new int[z.length]);
    }
}
