package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * An amount of money in whole billionths of the unit of a currency, so that sums are exact.
 *
 * @param nanos in [0, {@link #LARGEST}]
 */
public record Cost(long nanos) implements Comparable<Cost> {
    /** Nine million units: what one call, or a budget, may be at most, so that sums of many stay whole numbers. */
    static final long LARGEST = 9_000_000_000_000_000L;

    private static final int DECIMALS = 9;
    private static final int SHOWN = 4;
    private static final MathContext SMALL = new MathContext(3, RoundingMode.HALF_UP);

    public static final Cost ZERO = new Cost(0);

    public Cost {
        if (nanos < 0) {
            throw new IllegalArgumentException("a cost is " + nanos + ", must be 0 or more");
        }
    }

    /**
     * From units of the currency, rounded up.
     *
     * @throws IllegalArgumentException naming {@code what} where it is below 0, no number or above nine million
     */
    public static Cost of(String what, double units) {
        if (!(units >= 0 && units <= LARGEST / 1e9)) {
            throw new IllegalArgumentException(
                    what + " is " + units + ", must be in [0, " + LARGEST / 1_000_000_000 + "]");
        }
        return new Cost(BigDecimal.valueOf(units)
                .movePointRight(DECIMALS)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact());
    }

    public Cost plus(Cost other) {
        return new Cost(Math.addExact(nanos, other.nanos));
    }

    /** What is left of this one, nothing where the other is larger. */
    public Cost minus(Cost other) {
        return new Cost(Math.max(0, nanos - other.nanos));
    }

    /** In units of the currency, exact. */
    @JsonValue
    public BigDecimal units() {
        return BigDecimal.valueOf(nanos, DECIMALS).stripTrailingZeros();
    }

    @Override
    public int compareTo(Cost other) {
        return Long.compare(nanos, other.nanos);
    }

    /** For people: four decimals, or three digits where it is less than a hundredth. */
    @Override
    public String toString() {
        BigDecimal units = BigDecimal.valueOf(nanos, DECIMALS);
        boolean small = nanos > 0 && nanos < 10_000_000;
        return (small ? units.round(SMALL) : units.setScale(SHOWN, RoundingMode.HALF_UP)).toPlainString();
    }
}
