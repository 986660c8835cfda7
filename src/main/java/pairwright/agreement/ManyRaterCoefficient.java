package pairwright.agreement;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** A coefficient of many raters by its name. */
record ManyRaterCoefficient(
        String name,
        Function<RatingTable, OptionalDouble> value,
        Function<RatingTable, OptionalDouble> chance,
        Function<RatingTable, OptionalDouble> standardError,
        Function<RatingTable, String> whyUndefined) {
    /** Of labels in the order A, tie, B. */
    static final List<ManyRaterCoefficient> FOR_LABELS = List.of(
            of("Fleiss' kappa", ManyRaters.FLEISS_KAPPA),
            of("Gwet's AC1", ManyRaters.GWET_AC1),
            of("Brennan and Prediger's kappa", ManyRaters.BRENNAN_PREDIGER),
            of("Krippendorff's alpha, nominal", Level.NOMINAL),
            of("Krippendorff's alpha, ordinal", Level.ORDINAL),
            of("Krippendorff's alpha, interval (A 1, tie .5, B 0)", Level.INTERVAL));

    /** Of scores. */
    static final List<ManyRaterCoefficient> FOR_SCORES = List.of(
            of("Fleiss' kappa", ManyRaters.FLEISS_KAPPA),
            of("Gwet's AC1", ManyRaters.GWET_AC1),
            of("Gwet's AC2, quadratic weights", ManyRaters.GWET_AC2),
            of("Brennan and Prediger's kappa", ManyRaters.BRENNAN_PREDIGER),
            of("Krippendorff's alpha, nominal", Level.NOMINAL),
            of("Krippendorff's alpha, ordinal", Level.ORDINAL),
            of("Krippendorff's alpha, interval", Level.INTERVAL),
            of("Krippendorff's alpha, ratio", Level.RATIO));

    private static ManyRaterCoefficient of(String name, ManyRaters raters) {
        return new ManyRaterCoefficient(
                name, raters::value, raters::chance, raters::standardError, raters::whyUndefined);
    }

    private static ManyRaterCoefficient of(String name, Level level) {
        KrippendorffAlpha alpha = new KrippendorffAlpha(level);
        return new ManyRaterCoefficient(name, alpha::value, alpha::chance, alpha::standardError, alpha::whyUndefined);
    }

    /**
     * With its intervals.
     *
     * @param items with at least two ratings
     */
    CoefficientEstimate estimate(Replicates<RatingTable> tables, long items) {
        RatingTable table = tables.rows();
        OptionalDouble number = value.apply(table);
        OptionalDouble error = number.isPresent() ? standardError.apply(table) : OptionalDouble.empty();
        OptionalDouble byChance = number.isPresent() ? chance.apply(table) : OptionalDouble.empty();
        return new CoefficientEstimate(
                name,
                tables.statistic(
                        value, items, name + " of many raters, missing ones left missing", whyUndefined.apply(table)),
                tables.prompts(),
                byChance.isPresent() ? Optional.of(byChance.getAsDouble()) : Optional.empty(),
                error.isPresent()
                        ? Optional.of(tables.analytic(
                                number.getAsDouble(), error.getAsDouble(), "Gwet 2014, independent rows"))
                        : Optional.empty());
    }
}
