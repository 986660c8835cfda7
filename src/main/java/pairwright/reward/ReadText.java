package pairwright.reward;

/** What a {@link ResponseReader} keeps of a text. */
sealed interface ReadText permits SparseVector, TextWords, TextTokens {}
