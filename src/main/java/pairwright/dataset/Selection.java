package pairwright.dataset;

import java.util.Optional;
import pairwright.jsonl.Digests;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/** What one judgment comes to: an example, or a drop with its one reason. Reasons are tried in the order of this file. */
sealed interface Selection {
    record Exported(Example example) implements Selection {}

    record Dropped(Drop drop) implements Selection {}

    static Selection of(Judgment judgment, ExportSettings settings) {
        Pair pair = judgment.pair();
        if (judgment.verdict() instanceof Abstention abstention) {
            return dropped(pair, Drop.abstention(abstention.reason()));
        }
        Preference preference = (Preference) judgment.verdict();
        Label label = preference.label(settings.tieBand());
        if (label == Label.TIE && !settings.format().holdsTies()) {
            return dropped(pair, Drop.TIE);
        }
        if (preference.margin() < settings.minimumMargin()) {
            return dropped(pair, Drop.BELOW_MARGIN);
        }
        if (settings.conflicts() == ConflictPolicy.DROP
                && !judgment.evidence().conflicts().isEmpty()) {
            return dropped(pair, Drop.CONFLICT);
        }
        Optional<String> fault = fault(pair);
        if (fault.isPresent()) {
            return dropped(pair, fault.get());
        }
        Example example = label == Label.B
                ? new Example(pair.prompt(), pair.responseB(), pair.responseA(), judgment)
                : new Example(pair.prompt(), pair.responseA(), pair.responseB(), judgment);
        return settings.format()
                .unfit(example)
                .map(reason -> dropped(pair, reason))
                .orElseGet(() -> new Exported(example));
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
        return new Dropped(new Drop(pair.id(), reason));
    }
}
