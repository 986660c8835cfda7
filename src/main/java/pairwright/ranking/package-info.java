/** Bradley-Terry strengths of the generators, or of any items, with ties, covariates and intervals. */
package pairwright.ranking;
