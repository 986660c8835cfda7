package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pairwright.agreement.DawidSkene.Given;

class DawidSkeneTest {
    /** Dawid and Skene 1979, table 1: 45 patients; the first three digits are the first anaesthetist's, then one of each other. */
    private static final String ANAESTHETISTS =
            "1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223"
                    + " 2322223 4444444 2223343 1111111 2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221"
                    + " 2223222 2212222 1111111 1111111 2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232"
                    + " 4334343 2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222";

    @Test
    void theAnaesthetistsOf1979AreThoseOfThePaper() {
        List<List<Given>> items = Arrays.stream(ANAESTHETISTS.split(" "))
                .map(digits -> {
                    List<Given> given = new ArrayList<>();
                    for (int i = 0; i < digits.length(); i++) {
                        given.add(new Given(Math.max(0, i - 2), digits.charAt(i) - '1'));
                    }
                    return given;
                })
                .toList();
        assertThat(items).hasSize(45);
        DawidSkene fit = DawidSkene.fit(items, 4);
        // The paper has .40, .42, .11, .07; four digits and the log-likelihood are recomputed values.
        assertThat(fit.prevalence()[0]).isCloseTo(.3996, within(5e-5));
        assertThat(fit.prevalence()[1]).isCloseTo(.4220, within(5e-5));
        assertThat(fit.prevalence()[2]).isCloseTo(.1118, within(5e-5));
        assertThat(fit.prevalence()[3]).isCloseTo(.0667, within(5e-5));
        assertThat(fit.logLikelihood()).isCloseTo(-192.8909, within(5e-5));
    }

    @Test
    void oneGoodAnnotatorOutweighsTwoWhoGuess() {
        Random random = new Random(3);
        List<List<Given>> items = new ArrayList<>();
        List<Integer> truth = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int label = random.nextInt(3);
            truth.add(label);
            List<Given> given = new ArrayList<>();
            for (int annotator = 0; annotator < 5; annotator++) {
                double skill = annotator < 2 ? .95 : .1;
                given.add(new Given(annotator, random.nextDouble() < skill ? label : random.nextInt(3)));
            }
            items.add(given);
        }
        DawidSkene fit = DawidSkene.fit(items, 3);
        int right = 0;
        for (int i = 0; i < items.size(); i++) {
            right += fit.label(i) == truth.get(i) ? 1 : 0;
            assertThat(Arrays.stream(fit.posterior(i)).sum()).isCloseTo(1, within(1e-9));
        }
        assertThat(right).isGreaterThan(550);
    }
}
