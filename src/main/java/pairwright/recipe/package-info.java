/** A whole run declared in one YAML file: stages, their inputs, their settings. */
package pairwright.recipe;
