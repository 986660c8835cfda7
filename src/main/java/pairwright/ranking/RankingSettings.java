package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;
import pairwright.judge.Preference;

/**
 * What is fitted, and how exactly.
 *
 * @param ties what a tie is
 * @param order with a term for the response shown first: a home effect, which is a judge's position bias
 * @param style with the style covariates that the table has
 * @param ridge penalty of half its value times the squared strengths: a normal prior of variance 1/ridge on each; 0 for none
 * @param covariateRidge the same on order and style
 * @param anchor the item whose strength is 0; the mean of all unless said
 * @param tieBand z within it of one half is a tie, where ties are an outcome, in [0, 0.5)
 * @param confidence of the intervals, in (0, 1)
 * @param errors how standard errors are made
 * @param tolerance norm of the gradient for each comparison below which the fit has converged
 * @param maxIterations Newton steps at most
 */
public record RankingSettings(
        @JsonProperty("ties") Ties ties,
        @JsonProperty("order") boolean order,
        @JsonProperty("style") boolean style,
        @JsonProperty("ridge") double ridge,
        @JsonProperty("covariate_ridge") double covariateRidge,
        @JsonProperty("anchor") Optional<String> anchor,
        @JsonProperty("tie_band") double tieBand,
        @JsonProperty("confidence") double confidence,
        @JsonProperty("errors") Errors errors,
        @JsonProperty("tolerance") double tolerance,
        @JsonProperty("max_iterations") int maxIterations) {
    /** The penalty on style coefficients that Arena's style control uses. */
    public static final double STYLE_RIDGE = .5;

    /** Bradley-Terry, ties as halves, no penalty, strengths of mean 0, errors clustered by prompt. */
    public static final RankingSettings DEFAULT = new RankingSettings(
            Ties.HALF,
            false,
            false,
            0,
            0,
            Optional.empty(),
            Preference.DEFAULT_TIE_BAND,
            .95,
            Errors.SANDWICH,
            1e-10,
            100);

    public RankingSettings {
        Objects.requireNonNull(ties, "ties");
        Objects.requireNonNull(errors, "errors");
        atLeast0("ridge", ridge);
        atLeast0("covariate ridge", covariateRidge);
        if (!(tieBand >= 0 && tieBand < .5)) {
            throw new IllegalArgumentException("tie band is " + tieBand + ", must be in [0, 0.5)");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is " + confidence + ", must be between 0 and 1");
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + ", must be between 0 and 1");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("max iterations is " + maxIterations + ", must be 1 or more");
        }
    }

    private static void atLeast0(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be 0 or more and finite");
        }
    }

    public RankingSettings withTies(Ties other) {
        return new RankingSettings(
                other,
                order,
                style,
                ridge,
                covariateRidge,
                anchor,
                tieBand,
                confidence,
                errors,
                tolerance,
                maxIterations);
    }

    public RankingSettings withOrder(boolean term) {
        return new RankingSettings(
                ties,
                term,
                style,
                ridge,
                covariateRidge,
                anchor,
                tieBand,
                confidence,
                errors,
                tolerance,
                maxIterations);
    }

    public RankingSettings withStyle(boolean covariates, double penalty) {
        return new RankingSettings(
                ties, order, covariates, ridge, penalty, anchor, tieBand, confidence, errors, tolerance, maxIterations);
    }

    public RankingSettings withRidge(double penalty) {
        return new RankingSettings(
                ties,
                order,
                style,
                penalty,
                covariateRidge,
                anchor,
                tieBand,
                confidence,
                errors,
                tolerance,
                maxIterations);
    }

    public RankingSettings withAnchor(String item) {
        return new RankingSettings(
                ties,
                order,
                style,
                ridge,
                covariateRidge,
                Optional.of(item),
                tieBand,
                confidence,
                errors,
                tolerance,
                maxIterations);
    }

    public RankingSettings withErrors(Errors kind) {
        return new RankingSettings(
                ties, order, style, ridge, covariateRidge, anchor, tieBand, confidence, kind, tolerance, maxIterations);
    }

    public RankingSettings withTolerance(double norm) {
        return new RankingSettings(
                ties, order, style, ridge, covariateRidge, anchor, tieBand, confidence, errors, norm, maxIterations);
    }
}
