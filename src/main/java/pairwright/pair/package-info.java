/** Two candidates for one prompt, and the policies that choose them. */
package pairwright.pair;
