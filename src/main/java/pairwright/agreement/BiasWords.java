package pairwright.agreement;

/** What a bias comes to, in a sentence. */
final class BiasWords {
    private BiasWords() {}

    static String shift(Asking asking, String what, Statistic effect, Statistic noise, boolean beyond) {
        if (effect.number().isEmpty()) {
            return what + ": " + StatisticText.of(effect);
        }
        if (asking == Asking.SWAPPED) {
            return "z of " + what + " sum to 1 but for " + StatisticText.of(effect) + "; " + noise(noise, beyond);
        }
        boolean toward = effect.number().get() >= 0;
        return what + " moves z by " + StatisticText.of(effect) + (toward ? " toward" : ", away from") + " it; "
                + noise(noise, beyond);
    }

    static String position(
            Statistic effect,
            Statistic logits,
            Statistic noise,
            Statistic changes,
            Statistic changesByNoise,
            boolean beyond) {
        if (effect.number().isEmpty()) {
            return "the order shown: " + StatisticText.of(effect);
        }
        boolean toward = effect.number().get() >= 0;
        return "being shown first moves z by " + StatisticText.of(effect) + (toward ? " toward" : ", away from")
                + " that response (in logits " + StatisticText.of(logits) + "); the label depends on the order in "
                + StatisticText.of(changes) + " of pairs, on asking the same order again in "
                + StatisticText.of(changesByNoise) + "; " + noise(noise, beyond);
    }

    private static String noise(Statistic noise, boolean beyond) {
        return "asking again alone moves it by " + StatisticText.of(noise) + ": "
                + (beyond ? "beyond the noise" : "cannot be told from noise");
    }
}
