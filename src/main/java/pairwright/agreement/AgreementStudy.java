package pairwright.agreement;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import pairwright.jsonl.BadInput;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;

/**
 * Agreement of one judge with references, fed row by row. Of the texts nothing is kept: most numbers come from counts
 * and their sums in every bootstrap replicate, the others from some 80 bytes a row. For one thread.
 *
 * <p>Which majority of several people is a reference is the judges' matter ({@code human:majority}); here it is one more name.
 * (PandaLM's published majority, 105 ties, 422 A and 472 B, does not depend on what a row of three different labels is: none
 * of its 999 rows has them.)
 */
public final class AgreementStudy {
    /** References that are compared; those that come later in the rows are counted and named in a note. */
    public static final int MAX_REFERENCES = 150;

    /** Disagreements that are kept for somebody to read, unless said. */
    public static final int LISTED = 40;

    private final String judge;
    private final AgreementSettings settings;
    private final RiskTarget target;
    private final PoissonWeights weights;
    private final DistinctPrompts prompts = new DistinctPrompts();
    private final JudgeTally said = new JudgeTally();
    private final ReferenceTallies references;
    private final OrderTally orders;
    private final AnnotatorTally annotators;
    private final PeopleTally people;
    private final JudgedRows kept = new JudgedRows();
    private final PeopleVotes votes = new PeopleVotes();
    private final JudgeIdentity identity = new JudgeIdentity();
    private final FamilyTally family = new FamilyTally();
    private final DisagreementTally disagreements;

    /** A study that lists {@value #LISTED} disagreements. */
    public AgreementStudy(String judge, AgreementSettings settings) {
        this(judge, settings, LISTED);
    }

    /**
     * A study.
     *
     * @param listed how many disagreements it keeps with their texts
     */
    public AgreementStudy(String judge, AgreementSettings settings, int listed) {
        this(judge, settings, listed, RiskTarget.DEFAULT);
    }

    /**
     * A study.
     *
     * @param listed how many disagreements it keeps with their texts
     * @param target what is to be certified
     */
    public AgreementStudy(String judge, AgreementSettings settings, int listed, RiskTarget target) {
        this.judge = judge;
        this.disagreements = new DisagreementTally(listed);
        this.settings = settings;
        this.target = target;
        this.weights = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
        this.references = new ReferenceTallies(settings);
        this.orders = new OrderTally(settings);
        this.annotators = new AnnotatorTally(settings);
        this.people = new PeopleTally(settings);
    }

    /**
     * Adds one row without a vote of several people.
     *
     * @param given the references' judgments, each under its own name; one that abstained as ABSENT, or is not in the list, did not label the row
     * @throws BadInput if a reference is named twice; the row is then not counted
     */
    public void add(Pair pair, Judgment judgment, List<Judgment> given) {
        add(pair, judgment, given, List.of());
    }

    /**
     * Adds one row.
     *
     * @param given the references' judgments, each under its own name; one that abstained as ABSENT, or is not in the list, did not label the row
     * @param voters people whose labels are aggregated as the settings say to one more reference, the first of all, and who are
     *     compared with each other
     * @throws BadInput if a reference is named twice; the row is then not counted
     */
    public void add(Pair pair, Judgment judgment, List<Judgment> given, List<Judgment> voters) {
        references.check(pair, given, voters);
        Reading reading = Reading.of(judgment, settings);
        if (settings.orders() != OrdersUsed.BOTH
                && reading.abstention().equals(Optional.of(Abstention.Reason.ABSENT))) {
            said.notAsked();
            return;
        }
        WeightedPrompt prompt = weights.of(pair.prompt().id());
        prompts.add(prompt.hash());
        said.add(judgment, reading);
        reading.orders().ifPresent(both -> orders.add(both, prompt));
        JudgedRow row = new JudgedRow(reading, Outcome.longer(pair), prompt);
        ReferenceTallies.RowLabels labels = references.add(pair, row, given, voters, kept.size());
        Collection<Outcome> votesOfRow = labels.people().values();
        annotators.add(labels.people(), prompt);
        people.add(labels.people(), reading.label(), prompt);
        kept.add(KeptRow.of(pair, judgment, reading, prompt.hash(), labels.first(), votesOfRow, settings));
        votes.add(labels.people());
        identity.add(judgment);
        family.add(pair, labels.first().isLabel() || !votesOfRow.isEmpty());
        boolean later = settings.humans() == HumanVote.DAWID_SKENE && !votesOfRow.isEmpty();
        disagreements.add(pair, reading, later ? HumanVote.LEAD.of(votesOfRow) : labels.first(), votesOfRow);
    }

