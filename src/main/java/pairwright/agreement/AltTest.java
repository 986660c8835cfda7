package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The alternative annotator test (Calderon, Reichart and Dror 2025): may the judge stand in for one of the people? Each person
 * is left out in turn; on every row the judge and that person are scored by the share of the others who gave the same
 * label, and a one-sided t-test asks whether the person is better by less than epsilon. The tests are corrected by Benjamini and
 * Yekutieli at .05. Rows are taken for independent, as in the paper.
 *
 * @param epsilon what a person's cost is worth: .2 for experts, .15 for skilled people, .1 for a crowd
 * @param omega the winning rate: share of the people tested whom the judge may replace
 * @param rho the advantage probability: mean over the people of how often the judge is at least as good
 * @param passes whether omega is at least one half
 * @param tested people with at least {@value #FEWEST_ROWS} rows
 * @param leftOut people with fewer
 * @param people each who was tested
 */
public record AltTest(
        @JsonProperty("epsilon") double epsilon,
        @JsonProperty("omega") double omega,
        @JsonProperty("rho") double rho,
        @JsonProperty("passes") boolean passes,
        @JsonProperty("tested") int tested,
        @JsonProperty("left_out") int leftOut,
        @JsonProperty("people") List<Person> people) {
    static final List<Double> EPSILONS = List.of(.1, .15, .2);
    static final int FEWEST_ROWS = 30;

    private static final double FALSE_DISCOVERY_RATE = .05;

    public AltTest {
        people = List.copyOf(people);
    }

    /**
     * One person against the judge.
     *
     * @param rows rows that the person and another one labelled
     * @param judgeAtLeast share of rows on which the judge agrees with the others at least as much as the person
     * @param personAtLeast share on which the person does
     * @param pValue of the hypothesis that the person is better by epsilon or more
     * @param rejected whether it is rejected after the correction: the judge may replace this person
     */
    public record Person(
            @JsonProperty("person") String person,
            @JsonProperty("rows") long rows,
            @JsonProperty("judge_at_least") double judgeAtLeast,
            @JsonProperty("person_at_least") double personAtLeast,
            @JsonProperty("p_value") double pValue,
            @JsonProperty("rejected") boolean rejected) {}

    /**
     * On how many rows who agrees better with the others.
     *
     * @param judge the judge
     * @param equal neither
     * @param person the person
     */
    record Wins(long judge, long equal, long person) {
        long rows() {
            return judge + equal + person;
        }

        /** Of the hypothesis that the mean of (person wins) - (judge wins) is epsilon or more. */
        double pValue(double epsilon) {
            double n = rows();
            double mean = (person - judge) / n;
            double variance = (person + judge - n * mean * mean) / (n - 1);
            if (!(variance > 0)) {
                return mean < epsilon ? 0 : 1;
            }
            return new TDistribution(null, n - 1).cumulativeProbability((mean - epsilon) / Math.sqrt(variance / n));
        }
    }

    /** Empty when nobody has enough rows. */
    static List<AltTest> of(Map<String, Wins> people) {
        List<Map.Entry<String, Wins>> tested = people.entrySet().stream()
                .filter(person -> person.getValue().rows() >= FEWEST_ROWS)
                .toList();
        return tested.isEmpty()
                ? List.of()
                : EPSILONS.stream()
                        .map(epsilon -> of(tested, people.size() - tested.size(), epsilon))
                        .toList();
    }

    private static AltTest of(List<Map.Entry<String, Wins>> tested, int leftOut, double epsilon) {
        List<Double> pValues =
                tested.stream().map(person -> person.getValue().pValue(epsilon)).toList();
        boolean[] rejected = FalseDiscovery.BENJAMINI_YEKUTIELI.rejected(pValues, FALSE_DISCOVERY_RATE);
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < tested.size(); i++) {
            Wins wins = tested.get(i).getValue();
            double n = wins.rows();
            people.add(new Person(
                    tested.get(i).getKey(),
                    wins.rows(),
                    (wins.judge() + wins.equal()) / n,
                    (wins.person() + wins.equal()) / n,
                    pValues.get(i),
                    rejected[i]));
        }
        double omega = people.stream().filter(Person::rejected).count() / (double) people.size();
        double rho = people.stream().mapToDouble(Person::judgeAtLeast).average().orElseThrow();
        return new AltTest(epsilon, omega, rho, omega >= .5, people.size(), leftOut, people);
    }
}
