package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import pairwright.pair.Order;

/** Which of the orders that the judge was asked in count. A judgment without orders, such as a label, always counts. */
public enum OrdersUsed {
    @JsonProperty("both")
    BOTH("every order asked counts", Optional.empty()),
    /** Those with {@code response_a} first; without one the judge was not asked. */
    @JsonProperty("ab")
    AB("only verdicts with response_a shown first count", Optional.of(Order.AB)),
    /** Those with {@code response_b} first. */
    @JsonProperty("ba")
    BA("only verdicts with response_b shown first count", Optional.of(Order.BA));

    private final String words;
    private final Optional<Order> only;

    OrdersUsed(String words, Optional<Order> only) {
        this.words = words;
        this.only = only;
    }

    String words() {
        return words;
    }

    /** Empty for both. */
    Optional<Order> only() {
        return only;
    }
}
