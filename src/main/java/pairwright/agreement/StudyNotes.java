package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;

/** What a reader should know before believing the numbers of a study, in sentences. */
final class StudyNotes {
    private static final int FEW_PROMPTS = 30;

    private StudyNotes() {}

    static List<String> of(
            AgreementSettings settings,
            JudgeTally judge,
            OrderConsistency orders,
            PromptCount prompts,
            ReferenceTallies references,
            PeopleTally people,
            AnnotatorTally annotators) {
        List<String> notes = new ArrayList<>();
        long unparsed = judge.abstained();
        if (unparsed > 0) {
            notes.add("the judge gave no preference in " + unparsed + " of " + judge.rows() + " rows; they are "
                    + settings.unparsed().words());
        }
        long oneOrder = orders.oneOrderUnparsed();
        if (oneOrder > 0) {
            notes.add("in " + oneOrder + " rows one of the two orders gave no label; for order consistency they are "
                    + settings.unparsed().words());
        }
        if (judge.oneOrder() > 0) {
            notes.add("in " + judge.oneOrder()
                    + " rows the judge was asked in one order only, so a position bias could not cancel");
        }
        if (prompts.count() < FEW_PROMPTS && judge.rows() > 0) {
            notes.add("only " + prompts + " prompts: bootstrap intervals are too narrow below about " + FEW_PROMPTS);
        }
        if (!prompts.exact()) {
            notes.add("the number of prompts is estimated, with a standard error of about 1.3%");
        }
        if (judge.rowsNotAsked() > 0) {
            notes.add(judge.rowsNotAsked() + " rows hold no verdict with "
                    + (settings.orders() == OrdersUsed.AB ? "response_a" : "response_b")
                    + " shown first and are left out");
        }
        long conflicts = judge.conflicts();
        if (conflicts > 0) {
            notes.add("the judge's two orders disagree in " + conflicts + " of " + judge.rows() + " rows; they are "
                    + settings.conflictingOrders().words());
        }
        if (references.peopleVote()) {
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
        if (references.leftOut() > 0) {
            notes.add("the judge is compared with the first " + AgreementStudy.MAX_REFERENCES
                    + " references in the order of the rows; " + references.leftOut()
                    + " labels of others are not compared");
        }
        return notes;
    }
}
