package pairwright.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.BadRows;
import pairwright.judge.Abstention;
import pairwright.judge.Drift;
import pairwright.judge.Repeats;
import pairwright.judge.Tally;

/**
 * What judging found, in words and in numbers.
 *
 * @param judge as it was named
 * @param members what each judge of a panel said
 * @param drift the models that answered
 */
record JudgeReport(
        String judge, JudgmentRows judgments, Optional<PanelTally> members, OpenedJudge opened, Drift drift) {
    /**
     * What was found, without what was asked for it.
     *
     * @param files what was written
     * @param maxAbstentions share of abstentions above which it is short
     * @param maxBadRows number of bad rows above which it is
     */
    Findings of(Map<String, String> files, BadRows bad, double maxAbstentions, long maxBadRows) {
        Tally.Counts counts = judgments.counts();
        String known = opened.panel().map(Panel::reference).orElse(judge);
        String headline = counts.judged() + (counts.judged() == 1 ? " pair" : " pairs") + " judged by " + known + ": A "
                + counts.a() + ", B " + counts.b() + ", tie "
                + counts.ties() + ", abstained " + counts.abstained()
                + (counts.abstained() == 0 ? "" : " " + counts.abstentions())
                + (counts.conflicts() == 0
                        ? ""
                        : "; in conflict " + counts.conflicts() + " " + counts.conflictsByKind());
        List<String> lines = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("judge", known);
        numbers.put("judgments", counts);
        members.ifPresent(panel -> {
            lines.addAll(panel.lines());
            numbers.put("panel", panel.numbers());
        });
        judgments.again().ifPresent(again -> {
            lines.add("asked again: " + again.judgments() + (again.judgments() == 1 ? " pair, " : " pairs, ")
                    + again.preferences() + " with a preference now");
            numbers.put("asked_again", again);
        });
        judgments.repeats().ifPresent(repeats -> {
            lines.add(words(repeats));
            numbers.put("repeats", repeats);
        });
        notes.addAll(drift.notes());
        notes.addAll(StageReport.aboutBadRows(bad));
        opened.spending()
                .map(asked -> counts.abstentions().get(Abstention.Reason.TRANSPORT.name()))
                .ifPresent(waiting -> notes.add(waiting + (waiting == 1 ? " judgment waits" : " judgments wait")
                        + " for replies that did not come (TRANSPORT). The same command asks for those alone."));
        boolean tooMany = (double) counts.abstained() / counts.judged() > maxAbstentions;
        if (tooMany) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%.1f%% abstained, above the limit of %.1f%%: look at the field abstention in %s; the limit is --max-abstentions.",
                    100.0 * counts.abstained() / counts.judged(),
                    100 * maxAbstentions,
                    files.getOrDefault("judgments", "the output")));
        }
        return new Findings(numbers, headline, lines, notes, files, bad.count(), tooMany || bad.count() > maxBadRows);
    }

    private static String words(Repeats.Counts repeats) {
        return String.format(
                Locale.ROOT,
                "repeats: samples contradict each other in %d of %d pairs (%.1f%%), mean spread %.3f; asked again in the same way, z would"
                        + " change by %.3f (root mean square)",
                repeats.inConflict(),
                repeats.pairs(),
                100.0 * repeats.inConflict() / repeats.pairs(),
                repeats.meanSpread(),
                repeats.noiseFloor());
    }
}
