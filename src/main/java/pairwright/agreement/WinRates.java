package pairwright.agreement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** {@link FewLabels} of the rows: people's labels on some, the judge's z on all; where the judge has no z, it predicts one half. */
final class WinRates {
    private final JudgedRows rows;
    private final AgreementSettings settings;
    private final PredictionPowered sideA = new PredictionPowered();
    private final Map<String, PredictionPowered> models = new TreeMap<>();
    private final Map<String, double[]> said = new TreeMap<>();
    private double saidA;

    private WinRates(JudgedRows rows, AgreementSettings settings) {
        this.rows = rows;
        this.settings = settings;
    }

    /** Empty where all rows are labelled, or none. */
    static Optional<FewLabels> of(JudgedRows judged, String reference, AgreementSettings settings) {
        WinRates rates = new WinRates(judged, settings);
        // In an order of their own, since a sum of fractions ends in other digits where it is made in another order.
        IntStream.range(0, judged.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(judged::prompt).thenComparingLong(judged::key))
                .forEach(rates::add);
        if (rates.sideA.labelled() == 0 || rates.sideA.unlabelled() == 0) {
            return Optional.empty();
        }
        List<PoweredRate> list = new ArrayList<>();
        list.add(rates.rate("response_a", rates.sideA, rates.saidA));
        rates.models.entrySet().stream()
                .limit(FewLabels.MAX_MODELS)
                .forEach(model -> list.add(
                        rates.rate(model.getKey(), model.getValue(), rates.said.get(model.getKey())[0])));
        return Optional.of(new FewLabels(
                reference,
                rates.sideA.labelled(),
                rates.sideA.unlabelled(),
                list,
                Math.max(0, rates.models.size() - FewLabels.MAX_MODELS)));
    }

    private void add(int row) {
        double z = rows.hasZ(row) ? rows.z(row) : .5;
        saidA += z;
        add(sideA, row, z, false);
        int a = rows.modelA(row);
        int b = rows.modelB(row);
        if (a != b) {
            add(a, row, z, false);
            add(b, row, 1 - z, true);
        }
    }

    private void add(int model, int row, double z, boolean turned) {
        if (model != Names.NONE) {
            String name = rows.models().name(model);
            said.computeIfAbsent(name, n -> new double[1])[0] += z;
            add(models.computeIfAbsent(name, n -> new PredictionPowered()), row, z, turned);
        }
    }

    private void add(PredictionPowered rate, int row, double z, boolean turned) {
        long cluster = settings.clusters() == Clusters.ROW ? rows.key(row) : rows.prompt(row);
        Outcome label = turned ? rows.reference(row).swapped() : rows.reference(row);
        if (label.isLabel()) {
            rate.add(cluster, SoftMeasure.target(label), z);
        } else {
            rate.add(cluster, z);
        }
    }

    private PoweredRate rate(String name, PredictionPowered rate, double saidInAll) {
        long n = rate.labelled();
        double judge = saidInAll / (n + rate.unlabelled());
        if (rate.labelledPrompts() < 2) {
            Undefined few = new Undefined("labels of fewer than two prompts", n);
            return new PoweredRate(name, n, rate.unlabelled(), few, judge, few, 0, (double) n);
        }
        PredictionPowered.Mean people = rate.at(0);
        PredictionPowered.Mean powered = rate.tuned();
        double gain = people.standardError() / powered.standardError();
        return new PoweredRate(
                name,
                n,
                rate.unlabelled(),
                statistic(people, rate, "mean of the labels, a tie half"),
                judge,
                statistic(
                        powered,
                        rate,
                        String.format(
                                Locale.ROOT,
                                "PPI++ with lambda %.3f, labels on a random part of the rows",
                                powered.lambda())),
                powered.lambda(),
                powered.standardError() > 0 ? n * gain * gain : n);
    }

    private Statistic statistic(PredictionPowered.Mean mean, PredictionPowered rate, String method) {
        if (!(mean.standardError() > 0)) {
            return new Point(mean.value(), rate.labelled(), method, "all labels are the same");
        }
        double half = rate.critical(settings.confidence()) * mean.standardError();
        return new Estimate(
                mean.value(),
                Math.min(mean.value(), Math.max(0, mean.value() - half)),
                Math.max(mean.value(), Math.min(1, mean.value() + half)),
                rate.labelled(),
                method + "; " + Percent.of(settings.confidence()) + " interval by Student's t, variance by "
                        + settings.clusters().words());
    }
}
