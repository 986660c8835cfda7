package pairwright.reward;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

/** The embedding of a response that an encoder gives. */
record EncoderReader(TextEncoder encoder) implements ResponseReader {
    @Override
    public SparseVector vector(PromptText prompt, Response response) {
        return vector(response);
    }

    SparseVector vector(Response response) {
        float[] values = encoder.embedding(text(response.prompt()), response.text());
        return new SparseVector(IntStream.range(0, values.length).toArray(), values);
    }

    private static String text(Prompt prompt) {
        return prompt.messages().stream().map(Message::content).collect(Collectors.joining("\n"));
    }
}
