package pairwright.agreement;

import java.math.BigDecimal;

/** A share for people, without needless digits: .95 is 95%. */
final class Percent {
    private Percent() {}

    static String of(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
