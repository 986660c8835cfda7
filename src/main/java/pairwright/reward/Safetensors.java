package pairwright.reward;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * Tensors of float32 in the safetensors layout: eight bytes with the header's length, little-endian; the header, a JSON object that gives each
 * tensor its dtype, shape and place; the raw numbers, one tensor behind the other. Nothing in it is executed.
 */
final class Safetensors {
    private static final int LARGEST_HEADER = 1 << 20;
    private static final int ALIGNMENT = 8;
    private static final String METADATA = "__metadata__";

    /** Numbers in row-major order. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Tensor(List<Long> shape, float[] values) {
        Tensor {
            shape = List.copyOf(shape);
            if (shape.stream().reduce(1L, Math::multiplyExact) != values.length) {
                throw new IllegalArgumentException("shape " + shape + " does not hold " + values.length + " numbers");
            }
        }
    }

    private Safetensors() {}

    static byte[] bytes(Map<String, Tensor> tensors) {
        return bytes(tensors, Map.of());
    }

    /** @param metadata texts that go along, by name */
    static byte[] bytes(Map<String, Tensor> tensors, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(METADATA, metadata);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            long end = offset + (long) entry.getValue().values().length * Float.BYTES;
            Map<String, Object> place = new LinkedHashMap<>();
            place.put("dtype", "F32");
            place.put("shape", entry.getValue().shape());
            place.put("data_offsets", List.of(offset, end));
            header.put(entry.getKey(), place);
            offset = end;
        }
        byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
        byte[] head = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(head, json.length, head.length, (byte) ' ');
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(Long.BYTES + head.length + offset))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(head.length)
                .put(head);
        for (Tensor tensor : tensors.values()) {
            for (float value : tensor.values()) {
                buffer.putFloat(value);
            }
        }
        return buffer.array();
    }

    /** The text that goes along under a name; empty if there is none. */
    static Optional<String> metadata(byte[] bytes, String name) {
        Object texts =
                header(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)).get(METADATA);
        return texts instanceof Map<?, ?> map && map.get(name) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Map<String, Object> header(ByteBuffer buffer) {
        long length = buffer.remaining() < Long.BYTES ? -1 : buffer.getLong();
        if (!(length >= 2 && length <= LARGEST_HEADER && length <= buffer.remaining())) {
            throw new BadInput(
                    "its header has " + length + " bytes, must have 2 to " + LARGEST_HEADER + " and fit into the file");
        }
        byte[] head = new byte[(int) length];
        buffer.get(head);
        return Json.readMap(new String(head, StandardCharsets.UTF_8).strip());
    }

    /**
     * Reads the tensors of these shapes, and no other.
     *
     * @throws BadInput saying what is not as it must be
     */
    static Map<String, Tensor> read(byte[] bytes, Map<String, List<Long>> shapes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Object> header = header(buffer);
        header.remove(METADATA);
        if (!header.keySet().equals(shapes.keySet())) {
            throw new BadInput("holds the tensors " + header.keySet() + ", must hold " + shapes.keySet());
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        long expected = 0;
        for (Map.Entry<String, List<Long>> wanted : shapes.entrySet()) {
            long count = wanted.getValue().stream().reduce(1L, Math::multiplyExact);
            Map<String, Object> legal = Map.of(
                    "dtype",
                    "F32",
                    "shape",
                    wanted.getValue(),
                    "data_offsets",
                    List.of(expected, expected + count * Float.BYTES));
            if (!Json.canonical(header.get(wanted.getKey())).equals(Json.canonical(legal))) {
                throw new BadInput("tensor " + wanted.getKey() + " is " + shown(header.get(wanted.getKey()))
                        + ", must be " + Json.canonical(legal));
            }
            expected += count * Float.BYTES;
        }
        if (buffer.remaining() != expected) {
            throw new BadInput("has " + buffer.remaining() + " bytes of numbers, must have " + expected);
        }
        for (Map.Entry<String, List<Long>> wanted : shapes.entrySet()) {
            float[] values =
                    new float[Math.toIntExact(wanted.getValue().stream().reduce(1L, Math::multiplyExact))];
            for (int k = 0; k < values.length; k++) {
                values[k] = buffer.getFloat();
                if (!Float.isFinite(values[k])) {
                    throw new BadInput(
                            "number " + k + " of " + wanted.getKey() + " is " + values[k] + ", must be finite");
                }
            }
            tensors.put(wanted.getKey(), new Tensor(wanted.getValue(), values));
        }
        return tensors;
    }

    private static String shown(Object value) {
        String text = Json.canonical(value);
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
