package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;

/** A number with how it was made, or the reason why there is none. Never NaN, null or a stand-in. */
public sealed interface Statistic permits Estimate, Point, Undefined {
    /** How many rows it rests on. */
    long n();

    /** The number alone, empty when undefined. */
    @JsonIgnore
    Optional<Double> number();
}
