package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/**
 * Studies whose truth is known: rows come in prompts that share how far the responses differ and where the judge errs. Three people
 * and a judge look at each row with noise of their own.
 *
 * @param name for the table
 * @param prompts of one study
 * @param rows mean number of rows a prompt
 * @param equal whether every prompt has that many, or a geometric number
 * @param shared share of the variance, of quality and of the judge's error, that rows of a prompt have in common
 */
record SimulatedStudy(String name, int prompts, int rows, boolean equal, double shared) {
    private static final double TIE = .45;
    private static final double SURENESS = 1.3;

    /** The report of one study of so many prompts. */
    AgreementReport report(long seed, int ofPrompts, int rounds) {
        SplittableRandom random = new SplittableRandom(seed);
        AgreementStudy study = new AgreementStudy(
                "judge", AgreementSettings.DEFAULTS.withBootstrapRounds(rounds).withSeed(seed), 0);
        for (int prompt = 0; prompt < ofPrompts; prompt++) {
            double quality = random.nextGaussian() * Math.sqrt(shared);
            double error = random.nextGaussian() * Math.sqrt(shared);
            int count = equal ? rows : geometric(random);
            for (int row = 0; row < count; row++) {
                double difference = .2 + quality + random.nextGaussian() * Math.sqrt(1 - shared);
                double judged = difference + .8 * (error + random.nextGaussian() * Math.sqrt(1 - shared));
                Pair pair = StudyRows.pair(prompt + "-" + row, "p" + prompt);
                List<Judgment> people = new ArrayList<>();
                for (int person = 0; person < 3; person++) {
                    people.add(StudyRows.said(pair, "human:" + person, label(difference + .7 * random.nextGaussian())));
                }
                study.add(
                        pair,
                        Judgment.of(pair, "judge", new Preference(1 / (1 + Math.exp(-SURENESS * judged)))),
                        List.of(),
                        people);
            }
        }
        return study.report();
    }

    private static Label label(double difference) {
        return difference > TIE ? Label.A : difference < -TIE ? Label.B : Label.TIE;
    }

    private int geometric(SplittableRandom random) {
        return 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1. / rows));
    }
}
