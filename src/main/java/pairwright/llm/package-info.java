/** One way to ask a language model for a reply; over HTTP, from the ledger, or scripted. */
package pairwright.llm;
