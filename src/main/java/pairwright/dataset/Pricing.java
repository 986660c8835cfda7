package pairwright.dataset;

import java.util.Optional;

/** What calls cost, whoever knows it. */
@FunctionalInterface
public interface Pricing {
    /** Nothing has a price. */
    Pricing NONE = (model, calls) -> Optional.empty();

    /**
     * The cost of the calls whose tokens are known, in words with its currency; empty where the model has no price.
     *
     * @param model as it was asked for
     */
    Optional<String> of(String model, Calls calls);
}
