package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.pair.HumanLabel;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/**
 * A row that was drawn to be labelled. It shows the prompt and the two responses and nothing that could sway a person: no verdict, no
 * other label, no model's name, no field of the row's own, and not even its id, which may name the models. Chance decides which response is {@code response_a}; the row
 * records it, and {@link #original} turns row and labels back; {@link #id} finds the row again.
 *
 * @param seed of the draw
 * @param by over what the sample was spread
 * @param rows rows that it was drawn from
 * @param drawn rows drawn
 * @param swapped whether the two responses have changed places
 */
public record DrawnRow(
        @JsonProperty("seed") long seed,
        @JsonProperty("by") DrawBy by,
        @JsonProperty("rows") long rows,
        @JsonProperty("drawn") long drawn,
        @JsonProperty("swapped") boolean swapped) {
    private static final String FIELD = "draw";

    /** Whose name waits for the first label. */
    private static final String ANNOTATOR = "1";

    /** The row to be labelled: its {@code human} waits for a label. */
    public static Pair toLabel(Pair pair, long seed, DrawBy by, long rows, long drawn) {
        boolean swapped = Digests.uniform(seed, "swap", pair.id()) < .5;
        Map<String, Object> fields = Map.of(FIELD, Json.asMap(new DrawnRow(seed, by, rows, drawn, swapped)));
        return new Pair(
                id(seed, pair.id()),
                pair.prompt(),
                swapped ? pair.responseB() : pair.responseA(),
                swapped ? pair.responseA() : pair.responseB(),
                Optional.empty(),
                Optional.empty(),
                List.of(new HumanLabel(ANNOTATOR, Optional.empty())),
                List.of(),
                fields);
    }

    /** The name that the row of this id has in a draw with this seed. */
    public static String id(long seed, String id) {
        return "draw-" + Digests.sha256(seed + " " + id).substring(0, 16);
    }

    /** What a row says of its draw, empty when it was not drawn. */
    public static Optional<DrawnRow> of(Pair row) {
        return row.fields().get(FIELD) instanceof Map<?, ?> draw
                ? Optional.of(Json.convert(withTextKeys(draw), DrawnRow.class))
                : Optional.empty();
    }

    private static Map<String, Object> withTextKeys(Map<?, ?> map) {
        Map<String, Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), value));
        return texts;
    }

    /** The row with responses and labels in the places that they had before the draw. */
    public static Pair original(Pair row) {
        if (!of(row).map(DrawnRow::swapped).orElse(false)) {
            return row;
        }
        return new Pair(
                row.id(),
                row.prompt(),
                row.responseB(),
                row.responseA(),
                row.modelB(),
                row.modelA(),
                row.human().stream()
                        .map(human ->
                                new HumanLabel(human.annotator(), human.label().map(Label::swapped)))
                        .toList(),
                row.judges(),
                row.fields());
    }
}
