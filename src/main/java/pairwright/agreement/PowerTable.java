package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What so many labels can show, in lines. */
final class PowerTable {
    private PowerTable() {}

    static List<String> lines(Power power) {
        List<String> lines = new ArrayList<>();
        DesignEffect effect = power.designEffect();
        lines.add(String.format(
                Locale.ROOT,
                "%,d labelled rows of %,d prompts say as much as %,.0f independent ones (design effect %.2f%s).",
                power.rows(),
                effect.prompts(),
                power.effectiveRows(),
                effect.effect(),
                effect.rho()
                        .number()
                        .map(rho -> String.format(Locale.ROOT, ", m %.1f, rho %.3f", effect.meanRows(), rho))
                        .orElse("")));
        lines.add("Less the accuracy of rules: "
                + power.rules().stream()
                        .map(rule -> rule.rule() + " " + StatisticText.of(rule.difference()) + " (McNemar "
                                + rule.onlyJudge() + ":" + rule.onlyRule() + ", p "
                                + (rule.mcNemar() < .001 ? "below 0.001" : StatisticText.decimal(rule.mcNemar())) + ")")
                        .collect(Collectors.joining(", "))
                + ".");
        lines.add("What would show at .05 with power .8: "
                + number(power.detectableAboveFloor()) + " above the best rule (" + StatisticText.decimal(power.floor())
                + "), " + number(power.detectableBetweenJudges())
                + " between two judges like this one, a kappa higher by "
                + number(power.detectableKappa()) + ".");
        if (!power.needed().isEmpty()) {
            lines.add("Labels for less: "
                    + power.needed().stream()
                            .map(needed -> String.format(
                                    Locale.ROOT,
                                    "%s needs %,d rows (%,d between judges)",
                                    needed.difference(),
                                    needed.rows(),
                                    needed.rowsBetweenJudges()))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return lines;
    }

    private static String number(Statistic statistic) {
        return statistic instanceof Undefined undefined
                ? "nothing (" + undefined.reason() + ")"
                : statistic.number().map(StatisticText::decimal).orElse("-");
    }
}
