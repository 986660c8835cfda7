/** Preference examples selected from judgments, and the files that trainers read. */
package pairwright.dataset;
