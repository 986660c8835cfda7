/** What "better" means: criteria, scales and the judge's wording, read from {@code rubrics/}. */
package pairwright.rubric;
