package pairwright.dataset;

import java.util.List;
import java.util.Optional;
import pairwright.jsonl.Digests;
import pairwright.judge.Abstention;
import pairwright.judge.Evidence;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/** What one judgment comes to by itself: an example, or a drop with its one reason. Reasons are tried in the order of this file. */
sealed interface Selection {
    record Exported(Example example) implements Selection {}

    /**
     * Left out.
     *
     * @param scores whether the preference still says how good the two responses are: it is too weak to be an example, and nothing else
     */
    record Dropped(Drop drop, boolean scores) implements Selection {}

    static Selection of(Judgment judgment, ExportSettings settings) {
        Pair pair = judgment.pair();
        if (judgment.verdict() instanceof Abstention abstention) {
            return dropped(pair, Drop.abstention(abstention.reason()));
        }
        Preference preference = (Preference) judgment.verdict();
        Optional<String> fault = doubtful(judgment, settings).or(() -> fault(pair));
        Label label = preference.label(settings.tieBand());
        if (label == Label.TIE && !settings.format().holdsTies()) {
            return new Dropped(new Drop(pair.id(), Drop.TIE), fault.isEmpty());
        }
        if (preference.margin() < settings.minimumMargin()) {
            return new Dropped(new Drop(pair.id(), Drop.BELOW_MARGIN), fault.isEmpty());
        }
        if (fault.isPresent()) {
            return dropped(pair, fault.get());
        }
        if (confidence(preference, judgment.evidence())
                < settings.rules().minimumConfidence().orElse(0.)) {
            return new Dropped(new Drop(pair.id(), Drop.UNSURE), true);
        }
        double longest = settings.rules().maximumLengthRatio().orElse(Double.POSITIVE_INFINITY);
        if (lengthRatio(pair) > longest) {
            return new Dropped(new Drop(pair.id(), Drop.LENGTH_RATIO), true);
        }
        Example example = label == Label.B
                ? new Example(pair.prompt(), pair.responseB(), pair.responseA(), judgment)
                : new Example(pair.prompt(), pair.responseA(), pair.responseB(), judgment);
        return settings.format()
                .unfit(example)
                .map(reason -> dropped(pair, reason))
                .orElseGet(() -> new Exported(example));
    }

    /** Why the settings do not trust the judgment, whatever it says. */
    private static Optional<String> doubtful(Judgment judgment, ExportSettings settings) {
        Evidence evidence = judgment.evidence();
        SelectionRules rules = settings.rules();
        if (settings.conflicts() == ConflictPolicy.DROP && !evidence.conflicts().isEmpty()) {
            return Optional.of(Drop.CONFLICT);
        }
        if (Math.abs(evidence.orderGap().orElse(0.)) > rules.maximumOrderGap().orElse(1.)) {
            return Optional.of(Drop.ORDER_GAP);
        }
        List<String> unwanted = rules.dropFlags();
        if (evidence.half() && unwanted.contains(SelectionRules.HALF)) {
            return Optional.of(Drop.flag(SelectionRules.HALF));
        }
        if (unwanted.contains(SelectionRules.TRUNCATED) && truncated(evidence)) {
            return Optional.of(Drop.flag(SelectionRules.TRUNCATED));
        }
        return evidence.flags().stream()
                .filter(flag -> unwanted.contains(flag) || unwanted.contains(SelectionRules.ANY))
                .findFirst()
                .map(Drop::flag);
    }

    private static boolean truncated(Evidence evidence) {
        return evidence.trials().stream()
                        .anyMatch(trial -> trial.abstention()
                                .filter(a -> a.reason() == Abstention.Reason.TRUNCATED)
                                .isPresent())
                || evidence.jurors().stream()
                        .anyMatch(juror ->
                                juror.evidence().filter(Selection::truncated).isPresent());
    }

    /** Probability of the side that won, with all that no label caught counted against it. */
    private static double confidence(Preference preference, Evidence evidence) {
        return preference.z() >= .5
                ? Math.min(preference.z(), evidence.zLow().orElse(1.))
                : 1 - Math.max(preference.z(), evidence.zHigh().orElse(0.));
    }

    private static double lengthRatio(Pair pair) {
        double a =
                Math.max(1, pair.responseA().codePointCount(0, pair.responseA().length()));
        double b =
                Math.max(1, pair.responseB().codePointCount(0, pair.responseB().length()));
        return Math.max(a / b, b / a);
    }

    /** Why no trainer could use the texts, whatever was said of them. */
    private static Optional<String> fault(Pair pair) {
        Message last = pair.prompt().messages().get(pair.prompt().messages().size() - 1);
        if (last.role() != Role.USER) {
            return Optional.of(Drop.NOT_ASKED_BY_USER);
        }
        if (last.content().isBlank()) {
            return Optional.of(Drop.EMPTY_PROMPT);
        }
        if (pair.responseA().isBlank() || pair.responseB().isBlank()) {
            return Optional.of(Drop.EMPTY_RESPONSE);
        }
        if (pair.responseA().strip().equals(pair.responseB().strip())) {
            return Optional.of(Drop.EQUAL_TEXTS);
        }
        boolean unicode = Digests.isUnicode(pair.responseA())
                && Digests.isUnicode(pair.responseB())
                && pair.prompt().messages().stream().allMatch(message -> Digests.isUnicode(message.content()));
        return unicode ? Optional.empty() : Optional.of(Drop.NOT_UNICODE);
    }

    private static Selection dropped(Pair pair, String reason) {
        return new Dropped(new Drop(pair.id(), reason), false);
    }
}
