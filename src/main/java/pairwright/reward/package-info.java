/** A Bradley-Terry reward model fitted to judgments; the only room that imports DJL. */
package pairwright.reward;
