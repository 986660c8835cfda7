/** How far two judges agree (model and human, model and model), with intervals. */
package pairwright.agreement;
