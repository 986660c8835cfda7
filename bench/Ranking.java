import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import pairwright.ranking.Bootstrap;
import pairwright.ranking.Comparison;
import pairwright.ranking.ComparisonTable;
import pairwright.ranking.ComparisonTableBuilder;
import pairwright.ranking.RankingSettings;
import pairwright.ranking.Shown;
import pairwright.ranking.Strengths;

/** Battles drawn from planted strengths, and the times of our fits of them; each measurement is one line of JSON. */
final class Ranking {
    private static final int COVARIATES = 4;

    private Ranking() {}

    /** Items, and outcomes in halves: 2 the first won, 1 a tie, 0 the second. */
    private record Battles(int items, int[] a, int[] b, byte[] halves) {}

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "generate" -> generate(args);
            case "jsonl" -> jsonl(args);
            case "fit" -> fit(read(Path.of(args[1])), Integer.parseInt(args[2]));
            case "bootstrap" -> bootstrap(read(Path.of(args[1])), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            case "style" -> style(read(Path.of(args[1])), Path.of(args[1] + ".x"), Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** generate SHAPE ITEMS BATTLES SEED FILE: 32-bit items, one byte of halves, and FILE.x with doubles, covariate after covariate. */
    private static void generate(String[] args) throws IOException {
        int items = Integer.parseInt(args[2]);
        int battles = Integer.parseInt(args[3]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(args[4]));
        double[] strengths = strengths(items, random);
        try (DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(args[5])), 1 << 16));
                OutputStream x = new BufferedOutputStream(Files.newOutputStream(Path.of(args[5] + ".x")), 1 << 16)) {
            out.writeInt(Integer.reverseBytes(items));
            ByteBuffer covariates = ByteBuffer.allocate(8 * COVARIATES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < battles; i++) {
                int[] pair = pair(args[1], items, i, battles, random);
                double[] style = new double[COVARIATES];
                double d = strengths[pair[0]] - strengths[pair[1]];
                covariates.clear();
                for (int k = 0; k < COVARIATES; k++) {
                    style[k] = random.nextDouble() * 2 - 1;
                    covariates.putDouble(style[k]);
                }
                double p = 1 / (1 + Math.exp(-d - .3 * style[0]));
                out.writeInt(Integer.reverseBytes(pair[0]));
                out.writeInt(Integer.reverseBytes(pair[1]));
                out.writeByte(random.nextInt(10) == 0 ? 1 : random.nextDouble() < p ? 2 : 0);
                x.write(covariates.array());
            }
        }
    }

    private static double[] strengths(int items, SplittableRandom random) {
        double[] strengths = new double[items];
        for (int i = 0; i < items; i++) {
            strengths[i] = 2 * random.nextDouble() - 1;
        }
        return strengths;
    }

    private static int[] pair(String shape, int items, int battle, int battles, SplittableRandom random) {
        int a;
        int b;
        switch (shape) {
            case "random" -> {
                a = random.nextInt(items);
                b = (a + 1 + random.nextInt(items - 1)) % items;
            }
            case "chain" -> {
                a = random.nextInt(items - 1);
                b = a + 1;
            }
            case "clusters" -> {
                int half = items / 2;
                if (battle % 1000 == 0) {
                    a = 0;
                    b = half;
                } else {
                    int from = random.nextBoolean() ? 0 : half;
                    a = random.nextInt(half);
                    b = from + (a + 1 + random.nextInt(half - 1)) % half;
                    a += from;
                }
            }
            default -> throw new IllegalArgumentException(shape);
        }
        return random.nextBoolean() ? new int[] {a, b} : new int[] {b, a};
    }

    /** jsonl ITEMS BATTLES SEED FILE: plain battles of random pairs, some 90 bytes each. */
    private static void jsonl(String[] args) throws IOException {
        int items = Integer.parseInt(args[1]);
        long battles = Long.parseLong(args[2]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(args[3]));
        double[] strengths = strengths(items, random);
        try (Writer out = Files.newBufferedWriter(Path.of(args[4]))) {
            for (long i = 0; i < battles; i++) {
                int a = random.nextInt(items);
                int b = (a + 1 + random.nextInt(items - 1)) % items;
                double p = 1 / (1 + Math.exp(strengths[b] - strengths[a]));
                String winner = random.nextInt(10) == 0 ? "tie" : random.nextDouble() < p ? "model_a" : "model_b";
                out.write("{\"model_a\": \"model-number-" + a + "\", \"model_b\": \"model-number-" + b
                        + "\", \"winner\": \"" + winner + "\"}\n");
            }
        }
    }

    private static Battles read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int items = bytes.getInt();
        int n = bytes.remaining() / 9;
        int[] a = new int[n];
        int[] b = new int[n];
        byte[] halves = new byte[n];
        for (int i = 0; i < n; i++) {
            a[i] = bytes.getInt();
            b[i] = bytes.getInt();
            halves[i] = bytes.get();
        }
        return new Battles(items, a, b, halves);
    }

    private static ComparisonTable table(Battles battles) {
        ComparisonTableBuilder table = ComparisonTable.builder();
        int[] number = new int[battles.items()];
        for (int i = 0; i < number.length; i++) {
            number[i] = table.item(name(i));
        }
        for (int i = 0; i < battles.a().length; i++) {
            table.battle(number[battles.a()[i]], number[battles.b()[i]], battles.halves()[i] / 2.0);
        }
        return table.build();
    }

    private static String name(int item) {
        return String.format(Locale.ROOT, "m%06d", item);
    }

    private static void fit(Battles battles, int rounds) {
        List<Double> build = new ArrayList<>();
        List<Double> fit = new ArrayList<>();
        List<Double> cpus = new ArrayList<>();
        Strengths strengths = null;
        for (int i = 0; i < rounds; i++) {
            long begun = System.nanoTime();
            ComparisonTable table = table(battles);
            double spent = cpu();
            long built = System.nanoTime();
            strengths = Strengths.fit(table, RankingSettings.DEFAULT);
            fit.add((System.nanoTime() - built) / 1e9);
            cpus.add(cpu() - spent);
            build.add((built - begun) / 1e9);
        }
        print("fit", fit, cpus, build, strengths, logLoss(battles, strengths));
    }

    private static double logLoss(Battles battles, Strengths strengths) {
        double sum = 0;
        for (int i = 0; i < battles.a().length; i++) {
            double d = strengths.strength(battles.a()[i]) - strengths.strength(battles.b()[i]);
            double z = battles.halves()[i] / 2.0;
            sum += z * Math.log1p(Math.exp(-d)) + (1 - z) * Math.log1p(Math.exp(d));
        }
        return sum / battles.a().length;
    }

    private static void bootstrap(Battles battles, int rounds, int repeats) {
        Strengths strengths = Strengths.fit(table(battles), RankingSettings.DEFAULT);
        List<Double> times = new ArrayList<>();
        List<Double> cpus = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            double spent = cpu();
            long begun = System.nanoTime();
            Bootstrap.of(strengths, rounds, i);
            times.add((System.nanoTime() - begun) / 1e9);
            cpus.add(cpu() - spent);
        }
        print("bootstrap", times, cpus, List.of(0.0), strengths, 0);
    }

    private static void style(Battles battles, Path covariates, int repeats) throws IOException {
        ByteBuffer x = ByteBuffer.wrap(Files.readAllBytes(covariates)).order(ByteOrder.LITTLE_ENDIAN);
        List<List<Double>> styles = new ArrayList<>();
        for (int i = 0; i < battles.a().length; i++) {
            styles.add(List.of(x.getDouble(), x.getDouble(), x.getDouble(), x.getDouble()));
        }
        String[] names = new String[battles.items()];
        Arrays.setAll(names, Ranking::name);
        List<Double> build = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        List<Double> cpus = new ArrayList<>();
        Strengths strengths = null;
        for (int i = 0; i < repeats; i++) {
            long begun = System.nanoTime();
            ComparisonTable table = table(battles, names, styles);
            double spent = cpu();
            long built = System.nanoTime();
            strengths = Strengths.fit(table, RankingSettings.DEFAULT.withStyle(true, .5));
            times.add((System.nanoTime() - built) / 1e9);
            cpus.add(cpu() - spent);
            build.add((built - begun) / 1e9);
        }
        print("style", times, cpus, build, strengths, 0);
    }

    private static ComparisonTable table(Battles battles, String[] names, List<List<Double>> styles) {
        ComparisonTableBuilder rows = ComparisonTable.builder(List.of("x0", "x1", "x2", "x3"));
        for (int i = 0; i < battles.a().length; i++) {
            rows.add(Comparison.of(names[battles.a()[i]], names[battles.b()[i]], battles.halves()[i] / 2.0)
                    .shown(Shown.FIRST)
                    .styled(styles.get(i)));
        }
        return rows.build();
    }

    /** Seconds of all threads so far, those of the compiler and the collector too: a busy machine changes them less than the clock's. */
    private static double cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static void print(String what, List<Double> times, List<Double> cpus, List<Double> build, Strengths fit, double loss) {
        System.out.printf(
                Locale.ROOT,
                "{\"what\":\"%s\",\"peer\":\"pairwright\",\"seconds\":%.4f,\"first\":%.4f,\"cpu\":%.4f,\"build\":%.4f,\"gradient\":%.2e,\"loss\":%.9f}%n",
                what,
                median(times),
                times.get(0),
                median(cpus),
                median(build),
                fit.convergence().gradientNorm(),
                loss);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        return sorted.length % 2 == 1
                ? sorted[sorted.length / 2]
                : Arrays.stream(sorted, sorted.length / 2 - 1, sorted.length / 2 + 1).average().orElseThrow();
    }
}
