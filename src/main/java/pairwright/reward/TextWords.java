package pairwright.reward;

/**
 * The words of a prompt and of a response, as their numbers in a {@link Lexicon}.
 *
 * @param prompt its last words
 * @param response its first words
 */
@SuppressWarnings("ArrayRecordComponent") // many are made and none is compared
record TextWords(int[] prompt, int[] response) implements ReadText {}
