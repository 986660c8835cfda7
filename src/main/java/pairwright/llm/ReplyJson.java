package pairwright.llm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import pairwright.jsonl.Json;

/** The JSON of servers' replies. Depth and length of numbers are capped while parsing; the size of the body was capped before. */
final class ReplyJson {
    private static final int LONGEST_NUMBER = 64;

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    static {
        READER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Json.MAX_DEPTH)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(Exchange.LARGEST_BODY)
                        .build());
    }

    private ReplyJson() {}

    /**
     * Any JSON value.
     *
     * @throws com.fasterxml.jackson.core.exc.StreamConstraintsException when it breaks a cap
     * @throws IOException when it is not JSON
     */
    static JsonNode parse(byte[] body) throws IOException {
        return READER.readTree(body);
    }

    /** Text that says something. */
    static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.textValue().isEmpty() ? Optional.of(node.textValue()) : Optional.empty();
    }

    /** A count of tokens. */
    static Optional<Long> count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0
                ? Optional.of(node.longValue())
                : Optional.empty();
    }

    /** The sum; empty where the first is, for the others are only said where there are some. */
    static Optional<Long> sum(JsonNode first, JsonNode... others) {
        return count(first).map(count -> {
            long sum = count;
            for (JsonNode other : others) {
                sum += count(other).orElse(0L);
            }
            return sum;
        });
    }

    /**
     * The arguments of the tool's calls: those of the one call, or a JSON list of all of them, which no reader takes for one.
     * Equal calls are one. Empty where the tool was not called.
     */
    static Optional<String> arguments(List<String> calls) {
        List<String> distinct = calls.stream().distinct().toList();
        return distinct.isEmpty()
                ? Optional.empty()
                : Optional.of(distinct.size() == 1 ? distinct.get(0) : "[" + String.join(",", distinct) + "]");
    }
}
