package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;

/**
 * How much less rows say that come in prompts: 1 + (m - 1) rho (Kish 1965), so that n rows say as much as n / effect independent ones.
 *
 * @param prompts clusters
 * @param meanRows m, the mean rows of a prompt as a row sees it: the sum of squares of the rows by the sum of rows
 * @param rho correlation within a prompt of being right, by analysis of variance (Fleiss 1981); below 0 it counts as 0
 * @param effect at least 1
 */
public record DesignEffect(
        @JsonProperty("prompts") long prompts,
        @JsonProperty("mean_rows") double meanRows,
        @JsonProperty("rho") Statistic rho,
        @JsonProperty("effect") double effect) {
    /** By the formula of Kish; a correlation below 0 does not make rows say more. */
    static double kish(double meanRows, double rho) {
        return 1 + (meanRows - 1) * Math.max(0, rho);
    }

    /**
     * From the prompts.
     *
     * @param prompts of each: its rows, and of these how many are right
     */
    static DesignEffect of(Collection<double[]> prompts) {
        double n = 0;
        double right = 0;
        double squares = 0;
        for (double[] prompt : prompts) {
            n += prompt[0];
            right += prompt[1];
            squares += prompt[0] * prompt[0];
        }
        double groups = prompts.size();
        double meanRows = n > 0 ? squares / n : 0;
        if (groups < 2 || n <= groups) {
            String why = groups < 2 ? "all rows are of one prompt" : "every row has a prompt of its own";
            return new DesignEffect((long) groups, meanRows, new Undefined(why, (long) n), 1);
        }
        double mean = right / n;
        double between = 0;
        double within = 0;
        for (double[] prompt : prompts) {
            double own = prompt[1] / prompt[0];
            between += prompt[0] * (own - mean) * (own - mean);
            within += prompt[1] * (1 - own); // the sum of squares of zeros and ones around their mean
        }
        double msBetween = between / (groups - 1);
        double msWithin = within / (n - groups);
        double size = (n - squares / n) / (groups - 1);
        double total = msBetween + (size - 1) * msWithin;
        if (!(total > 0)) {
            return new DesignEffect(
                    (long) groups, meanRows, new Undefined("the judge is right in all rows, or in none", (long) n), 1);
        }
        double rho = (msBetween - msWithin) / total;
        return new DesignEffect(
                (long) groups,
                meanRows,
                new Point(
                        rho,
                        (long) n,
                        "intraclass correlation by analysis of variance",
                        "it serves to plan, not to test"),
                kish(meanRows, rho));
    }
}
