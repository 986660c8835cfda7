package pairwright.reward;

import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * Every column of a response: those of {@link Style}, or the numbers of a field.
 *
 * @param field whose numbers are read; the style unless given
 */
record DenseReader(Optional<String> field) implements ResponseReader {
    @Override
    public SparseVector read(PromptText prompt, Response response) {
        return SparseVector.dense(field.map(response::numbers).orElseGet(() -> style(prompt, response.text())));
    }

    /** Of a model that reads so many columns. */
    SparseVector vector(Response response, int columns) {
        float[] values =
                field.map(response::numbers).orElseGet(() -> style(new PromptText(response.prompt()), response.text()));
        if (values.length != columns) {
            throw new BadInput(field.map(name -> name + response.side()).orElse("style") + " has " + values.length
                    + " numbers, must have " + columns + ", as the model was fitted to");
        }
        return SparseVector.dense(values);
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
