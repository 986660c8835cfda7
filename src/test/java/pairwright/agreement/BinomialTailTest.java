package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTailTest {
    @ParameterizedTest
    @CsvSource({".05, .1, 45", ".1, .1, 22", ".15, .1, 15"})
    void fewestRowsWithoutAnError(double alpha, double delta, int rows) {
        // The least n with (1 - alpha)^n <= delta.
        assertThat(BinomialTail.zeroErrorRows(alpha, delta)).isEqualTo(rows);
        assertThat(Math.pow(1 - alpha, rows)).isLessThanOrEqualTo(delta);
        assertThat(Math.pow(1 - alpha, rows - 1)).isGreaterThan(delta);
        assertThat(BinomialTail.upper(0, rows, 1 - delta)).isLessThanOrEqualTo(alpha);
    }

    @Test
    void exactBoundsWithoutAnError() {
        // The exact form of the rule of three: 1 - .05^(1/n).
        assertThat(BinomialTail.upper(0, 200, .95)).isCloseTo(.01487, within(5e-6));
        assertThat(BinomialTail.upper(0, 300, .95)).isCloseTo(.00994, within(5e-6));
    }

    @Test
    void exactBoundsWithErrorsLeaveTheTailThatTheyPromise() {
        // Their definition: at the upper bound at most 3 of 100 happen with a chance of .05, at the lower one at least
        // 3.
        assertThat(BinomialTail.atMost(3, 100, BinomialTail.upper(3, 100, .95))).isCloseTo(.05, within(1e-7));
        assertThat(1 - BinomialTail.atMost(2, 100, BinomialTail.lower(3, 100, .95)))
                .isCloseTo(.05, within(1e-7));
        // C(4,0) .5^4 + C(4,1) .5^4
        assertThat(BinomialTail.atMost(1, 4, .5)).isCloseTo(5 / 16., within(1e-12));
        assertThat(BinomialTail.upper(5, 5, .95)).isEqualTo(1);
        assertThat(BinomialTail.lower(0, 5, .95)).isZero();
    }

    @Test
    void wilsonAndMcNemarAreThePublishedOnes() {
        assertThat(BinomialTail.wilson(85, 100, .95)[0]).isCloseTo(.76716, within(5e-6));
        assertThat(BinomialTail.wilson(85, 100, .95)[1]).isCloseTo(.90694, within(5e-6));
        assertThat(BinomialTail.mcNemar(15, 5)).isCloseTo(.041389, within(5e-7));
        assertThat(BinomialTail.mcNemar(5, 15)).isEqualTo(BinomialTail.mcNemar(15, 5));
        assertThat(BinomialTail.mcNemar(4, 4)).isEqualTo(1);
        assertThat(BinomialTail.mcNemar(0, 0)).isEqualTo(1);
    }
}
