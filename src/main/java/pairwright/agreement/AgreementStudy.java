package pairwright.agreement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;

/**
 * Agreement of one judge with references, fed row by row in memory that does not grow with the rows: only counts are
 * kept, and their sums in every bootstrap replicate. For one thread.
 *
 * <p>Which majority of several people is a reference is the judges' matter ({@code human:majority}); here it is one more name.
 * (PandaLM's published majority, 105 ties, 422 A and 472 B, does not depend on what a row of three different labels is: none
 * of its 999 rows has them.)
 */
public final class AgreementStudy {
    /** References that are compared; those that come later in the rows are counted and named in a note. */
    public static final int MAX_REFERENCES = 150;

    private static final int FEW_PROMPTS = 30;

    private final String judge;
    private final AgreementSettings settings;
    private final PoissonWeights weights;
    private final DistinctPrompts prompts = new DistinctPrompts();
    private final Map<String, ReferenceTally> references = new LinkedHashMap<>();
    private final OrderTally orders;
    private final AnnotatorTally annotators;
    private final long[] judged = new long[Outcome.LABELS];
    private final AbstentionCounts abstentions = new AbstentionCounts();
    private long rows;
    private long judgmentsLeftOut;
    private long askedInOneOrder;

    public AgreementStudy(String judge, AgreementSettings settings) {
        this.judge = judge;
        this.settings = settings;
        this.weights = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
        this.orders = new OrderTally(settings);
        this.annotators = new AnnotatorTally(settings);
    }

    /**
     * Adds one row.
     *
     * @param given the references' judgments, each under its own name; one that abstained as ABSENT, or is not in the list, did not label the row
     * @throws BadInput if a reference is named twice; the row is then not counted
     */
    public void add(Pair pair, Judgment judgment, List<Judgment> given) {
        checkNames(pair, given);
        rows++;
        WeightedPrompt prompt = weights.of(pair.prompt().id());
        prompts.add(prompt.hash());
        Reading reading = Reading.of(judgment, settings);
        JudgedRow row = new JudgedRow(reading, Outcome.longer(pair), prompt);
        reading.abstention()
                .ifPresentOrElse(abstentions::add, () -> judged[reading.label().index()]++);
        reading.orders().ifPresent(both -> orders.add(both, prompt));
        askedInOneOrder += judgment.evidence().half() && reading.orders().isEmpty() ? 1 : 0;
        Map<String, Outcome> people = new TreeMap<>();
        for (Judgment reference : given) {
            Reading label = Reading.of(reference, settings);
            tally(reference.judge(), label, row);
            if (label.label() != Outcome.ABSTAINED && AnnotatorTally.isAnnotator(reference.judge())) {
                people.put(reference.judge(), label.label());
            }
        }
        annotators.add(people, prompt);
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

    /** The numbers so far; more rows may follow. */
    public AgreementReport report() {
        Map<String, Long> outcomes = new LinkedHashMap<>();
        for (Outcome label : List.of(Outcome.A, Outcome.B, Outcome.TIE)) {
            outcomes.put(label.words(), judged[label.index()]);
        }
        abstentions.byReason().forEach((reason, count) -> outcomes.put(reason.name(), count));
        List<ReferenceAgreement> agreements = references.entrySet().stream()
                .map(reference -> reference.getValue().agreement(reference.getKey(), rows))
                .toList();
        return new AgreementReport(
                judge,
                settings,
                rows,
                prompts.count(),
                outcomes,
                agreements,
                orders.consistency(),
                annotators.kappas(),
                notes());
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