    /**
     * Whether the judge may stand in for the first reference, by these terms. Written also where it is refused.
     *
     * @throws BadInput where the rows do not name one dataset and no family is declared, or where intervals go by row
     */
    public License license(LicenseTerms terms, LicenseSubject subject) {
        if (settings.clusters() != Clusters.PROMPT) {
            throw new BadInput("a licence needs clusters: prompt, since rows of one prompt depend on each other");
        }
        references.settle(kept);
        StandIn standIn = new StandIn(kept, votes, settings);
        int[] labelled = standIn.selective().labelled();
        long distinct =
                IntStream.of(labelled).mapToLong(kept::prompt).distinct().count();
        LicenseExam.Result result = new LicenseExam(terms, standIn)
                .result(new WholeJudge(
                                said.rows(),
                                said.abstained(),
                                labelled.length,
                                distinct,
                                orders.consistency(),
                                said.oneOrder(),
                                identity.fault(judge, subject.digests()))
                        .criteria(terms, settings));
        return new License(
                        License.FORMAT,
                        result.verdict(),
                        result.margin(),
                        result.statement(),
                        result.reasons(),
                        result.criteria(),
                        terms,
                        identity.judge(judge, subject.digests()),
                        references.primary(),
                        family.family(subject.family()),
                        new License.Data(said.rows(), labelled.length, distinct, subject.where(), subject.inputs()),
                        settings,
                        subject.version(),
                        "")
                .sealed();
    }

    /** The numbers so far, without strengths of the generators; more rows may follow. */
    public AgreementReport report() {
        return report(StrengthModel.NONE);
    }

    /** The numbers so far; more rows may follow. */
    public AgreementReport report(StrengthModel strengths) {
        List<ReferenceAgreement> agreements = references.agreements(said.rows(), kept);
        String primary = references.primary();
        return new AgreementReport(
                judge,
                settings,
                said.rows(),
                prompts.count(),
                said.outcomes(),
                agreements,
                orders.consistency(),
                soft(primary),
                calibration(primary),
                WinRates.of(kept, primary, settings),
                RiskCoverage.of(kept, primary, settings, target),
                PowerStudy.of(kept, primary, settings),
                faults(),
                SliceTally.of(kept, settings),
                SystemTally.of(kept, primary, strengths, settings),
                people.agreement(),
                annotators.kappas(),
                ScoreHistogram.of(kept, primary),
                disagreements.disagreements(
                        primary.equals(HumanVote.DAWID_SKENE.reference()) ? HumanVote.LEAD.reference() : primary),
                Optional.empty(),
                StudyNotes.of(settings, said, orders.consistency(), prompts.count(), references, people, annotators));
    }

    /** The judge's own faults alone; empty without rows. */
    Optional<Faults> faults() {
        return kept.size() == 0
                ? Optional.empty()
                : Optional.of(FaultFinder.of(kept, judge, references.primary(), settings));
    }

    private Optional<SoftScores> soft(String primary) {
        int[] used = SoftMeasure.rows(kept, settings);
        return used.length == 0
                ? Optional.empty()
                : Optional.of(SoftMeasure.of(kept, used, z -> z, settings).scores(primary));
    }

    private Optional<Calibration> calibration(String primary) {
        if (said.calibrated()) {
            return Optional.of(new Calibration.NotFitted(
                    "z went through a calibrator already; another one is fitted to judgments that are not calibrated"));
        }
        return SoftMeasure.rows(kept, settings).length == 0
                ? Optional.empty()
                : Optional.of(CalibratorFit.of(kept, judge, said.rubric(), primary, settings));
    }
}
