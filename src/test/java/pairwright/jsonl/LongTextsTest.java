package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTextsTest {
    /** Writes strings by the generator alone. */
    private static final ObjectMapper GENERATOR = new ObjectMapper();

    @Test
    void everyAsciiCharacterIsWrittenAsTheGeneratorWritesIt() throws Exception {
        for (char c = 0; c < 0x80; c++) {
            for (int at = 0; at < 80; at++) {
                String text = "x".repeat(at) + c + "y".repeat(80 - at);
                assertThat(Json.bytes(text)).isEqualTo(GENERATOR.writeValueAsBytes(text));
            }
        }
    }

    @Test
    void anyMixtureIsWrittenAsTheGeneratorWritesIt() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            int length = random.nextInt(400);
            int kinds = 1 + random.nextInt(0x80);
            StringBuilder text = new StringBuilder();
            random.ints(length, 0, kinds).forEach(c -> text.append((char) c));
            Map<String, String> row = Map.of("text", text.toString());
            assertThat(Json.bytes(row)).isEqualTo(GENERATOR.writeValueAsBytes(row));
            assertThat(Json.readMap(Json.write(row))).isEqualTo(row);
        }
    }

    @Test
    void whatIsNotAsciiIsStillWrittenSafely() {
        String padding = "p".repeat(100);
        assertThat(Json.write(padding + "\u2028")).isEqualTo("\"" + padding + "\\u2028\"");
        assertThat(Json.write(padding + "\ud800")).isEqualTo("\"" + padding + "\\uD800\"");
        assertThat(new String(Json.bytes(padding + "\ud83d\ude00"), StandardCharsets.UTF_8))
                .isEqualTo("\"" + padding + "\ud83d\ude00\"");
    }
}
