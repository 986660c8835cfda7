package pairwright.reward;

import java.util.Optional;
import java.util.stream.IntStream;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * Every column of a response: those of {@link Style}, or the numbers of a field.
 *
 * @param field whose numbers are read; the style unless given
 */
record DenseReader(Optional<String> field) implements ResponseReader {
    @Override
    public SparseVector vector(PromptText prompt, Response response) {
        float[] values = field.map(response::numbers).orElseGet(() -> style(prompt, response.text()));
        return new SparseVector(IntStream.range(0, values.length).toArray(), values);
    }

    /** Of a model that reads so many columns. */
    SparseVector vector(Response response, int columns) {
        PromptText prompt = field.isPresent() ? null : new PromptText(response.prompt());
        SparseVector vector = vector(prompt, response);
        if (vector.values().length != columns) {
            throw new BadInput(field.map(name -> name + response.side()).orElse("style") + " has "
                    + vector.values().length + " numbers, must have " + columns + ", as the model was fitted to");
        }
        return vector;
    }

    private static float[] style(PromptText prompt, String text) {
        double[] columns = new Style(prompt, text).columns();
        float[] values = new float[columns.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) columns[k];
        }
        return values;
    }

    @Override
    public String beside(Response response) {
        return field.map(name -> Json.write(response.fields().get(name + response.side())) + "\n")
                .orElse("");
    }
}
