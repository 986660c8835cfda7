import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import pairwright.ranking.Comparison;
import pairwright.ranking.ComparisonTable;
import pairwright.ranking.ComparisonTableBuilder;
import pairwright.ranking.Errors;
import pairwright.ranking.RankingSettings;
import pairwright.ranking.StrengthEstimate;
import pairwright.ranking.Strengths;
import pairwright.ranking.Ties;

/**
 * How often the 95% intervals of planted strengths hold them: in many simulated tournaments of eight items, with independent comparisons, and
 * with prompts that favour an item for all judgments of that prompt.
 */
final class RankingCoverage {
    private static final int ITEMS = 8;

    private RankingCoverage() {}

    public static void main(String[] args) {
        int simulations = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        List<String> parts = new ArrayList<>();
        boolean ok = true;
        System.out.printf("%-34s %9s %9s %9s%n", "simulations: " + simulations, "coverage", "s.e.", "must be");
        for (Case one : Case.values()) {
            double coverage = coverage(one, simulations, seed);
            boolean promised = one.promised;
            boolean inside = coverage >= .93 && coverage <= .97;
            ok &= !promised || inside;
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %9.4f %9.4f %9s%n",
                    one.words,
                    coverage,
                    Math.sqrt(coverage * (1 - coverage) / simulations),
                    promised ? ".93-.97" : "-");
            parts.add(String.format(Locale.ROOT, "\"%s\":%.4f", one.name().toLowerCase(Locale.ROOT), coverage));
        }
        System.out.println("{\"benchmark\":\"ranking-coverage\",\"ok\":" + ok + ",\"simulations\":" + simulations + ","
                + String.join(",", parts) + "}");
        System.exit(ok ? 0 : 1);
    }

    private enum Case {
        FISHER("independent, by the information", true),
        SANDWICH("independent, by the spread", true),
        TIES_HALF("a third ties as halves, by the spread", true),
        DAVIDSON("Davidson's ties, by the spread", true),
        ORDER("order term, by the spread", true),
        CLUSTERED("120 prompts, by prompt", true),
        CLUSTERED_FISHER("120 prompts, by the information", false);

        private final String words;
        private final boolean promised;

        Case(String words, boolean promised) {
            this.words = words;
            this.promised = promised;
        }
    }

    /** Over all items and simulations; the strengths of one simulation are not independent, so the standard error counts simulations. */
    private static double coverage(Case one, int simulations, long seed) {
        long held = 0;
        for (int i = 0; i < simulations; i++) {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + i * 7L + one.ordinal());
            double[] truth = new double[ITEMS];
            for (int k = 0; k < ITEMS; k++) {
                truth[k] = 2.0 * k / (ITEMS - 1) - 1;
            }
            Strengths fit = Strengths.fit(draw(one, truth, random), settings(one));
            for (int k = 0; k < ITEMS; k++) {
                StrengthEstimate estimate = fit.estimate(k);
                held += estimate.low() <= truth[k] && truth[k] <= estimate.high() ? 1 : 0;
            }
        }
        return (double) held / simulations / ITEMS;
    }

    private static RankingSettings settings(Case one) {
        RankingSettings settings = RankingSettings.DEFAULT;
        return switch (one) {
            case FISHER, CLUSTERED_FISHER -> settings.withErrors(Errors.FISHER);
            case DAVIDSON -> settings.withTies(Ties.DAVIDSON);
            case ORDER -> settings.withOrder(true);
            case SANDWICH, TIES_HALF, CLUSTERED -> settings;
        };
    }

    private static ComparisonTable draw(Case one, double[] truth, SplittableRandom random) {
        ComparisonTableBuilder table = ComparisonTable.builder();
        boolean clustered = one == Case.CLUSTERED || one == Case.CLUSTERED_FISHER;
        int prompts = clustered ? 120 : 1200;
        int each = clustered ? 12 : 1;
        for (int prompt = 0; prompt < prompts; prompt++) {
            // What this prompt does to each item, as often up as down.
            double[] favour = new double[ITEMS];
            for (int k = 0; clustered && k < ITEMS; k++) {
                favour[k] = random.nextBoolean() ? .8 : -.8;
            }
            for (int i = 0; i < each; i++) {
                int a = random.nextInt(ITEMS);
                int b = (a + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
                Comparison row = compare(one, a, b, truth[a] - truth[b], clustered, favour, random);
                table.add(clustered ? row.on("p" + prompt) : row);
            }
        }
        return table.build();
    }

    private static Comparison compare(
            Case one, int a, int b, double d, boolean clustered, double[] favour, SplittableRandom random) {
        double z;
        switch (one) {
            case TIES_HALF -> {
                // A tie with the same chance whatever the items, so that z keeps its mean: p - 1/2 shrinks unless the rest is sharper.
                double p = sigma(d);
                double tie = Math.min(1. / 3, 2 * Math.min(p, 1 - p));
                double u = random.nextDouble();
                z = u < p - tie / 2 ? 1 : u < p + tie / 2 ? .5 : 0;
            }
            case DAVIDSON -> {
                Ties.Outcomes p = Ties.DAVIDSON.outcomes(d, Math.log(.8));
                double u = random.nextDouble();
                z = u < p.first() ? 1 : u < p.first() + p.tie() ? .5 : 0;
            }
            case ORDER -> z = random.nextDouble() < sigma(d + .4) ? 1 : 0;
            default -> {
                double p = clustered ? mixed(d, favour[a] - favour[b]) : sigma(d);
                z = random.nextDouble() < p ? 1 : 0;
            }
        }
        return Comparison.of(name(a), name(b), z).shown(pairwright.ranking.Shown.FIRST);
    }

    /**
     * The chance under a prompt's favour, such that over all prompts (favour -1.6, 0, 0, 1.6 with equal chances) it is exactly sigma(d).
     */
    private static double mixed(double d, double favour) {
        if (favour == 0) {
            return sigma(d);
        }
        double p = sigma(d);
        double sway = .9 * Math.min(p, 1 - p);
        return favour > 0 ? p + sway : p - sway;
    }

    private static double sigma(double d) {
        return 1 / (1 + Math.exp(-d));
    }

    private static String name(int item) {
        return "m" + item;
    }
}
