package pairwright.reward;

/**
 * Prompt and response as an imported tokenizer cuts them up, with whatever tokens it puts around them.
 *
 * @param ids of the tokens
 */
@SuppressWarnings("ArrayRecordComponent") // many are made and none is compared
record TextTokens(int[] ids) implements ReadText {}
