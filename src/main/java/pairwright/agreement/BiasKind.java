package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** What may move a judge although it says nothing about quality. */
public enum BiasKind {
    /** Which response is shown first. */
    @JsonProperty("position")
    POSITION(null),
    /** A response that is longer and says nothing new. */
    @JsonProperty("length")
    LENGTH(Asking.LENGTH),
    /** The same words under Markdown. */
    @JsonProperty("format")
    FORMAT(Asking.FORMAT),
    /** The whole pair turned round. */
    @JsonProperty("swapped")
    SWAPPED(Asking.SWAPPED);

    private final Asking asking;

    BiasKind(Asking asking) {
        this.asking = asking;
    }

    /** The asking that shows it; empty for the position, which shows in every asking in both orders. */
    Optional<Asking> asking() {
        return Optional.ofNullable(asking);
    }
}
