package pairwright.llm;

import java.util.Optional;

/** The next call could cost more than the budget leaves. Nothing more is sent; all replies so far are in the ledger. */
public final class BudgetSpent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cost cap;
    private final transient Totals totals;
    private final transient Cost worst;
    private final transient Optional<Cost> enough;

    BudgetSpent(Cost cap, Totals totals, Cost worst) {
        this(cap, totals, worst, "", Optional.empty());
    }

    private BudgetSpent(Cost cap, Totals totals, Cost worst, String done, Optional<Cost> enough) {
        super("the budget of " + cap + " is spent: " + totals.spent() + " paid"
                + (totals.atRisk().nanos() == 0
                        ? ""
                        : ", " + totals.atRisk() + " at risk (calls whose reply was lost; they may have been billed)")
                + "; the next call may cost up to " + worst + done);
        this.cap = cap;
        this.totals = totals;
        this.worst = worst;
        this.enough = enough;
    }

    /**
     * The same with what a caller knows.
     *
     * @param done how far the run came, a clause
     * @param likelyEnough a budget with which the run would likely end
     */
    public BudgetSpent after(String done, Optional<Cost> likelyEnough) {
        BudgetSpent more = new BudgetSpent(cap, totals, worst, ". " + done, likelyEnough);
        more.initCause(this);
        return more;
    }

    /** What the ledger has cost in all, which the cap is held against. */
    public Totals totals() {
        return totals;
    }

    public Cost cap() {
        return cap;
    }

    /** A budget with which the same command would go on: likely to its end where that could be told, else twice this one. */
    public Cost more() {
        Cost least = totals.reserved().plus(worst);
        Cost twice = cap.plus(cap);
        Cost wanted = enough.orElse(twice.compareTo(least) > 0 ? twice : least);
        return wanted.compareTo(least) > 0 ? wanted : least;
    }
}
