package pairwright.recipe;

import pairwright.llm.Spending;

/** What calls have cost, in words. */
final class CallWords {
    private CallWords() {}

    static String brief(Spending spending) {
        return spending.paid() + " paid, " + spending.replayed() + " from the ledger"
                + spending.cost().map(c -> ", cost " + c).orElse("")
                + spending.trouble().map(t -> "; retrying: " + t).orElse("");
    }

    static String whole(Spending spending) {
        return "calls: " + spending.paid() + " paid, " + spending.replayed() + " from the ledger, " + spending.failed()
                + " without a reply; tokens " + spending.promptTokens() + " in, " + spending.completionTokens() + " out"
                + spending.cost().map(c -> "; cost " + c).orElse("; cost unknown (no prices given)");
    }
}
