package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a ledger has cost over all runs, and what it may.
 *
 * @param spent billed for all that was answered, as far as prices were known
 * @param atRisk the worst that calls without a reply can have cost: those in flight, and those whose reply was lost
 */
public record Totals(
        @JsonProperty("spent") Cost spent,
        @JsonProperty("at_risk") Cost atRisk) {
    public static final Totals NOTHING = new Totals(Cost.ZERO, Cost.ZERO);

    /** Both together: what the cap is held against. */
    public Cost reserved() {
        return spent.plus(atRisk);
    }
}
