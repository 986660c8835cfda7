package pairwright.jsonl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Records to JSON text and back, strictly: no scalar is coerced into another type, no key may stand twice,
 * a decimal keeps all its digits.
 */
public final class Json {
    /** Deepest nesting that is read. */
    public static final int MAX_DEPTH = 64;

    static final int MAX_DIGITS = 1000;
    static final int MAX_KEY = 50_000;
    static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_DIGITS)
            .maxNameLength(MAX_KEY)
            .maxStringLength(RowReader.MAX_LINE_BYTES)
            .build();

    /** Bytes as the characters would be: what lies beyond 16 bits is one character, not two escapes. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final ObjectMapper MAPPER =
            strict(JsonMapper.builder(FACTORY), true).build();
    private static final ObjectMapper STRICT =
            strict(JsonMapper.builder(FACTORY), false).build();
    private static final ObjectMapper CANONICAL = MAPPER.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Json() {}

    static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B strict(B builder, boolean lenientFields) {
        builder.addModule(new Jdk8Module())
                .addModule(new SimpleModule().addSerializer(String.class, new LongTexts()))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, !lenientFields)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .withCoercionConfig(LogicalType.Textual, config -> {
                    config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                });
        return builder;
    }

    /** One line of JSON. Safe to stand in a row: no line separator of any kind and no lone surrogate is left raw. */
    public static String write(Object value) {
        return text(MAPPER, value);
    }

    /** What {@link #write} gives, in UTF-8. */
    public static byte[] bytes(Object value) {
        return bytes(MAPPER, value);
    }

    /** JSON for people: indented, ends with a line feed. */
    public static String pretty(Object value) {
        try {
            return escaped(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** One line with map keys in order, so that equal values have equal digests. */
    public static String canonical(Object value) {
        return text(CANONICAL, value);
    }

    /** What {@link #canonical} gives, in UTF-8. */
    public static byte[] canonicalBytes(Object value) {
        return bytes(CANONICAL, value);
    }

    /**
     * Reads one JSON value.
     *
     * @throws BadInput naming the field and what is wrong with it
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new BadInput("is null, must be a JSON object");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new BadInput(Explanation.of(e), e);
        }
    }

    /** Any JSON object as a map in the order of its keys. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> readMap(String json) {
        return read(json, Map.class);
    }

    /** Binds a map, as read by {@link #readMap}, to a record. */
    public static <T> T convert(Map<String, ?> map, Class<T> type) {
        return convert(MAPPER, map, type);
    }

    /** As {@link #convert}, but a key that the record does not know is an error. */
    public static <T> T convertStrictly(Map<String, ?> map, Class<T> type) {
        return convert(STRICT, map, type);
    }

    private static <T> T convert(ObjectMapper mapper, Map<String, ?> map, Class<T> type) {
        try {
            return mapper.convertValue(map, type);
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    e.getCause() instanceof JsonProcessingException cause ? Explanation.of(cause) : e.getMessage(), e);
        }
    }

    /** A record as the map that its JSON object would be. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> asMap(Object value) {
        return MAPPER.convertValue(value, Map.class);
    }

    private static String text(ObjectMapper mapper, Object value) {
        return new String(bytes(mapper, value), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ObjectMapper mapper, Object value) {
        byte[] bytes;
        try {
            bytes = mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            return characters(mapper, value).getBytes(StandardCharsets.UTF_8); // a lone surrogate has no bytes
        }
        // Plain ASCII holds nothing that is to be escaped.
        return Ascii.is(bytes)
                ? bytes
                : escaped(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private static String characters(ObjectMapper mapper, Object value) {
        try {
            return escaped(mapper.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Escapes what is legal in a JSON string but breaks readers: U+0085, U+2028, U+2029 and lone surrogates. */
    private static String escaped(String json) {
        StringBuilder out = null;
        int from = 0;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x80) {
                continue;
            }
            boolean lone = false;
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < json.length()
                        && Character.isLowSurrogate(json.charAt(i + 1))) {
                    i++;
                    continue;
                }
                lone = true;
            }
            if (lone || c == 0x85 || c == 0x2028 || c == 0x2029) {
                out = out == null ? new StringBuilder(json.length() + 16) : out;
                out.append(json, from, i).append(String.format("\\u%04X", (int) c));
                from = i + 1;
            }
        }
        return out == null ? json : out.append(json, from, json.length()).toString();
    }
}
