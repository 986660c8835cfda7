/** What we ask: prompts, their messages, where they come from. */
package pairwright.prompt;
