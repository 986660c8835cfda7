package pairwright.agreement;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Stream;
import pairwright.judge.Abstention;
import pairwright.pair.Label;

/** The judge against one reference, row by row. */
final class ReferenceTally {
    private static final List<Label> LABELS = List.of(Label.A, Label.B, Label.TIE);

    private final AgreementSettings settings;
    private final CellCounts cells;
    private final AbstentionCounts referenceAbstentions = new AbstentionCounts();
    private final List<AbstentionCounts> judgeAbstentions =
            Stream.generate(AbstentionCounts::new).limit(LABELS.size()).toList();

    private long labelled;
    private long referenceConflicts;

    ReferenceTally(AgreementSettings settings) {
        this.settings = settings;
        this.cells = new CellCounts(RowCell.ALL, settings);
    }

    void add(JudgedRow row, Reading reference) {
        if (!reference.label().isLabel()) {
            reference.abstention().ifPresentOrElse(referenceAbstentions::add, () -> referenceConflicts++);
            return;
        }
        labelled++;
        add(row, reference.label(), reference.vote());
    }

    /** Adds a row with the label that several people came to. */
    void add(JudgedRow row, Outcome reference) {
        if (reference.isLabel()) {
            labelled++;
            add(row, reference, reference);
        }
    }

    /** Adds a row that the reference labelled. */
    private void add(JudgedRow row, Outcome reference, Outcome referenceVote) {
        boolean first = true;
        for (Reading.Seen seen : row.judged().seen()) {
            RowCell cell = new RowCell(
                    reference, referenceVote, seen.label(), row.judged().vote(), row.longer());
            RowCell framed = seen.turned() ? cell.turned() : cell;
            cells.add((first ? framed : framed.withoutVotes()).index(), row.prompt());
            Outcome label = seen.turned() ? reference.swapped() : reference;
            seen.abstention().ifPresent(judgeAbstentions.get(label.index())::add);
            first = false;
        }
    }

    ReferenceAgreement agreement(String reference, long rowsOfStudy) {
        Replicates<Tables> tables = Replicates.of(cells, settings, counts -> Tables.of(counts, settings));
        Map<Abstention.Reason, Long> asked = new EnumMap<>(Abstention.Reason.class);
        asked.putAll(referenceAbstentions.byReason());
        asked.remove(Abstention.Reason.ABSENT);
        long answered = labelled
                + referenceConflicts
                + asked.values().stream().mapToLong(Long::longValue).sum();
        return new ReferenceAgreement(
                reference,
                new ReferenceCounts(
                        (long) tables.rows().labels().total(),
                        labelled,
                        rowsOfStudy - answered,
                        asked,
                        referenceConflicts,
                        AbstentionCounts.sum(judgeAbstentions),
                        tables.prompts()),
                new Scores(
                        score(tables, Measure.ACCURACY),
                        score(tables, Measure.MACRO_PRECISION),
                        score(tables, Measure.MACRO_RECALL),
                        score(tables, Measure.MACRO_F1),
                        score(tables, Measure.S1),
                        score(tables, Measure.S2),
                        score(tables, Measure.COHEN_KAPPA)),
                Prevalence.of(tables.rows().labels()),
                List.of(
                        share("accuracy", tables, Measure.ACCURACY),
                        share("S1", tables, Measure.S1),
                        share("S2", tables, Measure.S2)),
                LabelCoefficient.estimates(tables),
                confusion(),
                baselines(tables));
    }

    private static Statistic score(Replicates<Tables> tables, Measure measure) {
        long n = measure.rows(tables.rows());
        return tables.statistic(measure::of, n, measure.method(tables.rows()), measure.whyUndefined(n));
    }

    private static CoefficientEstimate share(String name, Replicates<Tables> tables, Measure measure) {
        Statistic estimate = score(tables, measure);
        OptionalDouble chance = measure.chance(tables.rows());
        return new CoefficientEstimate(
                name,
                estimate,
                tables.prompts(),
                chance.isPresent() ? Optional.of(chance.getAsDouble()) : Optional.empty(),
                estimate.number().map(value -> tables.wilson(value, estimate.n())));
    }

    private static List<Baseline> baselines(Replicates<Tables> tables) {
        int majority = BaselineRule.majority(tables.rows());
        return Arrays.stream(BaselineRule.values())
                .map(rule -> new Baseline(
                        rule.words(),
                        tables.statistic(
                                table -> rule.accuracy(table, majority),
                                (long) tables.rows().labels().total(),
                                rule.method(majority),
                                Measure.NO_ROW)))
                .toList();
    }

    private List<ConfusionRow> confusion() {
        long[][] counts = new long[LABELS.size()][Outcome.ALL];
        long[] rows = cells.rows();
        long conflicts = 0;
        for (int i = 0; i < rows.length; i++) {
            RowCell cell = RowCell.at(i);
            counts[cell.reference().index()][cell.judged().index()] += rows[i];
            conflicts += cell.judged() == Outcome.CONFLICT ? rows[i] : 0;
        }
        boolean withConflicts = conflicts > 0;
        TreeSet<Abstention.Reason> reasons =
                new TreeSet<>(AbstentionCounts.sum(judgeAbstentions).keySet());
        return LABELS.stream()
                .map(label -> {
                    Map<String, Long> judged = new LinkedHashMap<>();
                    for (Label said : LABELS) {
                        judged.put(
                                Outcome.of(said).words(),
                                counts[Outcome.of(label).index()][
                                        Outcome.of(said).index()]);
                    }
                    if (withConflicts) {
                        judged.put(
                                Outcome.CONFLICT.words(),
                                counts[Outcome.of(label).index()][Outcome.CONFLICT.index()]);
                    }
                    reasons.forEach(reason -> judged.put(
                            reason.name(),
                            judgeAbstentions
                                    .get(Outcome.of(label).index())
                                    .byReason()
                                    .getOrDefault(reason, 0L)));
                    return new ConfusionRow(label, judged);
                })
                .toList();
    }
}
