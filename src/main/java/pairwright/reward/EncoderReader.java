package pairwright.reward;

import java.util.stream.IntStream;

/** The embedding of a response that an encoder gives. */
record EncoderReader(TextEncoder encoder) implements ResponseReader {
    @Override
    public SparseVector read(PromptText prompt, Response response) {
        return vector(response);
    }

    SparseVector vector(Response response) {
        float[] values = encoder.embedding(WordsReader.text(response.prompt()), response.text());
        return new SparseVector(IntStream.range(0, values.length).toArray(), values);
    }
}
