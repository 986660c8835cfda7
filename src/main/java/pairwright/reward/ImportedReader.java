package pairwright.reward;

/** The tokens of a response that an imported encoder reads. */
record ImportedReader(TextEncoder encoder) implements ResponseReader {
    @Override
    public TextTokens read(PromptText prompt, Response response) {
        return encoder.tokens(response);
    }
}
