package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.BadInput;

class SafetensorsTest {
    private static final Map<String, List<Long>> SHAPES = new LinkedHashMap<>();
    private static final Map<String, Safetensors.Tensor> TENSORS = new LinkedHashMap<>();

    static {
        SHAPES.put("a", List.of(2L, 3L));
        SHAPES.put("b", List.of(1L));
        TENSORS.put("a", new Safetensors.Tensor(SHAPES.get("a"), new float[] {1, 2, 3, 4, 5, 6}));
        TENSORS.put("b", new Safetensors.Tensor(SHAPES.get("b"), new float[] {-.5f}));
    }

    /** The format's own description: u64 header size, JSON with dtype, shape and data_offsets, the buffer. */
    @Test
    void theLayoutIsThatOfTheFormat() {
        byte[] bytes = Safetensors.bytes(TENSORS);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) buffer.getLong();
        assertThat(header % 8).isZero();
        assertThat(new String(bytes, 8, header, StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}}");
        assertThat(buffer.getFloat(8 + header + 20)).isEqualTo(6);
        assertThat(bytes).hasSize(8 + header + 28);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Map<String, Safetensors.Tensor> read = Safetensors.read(Safetensors.bytes(TENSORS), SHAPES);
        assertThat(read.get("a").values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read.get("b").values()).containsExactly(-.5f);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "F32","shape":[1]        | "F64","shape":[1]        | tensor b is
            "shape":[2,3]            | "shape":[3,2]            | tensor a is
            [24,28]                  | [20,24]                  | tensor b is
            "b"                      | "c"                      | holds the tensors
            """)
    void aHeaderThatLiesIsRefused(String from, String to, String message) {
        byte[] bytes = Safetensors.bytes(TENSORS);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        assertThatThrownBy(() -> Safetensors.read(text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1), SHAPES))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void bytesTooManyOrTooFewAreRefused() {
        byte[] bytes = Safetensors.bytes(TENSORS);
        assertThatThrownBy(() -> Safetensors.read(java.util.Arrays.copyOf(bytes, bytes.length - 1), SHAPES))
                .hasMessageContaining("bytes of numbers, must have 28");
        assertThatThrownBy(() -> Safetensors.read(new byte[3], SHAPES)).hasMessageContaining("its header has -1 bytes");
        byte[] huge = bytes.clone();
        huge[6] = 127;
        assertThatThrownBy(() -> Safetensors.read(huge, SHAPES)).hasMessageContaining("must have 2 to");
    }
}
