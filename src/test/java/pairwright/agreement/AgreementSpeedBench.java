package pairwright.agreement;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Our side of bench/agreement-speed: {@code generate FILE ITEMS SEED} writes the labels of two raters, {@code measure FILE ITEMS
 * REPEATS} prints values and median seconds, a name and a number a line. Labels are 0, 1 and 2, a byte each, all of the first rater
 * before those of the second.
 */
final class AgreementSpeedBench {
    private static final int CATEGORIES = 3;
    private static final int DRAWS = 1000;
    private static final int ROWS_OF_A_PROMPT = 5;
    private static final double CONFIDENCE = .95;

    private AgreementSpeedBench() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        int items = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("generate")) {
            generate(file, items, Long.parseLong(arguments[3]));
        } else {
            measure(Files.readAllBytes(file), items, Integer.parseInt(arguments[3]));
        }
    }

    private static void generate(Path file, int items, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer labels = ByteBuffer.allocate(2 * items);
        for (int i = 0; i < items; i++) {
            int first = random.nextInt(10) < 4 ? 0 : random.nextInt(10) < 7 ? 1 : 2;
            labels.put(i, (byte) first);
            labels.put(items + i, (byte) (random.nextInt(10) < 7 ? first : random.nextInt(CATEGORIES)));
        }
        Files.write(file, labels.array());
    }

    private static void measure(byte[] labels, int items, int repeats) {
        int[] first = new int[items];
        int[] second = new int[items];
        for (int i = 0; i < items; i++) {
            first[i] = labels[i];
            second[i] = labels[items + i];
        }
        Function<ContingencyTable, OptionalDouble> kappa = ChanceCorrected.COHEN_KAPPA::value;
        Function<ContingencyTable, OptionalDouble> alpha = t -> KrippendorffAlpha.NOMINAL.value(RatingTable.of(t));
        Function<ContingencyTable, OptionalDouble> mean = ChanceCorrected.COHEN_KAPPA::observed;
        Supplier<Statistic[]> both = () -> {
            ContingencyTable table = ContingencyTable.of(first, second, CATEGORIES);
            return new Statistic[] {interval(table, kappa), interval(table, alpha)};
        };
        say("first_call_seconds", seconds(both));
        Statistic[] found = both.get();
        say("kappa", found[0]);
        say("alpha", found[1]);
        say("kappa_alpha_intervals_seconds", median(both, repeats));
        say(
                "kappa_interval_seconds",
                median(() -> interval(ContingencyTable.of(first, second, CATEGORIES), kappa), repeats));
        // The mean of 0 and 1 is the agreement with a rater who always says 1.
        int[] same = IntStream.range(0, items)
                .map(i -> first[i] == second[i] ? 1 : 0)
                .toArray();
        int[] ones = IntStream.generate(() -> 1).limit(items).toArray();
        Supplier<Statistic> ofMean = () -> interval(ContingencyTable.of(same, ones, 2), mean);
        say("mean", ofMean.get());
        say("mean_interval_seconds", median(ofMean, repeats));
        String[] prompts = new String[items];
        for (int i = 0; i < items; i++) {
            prompts[i] = "prompt-" + i / ROWS_OF_A_PROMPT;
        }
        Supplier<Statistic[]> clustered = () -> clustered(first, second, prompts, kappa, alpha);
        Statistic[] byPrompt = clustered.get();
        say("clustered_kappa", byPrompt[0]);
        say("clustered_alpha", byPrompt[1]);
        say("clustered_seconds", median(clustered, Math.min(3, repeats)));
    }

    private static Statistic interval(ContingencyTable table, Function<ContingencyTable, OptionalDouble> statistic) {
        return TableBootstrap.interval(table, statistic, DRAWS, 1, CONFIDENCE);
    }

    /** As a study counts its rows: in cells, each prompt with its weights. */
    private static Statistic[] clustered(
            int[] first,
            int[] second,
            String[] prompts,
            Function<ContingencyTable, OptionalDouble> kappa,
            Function<ContingencyTable, OptionalDouble> alpha) {
        AgreementSettings settings = AgreementSettings.DEFAULTS.withBootstrapRounds(DRAWS);
        PoissonWeights weights = new PoissonWeights(settings.seed(), DRAWS);
        CellCounts cells = new CellCounts(CATEGORIES * CATEGORIES, settings);
        for (int i = 0; i < first.length; i++) {
            cells.add(first[i] * CATEGORIES + second[i], weights.of(prompts[i]));
        }
        Replicates<ContingencyTable> tables =
                Replicates.of(cells, settings, counts -> ContingencyTable.ofCells(counts, CATEGORIES));
        return new Statistic[] {
            tables.statistic(kappa, first.length, "kappa", "undefined"),
            tables.statistic(alpha, first.length, "alpha", "undefined")
        };
    }

    private static double seconds(Supplier<?> work) {
        long start = System.nanoTime();
        if (work.get() == null) {
            throw new IllegalStateException("nothing was computed");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(Supplier<?> work, int repeats) {
        double[] all = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            all[i] = seconds(work);
        }
        Arrays.sort(all);
        return all[repeats / 2];
    }

    private static void say(String name, Statistic statistic) {
        Estimate estimate = (Estimate) statistic;
        say(name, estimate.value());
        say(name + "_low", estimate.low());
        say(name + "_high", estimate.high());
    }

    private static void say(String name, double value) {
        System.out.printf(Locale.ROOT, "%s %s%n", name, value);
    }
}
