package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RobustEstimateTest {
    private static final long[] PROMPTS = {0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4};
    private static final double[] VALUES = {1, 0, .5, 1, 1, 0, 1, 0, .5, 1, 1, 0};
    private static final double[] LABELS = {1, -1, 1, 1, 0, -1, 1, 1, -1, 1, -1, -1};
    private static final double[] X = {.1, .9, .5, .3, .7, .2, .8, .4, .6, 1, .15, .35};

    @Test
    void theMeanHasTheErrorIntervalAndPValueOfStatsmodels() {
        // statsmodels 0.15: OLS(y - .5, ones).fit(cov_type="cluster", cov_kwds={"groups": g}, use_t=True)
        RobustEstimate mean = RobustEstimate.mean(
                        PROMPTS, Arrays.stream(VALUES).map(y -> y - .5).toArray())
                .orElseThrow();
        assertThat(mean.value()).isCloseTo(.08333333333333334, within(1e-12));
        assertThat(mean.standardError()).isCloseTo(.11251285934735875, within(1e-12));
        assertThat(mean.pValue()).isCloseTo(.5000223021016148, within(1e-9));
        Estimate interval = (Estimate) mean.statistic(12, "mean", AgreementSettings.DEFAULTS);
        assertThat(interval.low()).isCloseTo(-.22905244, within(1e-7));
        assertThat(interval.high()).isCloseTo(.39571911, within(1e-7));
    }

    @Test
    void logisticRegressionIsThatOfNumpy() {
        // numpy 2 and scipy: root of the penalised score (prior deviation 3), sandwich of its influences by group,
        // times G / (G - 1)
        double[][] x = new double[X.length][];
        for (int i = 0; i < x.length; i++) {
            x[i] = new double[] {LABELS[i], X[i]};
        }
        LogisticFit fit = LogisticFit.of(x, VALUES);
        assertThat(fit.coefficient(0)).isCloseTo(.91198315, within(1e-8));
        assertThat(fit.coefficient(1)).isCloseTo(.43759053, within(1e-8));
        RobustEstimate second = RobustEstimate.of(fit.coefficient(1), PROMPTS, fit.influences(1))
                .orElseThrow();
        assertThat(second.standardError()).isCloseTo(.82988831, within(1e-8));
    }

    @Test
    void answersThatAreCertainStillHaveFiniteCoefficients() {
        double[][] ones = new double[1000][];
        double[] always = new double[1000];
        Arrays.setAll(ones, i -> new double[] {1});
        Arrays.fill(always, 1);
        assertThat(LogisticFit.of(ones, always).coefficient(0)).isBetween(5., 15.);
    }

    @Test
    void wilsonsIntervalIsThatOfTheTables() {
        // 85 of 100 at 95%: .76716 to .90694
        double[] interval = ShareEstimate.wilson(.85, 100, Normal.critical(.95));
        assertThat(interval[0]).isCloseTo(.76716, within(5e-6));
        assertThat(interval[1]).isCloseTo(.90694, within(5e-6));
    }

    @Test
    void aShareWithoutExceptionHasAnIntervalByTheNumberOfPrompts() {
        ShareEstimate share = new ShareEstimate(AgreementSettings.DEFAULTS);
        for (int row = 0; row < 100; row++) {
            share.add(row % 5, 1);
        }
        Estimate estimate = (Estimate) share.statistic("share", "none");
        // five prompts of equal rows are worth five rows: t of 4 degrees is 2.776, 1 - 7.708 / (5 + 7.708)
        assertThat(estimate.low()).isCloseTo(5 / (5 + 2.7764451 * 2.7764451), within(1e-6));
        assertThat(estimate.high()).isEqualTo(1);
    }

    @Test
    void rowsOfOnePromptAreWorthNoMoreThanOneWhenTheyAreAlike() {
        ShareEstimate copies = new ShareEstimate(AgreementSettings.DEFAULTS);
        ShareEstimate single = new ShareEstimate(AgreementSettings.DEFAULTS);
        for (int prompt = 0; prompt < 40; prompt++) {
            single.add(prompt, prompt % 4 == 0 ? 1 : 0);
            for (int copy = 0; copy < 7; copy++) {
                copies.add(prompt, prompt % 4 == 0 ? 1 : 0);
            }
        }
        Estimate many = (Estimate) copies.statistic("share", "none");
        Estimate one = (Estimate) single.statistic("share", "none");
        assertThat(many.low()).isCloseTo(one.low(), within(1e-12));
        assertThat(many.high()).isCloseTo(one.high(), within(1e-12));
    }
}
