package pairwright.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import pairwright.llm.Cost;
import pairwright.llm.Latency;
import pairwright.llm.Ledger;
import pairwright.llm.Spending;

/** What calls have cost, in words. */
final class CallWords {
    private CallWords() {}

    /** For the line of progress. */
    static String brief(Spending spending, Optional<Ledger> ledger) {
        return spending.paid() + " paid, " + spending.replayed() + " from the ledger"
                + ledger.flatMap(kept -> kept.cap().map(cap -> ", spent " + against(kept, cap, spending)))
                        .or(() -> spending.cost().map(cost -> ", cost " + cost + currency(spending)))
                        .orElse("")
                + spending.pause()
                        .map(left -> "; paused for " + (left.toSeconds() + 1) + " s, as the server asks")
                        .or(() -> spending.trouble().map(trouble -> "; retrying: " + trouble))
                        .orElse("");
    }

    /**
     * For the end of a run.
     *
     * @param made judgments or samples
     * @param each what one of them is called
     */
    static List<String> whole(Spending spending, Optional<Ledger> ledger, long made, String each) {
        List<String> lines = new ArrayList<>();
        lines.add("calls: " + spending.paid() + " paid, " + spending.replayed() + " from the ledger, "
                + spending.failed() + " without a reply; tokens " + spending.promptTokens() + " in, "
                + spending.completionTokens() + " out"
                + spending.cost()
                        .map(cost -> "; cost " + cost + currency(spending) + perOne(cost, spending, made, each))
                        .orElse("; cost unknown (no prices given)"));
        spending.latency().ifPresent(latency -> lines.add(latency(latency) + more(spending)));
        ledger.flatMap(kept -> kept.cap().map(cap -> "budget: " + against(kept, cap, spending)))
                .ifPresent(lines::add);
        return lines;
    }

    /** What people must not miss about the bill. */
    static List<String> notes(Spending spending) {
        List<String> notes = new ArrayList<>();
        if (spending.aboveBound() > 0) {
            notes.add(spending.aboveBound()
                    + " replies were billed for more tokens than their requests can use, as the server tells it; they are"
                    + " counted as billed, which a budget cannot foresee.");
        }
        if (spending.withoutUsage() > 0 && spending.cost().isPresent()) {
            notes.add(spending.withoutUsage()
                    + " replies came without their tokens; their cost is counted as the most it can be.");
        }
        return notes;
    }

    /** The ledger's account, for machines. */
    static Map<String, Object> account(Ledger ledger) {
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("spent", ledger.totals().spent());
        account.put("at_risk", ledger.totals().atRisk());
        account.put("budget", ledger.cap());
        return account;
    }

    private static String against(Ledger ledger, Cost cap, Spending spending) {
        Cost atRisk = ledger.totals().atRisk();
        return ledger.totals().spent() + (atRisk.nanos() == 0 ? "" : " and " + atRisk + " at risk") + " of " + cap
                + currency(spending);
    }

    private static String currency(Spending spending) {
        return spending.currency().map(word -> " " + word).orElse("");
    }

    /** As if none of it had been in the ledger. */
    private static String perOne(Cost cost, Spending spending, long made, String each) {
        long asked = spending.paid() + spending.replayed();
        if (made == 0 || spending.paid() == 0) {
            return "";
        }
        double share = (double) asked / spending.paid() / made;
        return ", " + new Cost(Math.round(cost.nanos() * share)) + " a " + each;
    }

    private static String latency(Latency latency) {
        return String.format(
                Locale.ROOT,
                "latency: p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, max %.0f ms%s",
                latency.p50(),
                latency.p90(),
                latency.p99(),
                latency.max(),
                latency.correctedFor()
                        .map(rate -> " (corrected for coordinated omission at " + rate + " requests a minute)")
                        .orElse(""));
    }

    private static String more(Spending spending) {
        return spending.attemptsPerCall()
                        .map(attempts -> String.format(Locale.ROOT, "; %.2f attempts a call", attempts))
                        .orElse("")
                + spending.ledgerShare()
                        .map(share -> String.format(Locale.ROOT, "; %.1f%% from the ledger", 100 * share))
                        .orElse("");
    }
}
