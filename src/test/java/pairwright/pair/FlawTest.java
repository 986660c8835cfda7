package pairwright.pair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlawTest {
    private static final String TEXT = "Water is wet. It boils at 100.0 degrees! Ice can not burn.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cut-off|0|Water is wet. It boils",
                "number-changed|0|Water is wet. It boils at 100.3 degrees! Ice can not burn.",
                "negated|0|Water is not wet. It boils at 100.0 degrees! Ice can not burn.",
                "negated|.99|Water is wet. It boils at 100.0 degrees! Ice can burn.",
                "sentence-left-out|.99|Water is wet. It boils at 100.0 degrees!",
                "repeated|0|Water is wet. Water is wet. Water is wet. It boils at 100.0 degrees! Ice can not burn.",
                "repeated|.99|Water is wet. It boils at 100.0 degrees! Ice can not burn. Ice can not burn. Ice can not burn."
            })
    void eachFlawChangesWhatItsNameSays(String name, double where, String flawed) {
        assertThat(Flaw.named(name).in(TEXT, where)).contains(flawed);
    }

    @Test
    void aTextWithoutAPlaceForAFlawHasNone() {
        for (Flaw flaw : Flaw.values()) {
            assertThat(flaw.in("Yes", .5)).isEmpty();
            assertThat(flaw.in("", .5)).isEmpty();
        }
        // A year in a date and a version are no numbers by themselves.
        assertThat(Flaw.NUMBER_CHANGED.in("version 1.2.3 of v2", .5)).isEmpty();
        assertThat(Flaw.NUMBER_CHANGED.in("0 left", 0)).contains("1 left");
    }
}
