package pairwright.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import pairwright.llm.ReplyFormat;
import pairwright.rubric.Scale;

/**
 * The JSON object that a judge answers with: {@code verdict}, one of the labels, or {@code first} and {@code second}, whole numbers on the
 * scale; before them {@code reasoning}, where it was asked for, since models write in the order of the keys.
 */
public final class VerdictFormat {
    static final String REASONING = "reasoning";
    static final String VERDICT = "verdict";
    static final String FIRST = "first";
    static final String SECOND = "second";

    private static final String NAME = "verdict";

    private VerdictFormat() {}

    /**
     * The shape for one scale.
     *
     * @param way how the server is told
     * @param reasoning whether the judge is to say why before its verdict
     */
    public static ReplyFormat of(Scale scale, ReplyFormat.Way way, boolean reasoning) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (reasoning) {
            properties.put(REASONING, Map.of("type", "string"));
        }
        if (scale instanceof Scale.Choice choice) {
            properties.put(
                    VERDICT,
                    ordered(
                            "type",
                            "string",
                            "enum",
                            new ArrayList<>(choice.labels().keySet())));
        } else if (scale instanceof Scale.Ratings ratings) {
            // A list of the numbers and not their bounds: some servers refuse minimum and maximum, all know enum.
            List<Integer> numbers = IntStream.rangeClosed(ratings.lowest(), ratings.highest())
                    .boxed()
                    .toList();
            for (String response : List.of(FIRST, SECOND)) {
                properties.put(response, ordered("type", "integer", "enum", numbers));
            }
        }
        Map<String, Object> schema = ordered("type", "object", "properties", properties);
        schema.put("required", new ArrayList<>(properties.keySet()));
        schema.put("additionalProperties", false);
        return new ReplyFormat(way, NAME, schema);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
