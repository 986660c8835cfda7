/** Who prefers which and how strongly; the only room that computes z. */
package pairwright.judge;
