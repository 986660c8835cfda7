package pairwright.agreement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    private static final int FEW_PROMPTS = 30;

    private final String judge;
    private final AgreementSettings settings;
    private final RiskTarget target;
    private final PoissonWeights weights;
    private final DistinctPrompts prompts = new DistinctPrompts();
    private final Map<String, ReferenceTally> references = new LinkedHashMap<>();
    private final OrderTally orders;
    private final AnnotatorTally annotators;
    private final PeopleTally people;
    private final DawidSkeneTally dawidSkene = new DawidSkeneTally();
    private final JudgedRows kept = new JudgedRows();
    private final PeopleVotes votes = new PeopleVotes();
    private final JudgeIdentity identity = new JudgeIdentity();
    private final FamilyTally family = new FamilyTally();
    private final DisagreementTally disagreements;
    private final Set<String> rubrics = new TreeSet<>();
    private String primary = "";
    private final long[] judged = new long[Outcome.ALL];
    private final AbstentionCounts abstentions = new AbstentionCounts();
    private boolean peopleVote;
    private long rows;
    private long judgmentsLeftOut;
    private long askedInOneOrder;
    private long notAskedInThisOrder;
    private boolean calibrated;

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
        checkNames(pair, given);
        checkNames(pair, voters);
        checkVoters(pair, voters);
        Reading reading = Reading.of(judgment, settings);
        if (settings.orders() != OrdersUsed.BOTH
                && reading.abstention().equals(Optional.of(Abstention.Reason.ABSENT))) {
            notAskedInThisOrder++;
            return;
        }
        rows++;
        WeightedPrompt prompt = weights.of(pair.prompt().id());
        prompts.add(prompt.hash());
        JudgedRow row = new JudgedRow(reading, Outcome.longer(pair), prompt);
        reading.abstention()
                .ifPresentOrElse(abstentions::add, () -> judged[reading.label().index()]++);
        reading.orders().ifPresent(both -> orders.add(both, prompt));
        askedInOneOrder += judgment.evidence().half() && reading.orders().isEmpty() ? 1 : 0;
        Map<String, Outcome> people = labels(voters);
        vote(pair, people, row);
        Outcome first = people.isEmpty() || settings.humans() == HumanVote.DAWID_SKENE
                ? Outcome.ABSTAINED
                : settings.humans().of(people.values());
        String firstReference = primary(voters, given);
        for (Judgment reference : given) {
            Reading label = Reading.ofReference(reference, settings);
            tally(reference.judge(), label, row);
            first = reference.judge().equals(firstReference) && label.label().isLabel() ? label.label() : first;
        }
        judgment.rubric().ifPresent(rubrics::add);
        calibrated |= judgment.evidence().calibrated();
        kept.add(KeptRow.of(pair, judgment, reading, prompt.hash(), first, people.values(), settings));
        votes.add(people);
        identity.add(judgment);
        family.add(pair, first.isLabel() || !people.isEmpty());
        boolean later = settings.humans() == HumanVote.DAWID_SKENE && !people.isEmpty();
        disagreements.add(pair, reading, later ? HumanVote.LEAD.of(people.values()) : first, people.values());
    }

    /** The reference that questions about single rows are asked of: the first that the rows name. */
    private String primary(List<Judgment> voters, List<Judgment> given) {
        if (primary.isEmpty()) {
            primary = !voters.isEmpty()
                    ? settings.humans().reference()
                    : given.isEmpty() ? "" : given.get(0).judge();
        }
        return primary;
    }

    private Map<String, Outcome> labels(List<Judgment> voters) {
        Map<String, Outcome> labels = new TreeMap<>();
        for (Judgment voter : voters) {
            Outcome label = Outcome.of(voter.verdict(), settings.tieBand());
            if (label.isLabel()) {
                labels.put(voter.judge(), label);
            }
        }
        peopleVote |= !voters.isEmpty();
        return labels;
    }

    private void vote(Pair pair, Map<String, Outcome> labels, JudgedRow row) {
        annotators.add(labels, row.prompt());
        people.add(labels, row.judged().label(), row.prompt());
        if (settings.humans() == HumanVote.DAWID_SKENE) {
            dawidSkene.add(labels, row, pair.prompt().id(), kept.size());
        } else if (!labels.isEmpty()) {
            references
                    .computeIfAbsent(settings.humans().reference(), name -> new ReferenceTally(settings))
                    .add(row, settings.humans().of(labels.values()));
        }
    }

    private void tally(String name, Reading label, JudgedRow row) {
        ReferenceTally tally = references.get(name);
        if (tally == null && references.size() < MAX_REFERENCES) {
            tally = new ReferenceTally(settings);
            references.put(name, tally);
        }
        if (tally != null) {
            tally.add(row, label);
        } else if (label.label() != Outcome.ABSTAINED) {
            judgmentsLeftOut++;
        }
    }

    private static void checkNames(Pair pair, List<Judgment> given) {
        Set<String> names = new HashSet<>();
        for (Judgment reference : given) {
            if (!names.add(reference.judge())) {
                throw new BadInput("pair " + pair.id() + ": reference " + reference.judge()
                        + " stands twice, must stand once; give each annotator a name of their own");
            }
        }
    }

    private void checkVoters(Pair pair, List<Judgment> voters) {
        for (Judgment voter : voters) {
            if (voter.judge().equals(settings.humans().reference())) {
                throw new BadInput("pair " + pair.id() + ": an annotator has the name of the vote of all, "
                        + voter.judge() + "; must have another name");
            }
        }
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
        if (peopleVote && settings.humans() == HumanVote.DAWID_SKENE) {
            dawidSkene.agreement(settings, kept); // gives the rows the labels that need all of them
        }
        StandIn standIn = new StandIn(kept, votes, settings);
        int[] labelled = standIn.selective().labelled();
        long distinct =
                IntStream.of(labelled).mapToLong(kept::prompt).distinct().count();
        long abstained = abstentions.byReason().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        LicenseExam.Result result = new LicenseExam(terms, standIn)
                .result(new WholeJudge(
                                rows,
                                abstained,
                                labelled.length,
                                distinct,
                                orders.consistency(),
                                askedInOneOrder,
                                identity.several())
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
                        primary,
                        family.family(subject.family()),
                        new License.Data(rows, labelled.length, distinct, subject.where(), subject.inputs()),
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
        Map<String, Long> outcomes = new LinkedHashMap<>();
        for (Outcome label : List.of(Outcome.A, Outcome.B, Outcome.TIE)) {
            outcomes.put(label.words(), judged[label.index()]);
        }
        if (judged[Outcome.CONFLICT.index()] > 0) {
            outcomes.put(Outcome.CONFLICT.words(), judged[Outcome.CONFLICT.index()]);
        }
        abstentions.byReason().forEach((reason, count) -> outcomes.put(reason.name(), count));
        List<ReferenceAgreement> agreements = new ArrayList<>();
        if (peopleVote && settings.humans() == HumanVote.DAWID_SKENE) {
            agreements.add(dawidSkene.agreement(settings, kept));
        }
        references.forEach((name, tally) -> agreements.add(tally.agreement(name, rows)));
        return new AgreementReport(
                judge,
                settings,
                rows,
                prompts.count(),
                outcomes,
                agreements,
                orders.consistency(),
                soft(),
                calibration(),
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
                notes());
    }

    /** The judge's own faults alone; empty without rows. */
    Optional<Faults> faults() {
        return kept.size() == 0 ? Optional.empty() : Optional.of(FaultFinder.of(kept, judge, primary, settings));
    }

    private Optional<SoftScores> soft() {
        int[] used = SoftMeasure.rows(kept, settings);
        return used.length == 0
                ? Optional.empty()
                : Optional.of(SoftMeasure.of(kept, used, z -> z, settings).scores(primary));
    }

    private Optional<Calibration> calibration() {
        if (calibrated) {
            return Optional.of(new Calibration.NotFitted(
                    "z went through a calibrator already; another one is fitted to judgments that are not calibrated"));
        }
        Optional<String> rubric = rubrics.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", rubrics));
        return SoftMeasure.rows(kept, settings).length == 0
                ? Optional.empty()
                : Optional.of(CalibratorFit.of(kept, judge, rubric, primary, settings));
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        long unparsed = abstentions.byReason().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (unparsed > 0) {
            notes.add("the judge gave no preference in " + unparsed + " of " + rows + " rows; they are "
                    + settings.unparsed().words());
        }
        long oneOrder = orders.consistency().oneOrderUnparsed();
        if (oneOrder > 0) {
            notes.add("in " + oneOrder + " rows one of the two orders gave no label; for order consistency they are "
                    + settings.unparsed().words());
        }
        if (askedInOneOrder > 0) {
            notes.add("in " + askedInOneOrder
                    + " rows the judge was asked in one order only, so a position bias could not cancel");
        }
        PromptCount clusters = prompts.count();
        if (clusters.count() < FEW_PROMPTS && rows > 0) {
            notes.add("only " + clusters + " prompts: bootstrap intervals are too narrow below about " + FEW_PROMPTS);
        }
        if (!clusters.exact()) {
            notes.add("the number of prompts is estimated, with a standard error of about 1.3%");
        }
        if (notAskedInThisOrder > 0) {
            notes.add(notAskedInThisOrder + " rows hold no verdict with "
                    + (settings.orders() == OrdersUsed.AB ? "response_a" : "response_b")
                    + " shown first and are left out");
        }
        long conflicts = judged[Outcome.CONFLICT.index()];
        if (conflicts > 0) {
            notes.add("the judge's two orders disagree in " + conflicts + " of " + rows + " rows; they are "
                    + settings.conflictingOrders().words());
        }
        if (peopleVote) {
            notes.add("the label of several people is " + settings.humans().words() + " (humans)");
        }
        if (people.neverTwo()) {
            notes.add("how far people agree with each other is undefined (no row has labels of two people)");
        }
        if (people.leftOut() > 0) {
            notes.add(people.leftOut() + " rows with more than " + PeopleTally.MOST
                    + " equal labels of people are not in the agreement of people");
        }
        if (annotators.labelsLeftOut() > 0) {
            notes.add("kappas of annotators are among the first " + AnnotatorTally.MAX_ANNOTATORS
                    + " in the order of the rows; " + annotators.labelsLeftOut() + " labels of others are not in them");
        }
        if (judgmentsLeftOut > 0) {
            notes.add(
                    "the judge is compared with the first " + MAX_REFERENCES + " references in the order of the rows; "
                            + judgmentsLeftOut + " labels of others are not compared");
        }
        return notes;
    }
}
