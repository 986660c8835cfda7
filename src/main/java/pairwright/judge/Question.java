package pairwright.judge;

import java.util.Optional;
import pairwright.pair.Order;
import pairwright.rubric.Criterion;
import pairwright.rubric.Shown;

/**
 * What one trial asks, before anything is sent.
 *
 * @param nonce of this question alone; it stands in none of the texts shown
 */
record Question(Order order, int sample, Shown shown, String nonce) {
    Optional<String> criterion() {
        return shown.criterion().map(Criterion::name);
    }
}
