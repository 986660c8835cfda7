package pairwright.reward;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * Tensors of float32 in the safetensors layout: eight bytes with the header's length, little-endian; the header, a JSON object that gives each
 * tensor its dtype, shape and place; the raw numbers, one tensor behind the other. Nothing in it is executed.
 */
final class Safetensors {
    private static final int LARGEST_HEADER = 1 << 20;
    private static final int ALIGNMENT = 8;

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
        Map<String, Object> header = new LinkedHashMap<>();
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
        String json = Json.write(header);
        byte[] head = (json + " ".repeat((ALIGNMENT - json.length() % ALIGNMENT) % ALIGNMENT))
                .getBytes(StandardCharsets.UTF_8);
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

    /**
     * Reads the tensors of these shapes, and no other.
     *
     * @throws BadInput saying what is not as it must be
     */
    static Map<String, Tensor> read(byte[] bytes, Map<String, List<Long>> shapes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long length = bytes.length < Long.BYTES ? -1 : buffer.getLong();
        if (!(length >= 2 && length <= LARGEST_HEADER && length <= buffer.remaining())) {
            throw new BadInput(
                    "its header has " + length + " bytes, must have 2 to " + LARGEST_HEADER + " and fit into the file");
        }
        byte[] head = new byte[(int) length];
        buffer.get(head);
        Map<String, Object> header = Json.readMap(new String(head, StandardCharsets.UTF_8).strip());
        header.remove("__metadata__");
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
