package pairwright.reward;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

/**
 * A response with the row that it stands in.
 *
 * @param fields of the row
 * @param side ending of the names of the response's own fields: {@code _a} or {@code _b} in a pair, nothing in a candidate's row
 */
public record Response(Prompt prompt, String text, Map<String, Object> fields, String side) {
    public Response {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(side, "side");
    }

    public static Response of(Prompt prompt, String text) {
        return new Response(prompt, text, Map.of(), "");
    }

    public static Response of(Candidate candidate) {
        return new Response(candidate.prompt(), candidate.response(), candidate.fields(), "");
    }

    public static Response a(Pair pair) {
        return new Response(pair.prompt(), pair.responseA(), pair.fields(), "_a");
    }

    public static Response b(Pair pair) {
        return new Response(pair.prompt(), pair.responseB(), pair.fields(), "_b");
    }

    /**
     * The numbers of a field, such as an embedding: {@code NAME_a} for response A of a pair, {@code NAME} for a candidate.
     *
     * @throws BadInput if they are missing or one is not a finite number of float32
     */
    public float[] numbers(String name) {
        Object value = fields.get(name + side);
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw new BadInput(name + side + " is " + (value == null ? "missing" : "no list of numbers")
                    + ", must be a list of numbers: the embedding that the model reads");
        }
        float[] numbers = new float[list.size()];
        for (int k = 0; k < numbers.length; k++) {
            if (!(list.get(k) instanceof Number number) || !Float.isFinite(number.floatValue())) {
                throw new BadInput(name + side + "[" + k + "] is " + list.get(k) + ", must be a finite number");
            }
            numbers[k] = number.floatValue();
        }
        return numbers;
    }
}
