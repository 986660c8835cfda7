package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class DiskIndexTest {
    @Test
    void theFirstValueOfAKeyStays() {
        try (DiskIndex index = DiskIndex.temporary()) {
            assertThat(index.putIfAbsent("k", "v")).isEmpty();
            assertThat(index.putIfAbsent("k", "w")).contains("v");
            assertThat(index.get("k")).contains("v");
            assertThat(index.get("other")).isEmpty();
            assertThat(index.size()).isEqualTo(1);
        }
    }

    @Test
    void anyTextIsAKeyAndNoTwoAreConfused() {
        List<String> texts = List.of(
                "",
                "\u0000",
                "\u0000\u0000",
                "a\u0000b",
                "a",
                "A",
                "\ud800",
                "\udc00",
                "\ud800\udc00",
                "?",
                "\ufffd",
                "\"\\ud800\"",
                "\u00e9",
                "e\u0301",
                "\u2028",
                " a",
                "a ",
                "x".repeat(1 << 20));
        try (DiskIndex index = DiskIndex.temporary()) {
            texts.forEach(text -> assertThat(index.putIfAbsent(text, text)).isEmpty());
            texts.forEach(text -> assertThat(index.get(text)).contains(text));
            assertThat(index.size()).isEqualTo(texts.size());
        }
    }

    @Test
    void itAgreesWithAMapInMemory() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(17);
        Map<String, String> map = new HashMap<>();
        try (DiskIndex index = DiskIndex.temporary()) {
            for (int i = 0; i < 50_000; i++) {
                String key = "key-" + random.nextInt(20_000);
                assertThat(index.putIfAbsent(key, "v" + i))
                        .isEqualTo(Optional.ofNullable(map.putIfAbsent(key, "v" + i)));
            }
            assertThat(index.size()).isEqualTo(map.size());
        }
    }

    @Test
    void nothingIsLeftBehind() {
        DiskIndex index = DiskIndex.temporary();
        index.putIfAbsent("k", "v");
        assertThat(index.get("k")).contains("v");
        index.close();
        assertThat(index.file()).doesNotExist();
    }
}
