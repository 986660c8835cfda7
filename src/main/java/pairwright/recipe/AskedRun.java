package pairwright.recipe;

import java.util.List;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.llm.BudgetSpent;
import pairwright.llm.Cost;
import pairwright.llm.Ledger;
import pairwright.llm.Totals;

/**
 * A run that asks servers, as far as its money goes: what it will likely cost, and what to say when the budget ends it.
 *
 * @param forecast empty where the input could not be read beforehand, or nothing is asked
 * @param before what the ledger had cost when the run began
 */
record AskedRun(Optional<CallForecast> forecast, Totals before) {
    /** Tells people what is to come. */
    static AskedRun begin(Optional<CallForecast> forecast, Optional<Ledger> ledger, RunContext context) {
        forecast.ifPresent(estimate -> {
            estimate.lines().forEach(context.progress()::say);
            ledger.ifPresent(
                    kept -> tooLittle(estimate, kept.totals(), kept.cap()).ifPresent(context.progress()::say));
        });
        return new AskedRun(forecast, ledger.map(Ledger::totals).orElse(Totals.NOTHING));
    }

    /** The failure with what the run knows beside. */
    BudgetSpent ended(BudgetSpent e, long done, long total, String what) {
        String clause = done + (total < 0 ? "" : " of " + total) + " " + what;
        return e.after(clause, forecast.flatMap(CallForecast::likelyEnough).map(before.reserved()::plus));
    }

    /** An estimate and nothing else. */
    static StageReport report(String stage, Optional<CallForecast> forecast, SpendingSettings money, Totals totals) {
        CallForecast estimate = forecast.orElseThrow(() -> new BadInput(
                stage + ": an estimate reads its rows twice, so they must come from a file, not from standard input"));
        List<String> lines = estimate.lines();
        return new StageReport(
                stage,
                estimate,
                lines.get(0),
                lines.subList(1, lines.size()),
                tooLittle(estimate, totals, money.cap()).stream().toList(),
                java.util.Map.of(),
                0,
                false);
    }

    private static Optional<String> tooLittle(CallForecast estimate, Totals totals, Optional<Cost> cap) {
        return cap.flatMap(most -> estimate.likelyEnough()
                .map(totals.reserved()::plus)
                .filter(likely -> likely.compareTo(most) > 0)
                .map(likely ->
                        "          the budget of " + most + " may end the run before it is done: with what the ledger"
                                + " has cost (" + totals.reserved() + "), up to " + likely + " is likely needed"));
    }
}
