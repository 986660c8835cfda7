/** Answers sampled from a generator for one prompt, with how they were sampled. */
package pairwright.candidate;
