package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * A question about a fault before all are answered together.
 *
 * @param sentence from the effect in words and "do" or "are not shown to" to a sentence
 */
record BiasQuestion(String name, Statistic effect, Optional<Double> pValue, BinaryOperator<String> sentence) {
    /** At most this share of what is found is expected to be false. */
    static final double FALSE_DISCOVERY_RATE = .05;

    private static final String UNTESTED = "Not tested: ";

    static BiasQuestion untested(String name, String why, long n) {
        return new BiasQuestion(
                name, new Undefined(why, n), Optional.empty(), (effect, verdict) -> UNTESTED + why + ".");
    }

    /** The answers; those without a p-value are not found. */
    static List<BiasTest> answers(List<BiasQuestion> questions) {
        List<Double> pValues =
                questions.stream().flatMap(q -> q.pValue().stream()).toList();
        boolean[] rejected = FalseDiscovery.BENJAMINI_YEKUTIELI.rejected(pValues, FALSE_DISCOVERY_RATE);
        List<BiasTest> answers = new ArrayList<>();
        int tested = 0;
        for (BiasQuestion question : questions) {
            boolean found = question.pValue().isPresent() && rejected[tested++];
            answers.add(new BiasTest(
                    question.name(),
                    question.effect(),
                    question.pValue(),
                    found,
                    question.sentence().apply(StatisticText.of(question.effect()), found ? "do" : "are not shown to")));
        }
        return answers;
    }
}
