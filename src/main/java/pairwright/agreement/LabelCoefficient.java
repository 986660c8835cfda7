package pairwright.agreement;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The coefficients of a judge against one reference. Those without an order take the labels that occur as categories
 * (and errors as one more); those with an order take A, tie, B, or A and B where nobody says tie, and are undefined
 * where errors occur, which have no place between A and B.
 */
record LabelCoefficient(String name, Scale scale, Formula formula) {
    /** Scott's pi of two raters is also Fleiss' kappa of them. */
    private static final List<LabelCoefficient> ALL = List.of(
            of("Cohen's kappa", ChanceModel.COHEN, Weights.NOMINAL),
            of("Cohen's kappa, linear weights", ChanceModel.COHEN, Weights.LINEAR),
            of("Cohen's kappa, quadratic weights", ChanceModel.COHEN, Weights.QUADRATIC),
            of("Scott's pi", ChanceModel.SCOTT, Weights.NOMINAL),
            of("Gwet's AC1", ChanceModel.GWET, Weights.NOMINAL),
            of("Gwet's AC2, quadratic weights", ChanceModel.GWET, Weights.QUADRATIC),
            of("Brennan and Prediger's kappa", ChanceModel.UNIFORM, Weights.NOMINAL),
            of("Krippendorff's alpha, nominal", Level.NOMINAL),
            of("Krippendorff's alpha, ordinal", Level.ORDINAL),
            of("Krippendorff's alpha, interval (A 1, tie .5, B 0)", Level.INTERVAL),
            new LabelCoefficient("Matthews' correlation", Scale.LABELS, new Matthews()));

    private static final int[] WITH_TIE = {0, 1, 2};
    private static final int[] WITHOUT_TIE = {0, 2};

    private static LabelCoefficient of(String name, ChanceModel model, Weights weights) {
        return new LabelCoefficient(
                name,
                weights == Weights.NOMINAL ? Scale.LABELS : Scale.ORDER,
                new Kappa(new ChanceCorrected(model, weights)));
    }

    private static LabelCoefficient of(String name, Level level) {
        return new LabelCoefficient(
                name, level == Level.NOMINAL ? Scale.LABELS : Scale.ORDER, new Alpha(new KrippendorffAlpha(level)));
    }

    /** Whether the categories have an order. */
    enum Scale {
        LABELS,
        ORDER
    }

    /** What a coefficient comes to on a table that holds its categories. */
    sealed interface Formula {
        OptionalDouble value(ContingencyTable table);

        OptionalDouble chance(ContingencyTable table);

        OptionalDouble standardError(ContingencyTable table);

        String whyUndefined(ContingencyTable table);

        String source();

        /** The same where a tie is half an agreement with either side. */
        default Formula withHalfTies() {
            return this;
        }
    }

    private record Kappa(ChanceCorrected coefficient) implements Formula {
        @Override
        public OptionalDouble value(ContingencyTable table) {
            return coefficient.value(table);
        }

        @Override
        public OptionalDouble chance(ContingencyTable table) {
            return coefficient.chance(table);
        }

        @Override
        public OptionalDouble standardError(ContingencyTable table) {
            return coefficient.standardError(table);
        }

        @Override
        public String whyUndefined(ContingencyTable table) {
            return coefficient.whyUndefined(table);
        }

        @Override
        public String source() {
            return coefficient.model() == ChanceModel.COHEN ? "Fleiss, Cohen and Everitt 1969" : "Gwet 2014";
        }

        @Override
        public Formula withHalfTies() {
            return coefficient.weights() == Weights.NOMINAL
                    ? new Kappa(new ChanceCorrected(coefficient.model(), Weights.LINEAR))
                    : this;
        }
    }

    private record Alpha(KrippendorffAlpha alpha) implements Formula {
        @Override
        public OptionalDouble value(ContingencyTable table) {
            return alpha.value(RatingTable.of(table));
        }

        @Override
        public OptionalDouble chance(ContingencyTable table) {
            return alpha.chance(RatingTable.of(table));
        }

        @Override
        public OptionalDouble standardError(ContingencyTable table) {
            return alpha.standardError(RatingTable.of(table));
        }

        @Override
        public String whyUndefined(ContingencyTable table) {
            return alpha.whyUndefined(RatingTable.of(table));
        }

        @Override
        public String source() {
            return "Gwet 2014";
        }
    }

    private record Matthews() implements Formula {
        @Override
        public OptionalDouble value(ContingencyTable table) {
            return MatthewsCorrelation.value(table);
        }

        @Override
        public OptionalDouble chance(ContingencyTable table) {
            return OptionalDouble.empty();
        }

        @Override
        public OptionalDouble standardError(ContingencyTable table) {
            return OptionalDouble.empty();
        }

        @Override
        public String whyUndefined(ContingencyTable table) {
            return table.total() > 0 ? "one of the two gave a single label, a correlation needs two" : Measure.NO_ROW;
        }

        @Override
        public String source() {
            return "";
        }
    }

    /** All of them, on the same rows. */
    static List<CoefficientEstimate> estimates(Replicates<Tables> tables) {
        return ALL.stream().map(c -> c.estimate(tables)).toList();
    }

    private CoefficientEstimate estimate(Replicates<Tables> tables) {
        ContingencyTable all = tables.rows().labels().table();
        boolean half = tables.rows().ties() == TiesAs.HALF;
        Formula used = half ? formula.withHalfTies() : formula;
        boolean ordered = scale == Scale.ORDER || !used.equals(formula);
        long n = (long) all.total();
        if (ordered && tables.rows().labels().errors() > 0) {
            return new CoefficientEstimate(
                    name,
                    new Undefined("errors occur, which have no place in the order A, tie, B", n),
                    tables.prompts(),
                    Optional.empty(),
                    Optional.empty());
        }
        int[] categories = ordered ? ordered(all) : all.inUse();
        ContingencyTable table = all.of(categories);
        Statistic estimate = tables.statistic(
                replicate -> used.value(replicate.labels().table().of(categories)),
                n,
                name + (used.equals(formula) ? "" : ", a tie half an agreement") + ", " + categories.length
                        + (ordered ? " ordered" : "") + " categories",
                used.whyUndefined(table));
        return new CoefficientEstimate(
                name,
                estimate,
                tables.prompts(),
                optional(used.chance(table)),
                used.value(table).isEmpty() || used.standardError(table).isEmpty()
                        ? Optional.empty()
                        : Optional.of(tables.analytic(
                                used.value(table).getAsDouble(),
                                used.standardError(table).getAsDouble(),
                                used.source() + ", independent rows")));
    }

    private static int[] ordered(ContingencyTable table) {
        return table.row(1) + table.column(1) > 0 ? WITH_TIE : WITHOUT_TIE;
    }

    private static Optional<Double> optional(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}
