package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a fit ended.
 *
 * @param converged whether the gradient is below the tolerance
 * @param gradientNorm Euclidean norm of the gradient at the returned point, divided by the weight of all comparisons
 * @param iterations Newton steps
 * @param products products of the Hessian with a vector, where the steps were found by conjugate gradients; 0 for a dense factor
 */
public record Convergence(
        @JsonProperty("converged") boolean converged,
        @JsonProperty("gradient_norm") double gradientNorm,
        @JsonProperty("iterations") int iterations,
        @JsonProperty("products") long products) {}
