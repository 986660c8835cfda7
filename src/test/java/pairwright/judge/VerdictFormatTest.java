package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.Json;
import pairwright.llm.ReplyFormat;
import pairwright.rubric.Scale;

class VerdictFormatTest {
    private static final Scale.Labels LABELS = new Scale.Labels("A", "B", Optional.of("C"));
    private static final Scale.Ratings RATINGS = new Scale.Ratings(1, 3, Optional.empty());

    @Test
    void aLabelIsOneOfThoseOfTheScaleAndComesAfterTheReasoning() {
        ReplyFormat format = VerdictFormat.of(LABELS, ReplyFormat.Way.SCHEMA, true);
        assertThat(Json.write(format.schema()))
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"reasoning\":{\"type\":\"string\"},"
                        + "\"verdict\":{\"type\":\"string\",\"enum\":[\"A\",\"B\",\"C\"]}},"
                        + "\"required\":[\"reasoning\",\"verdict\"],\"additionalProperties\":false}");
    }

    @Test
    void ratingsAreListedSinceSomeServersRefuseBounds() {
        // Anthropic answers 400: "For 'integer' type, property 'minimum' is not supported".
        ReplyFormat format = VerdictFormat.of(RATINGS, ReplyFormat.Way.TOOL, false);
        assertThat(Json.write(format.schema()))
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"first\":{\"type\":\"integer\",\"enum\":[1,2,3]},"
                        + "\"second\":{\"type\":\"integer\",\"enum\":[1,2,3]}},"
                        + "\"required\":[\"first\",\"second\"],\"additionalProperties\":false}");
    }

    @Test
    void everyObjectThatFitsIsRead() {
        List<Map<String, Object>> objects = new ArrayList<>();
        LABELS.labels().keySet().forEach(label -> objects.add(Map.of("verdict", label, "reasoning", "r")));
        for (Map<String, Object> object : objects) {
            assertThat(new VerdictJson(LABELS).in(Json.write(object), new StringBuilder()))
                    .isPresent();
        }
        for (int first = 1; first <= 3; first++) {
            for (int second = 1; second <= 3; second++) {
                assertThat(new VerdictJson(RATINGS)
                                .in(Json.write(Map.of("first", first, "second", second)), new StringBuilder()))
                        .contains(new Answer.Rated(first, second, RATINGS));
            }
        }
    }
}
