package pairwright.agreement;

import java.util.List;

/** The choices behind the numbers, in sentences. */
final class SettingsText {
    private SettingsText() {}

    static List<String> sentences(AgreementSettings settings) {
        return List.of(
                "Rows without a preference are " + settings.unparsed().words() + " (unparsed).",
                "Orders in conflict are " + settings.conflictingOrders().words()
                        + " (conflicting orders); S1 and S2 take them as ties.",
                "Ties are " + settings.ties().words() + " (ties). Labels stand "
                        + settings.frame().words() + " (frame); "
                        + settings.orders().words() + " (orders).",
                "A tie is z within " + settings.tieBand() + " of one half (tie band).",
                "Intervals: " + Percent.of(settings.confidence()) + ", " + settings.bootstrapRounds()
                        + " bootstrap replicates by " + settings.clusters().words() + ", seed " + settings.seed()
                        + ".");
    }
}
