package pairwright.judge;

/** What a judge concluded: a preference, or the typed reason why there is none. Nothing is ever coerced from one to the other. */
public sealed interface Verdict permits Preference, Abstention {}
