package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

/** What is written is read back, character by character and digit by digit. */
class RoundTripTest {
    @TempDir
    Path folder;

    static Stream<String> texts() {
        return Stream.of(
                "",
                " ",
                "\u0000",
                "a\u0000b",
                "\u0001\u001f\u007f\u0085\u009f",
                "\ufeff",
                "line\r\nline\rline\n",
                "\u2028\u2029",
                "\u202e\u2066right\u2069\u202c",
                "zero\u200bwidth\u200d\u2060",
                "\ud83d\ude00\ud83c\udff3\ufe0f\u200d\ud83c\udf08",
                "\ud800",
                "\udc00\ud800",
                "\ud800\ud800\udc00",
                "x\udfff",
                "\\ud800",
                "\"\\\"",
                "\u00e9",
                "e\u0301",
                "\ufffd\ufffe\uffff",
                "\t\b\f/",
                ":",
                " ".repeat(1_000_000));
    }

    private Pair written(Pair pair) {
        Path file = folder.resolve("pairs.jsonl");
        try (RowWriter writer = RowWriter.to(file)) {
            writer.write(pair);
            writer.commit();
        }
        BadRows bad = BadRows.counted();
        try (RowReader<Pair> reader = RowReader.open(file.toString(), Pair.class, bad)) {
            assertThat(reader.hasNext()).as("bad rows: %s", bad.firstMessages()).isTrue();
            Pair read = reader.next().value();
            assertThat(reader.hasNext()).isFalse();
            return read;
        }
    }

    private static Pair pair(String text) {
        return new Pair(
                "id" + text,
                Prompt.of(text),
                text,
                "b" + text,
                Optional.of(text),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of("other", text));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextIsReadBackAsItWasWritten(String text) throws IOException {
        assertThat(written(pair(text))).isEqualTo(pair(text));
        assertThat(Files.readString(folder.resolve("pairs.jsonl")).lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyTextIsReadBackAsItWasWritten(long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        int[] bounds = {0x20, 0x80, 0x3000, 0xe000, 0x10000, 0x110000};
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(60);
            for (int k = 0; k < length; k++) {
                int point = random.nextInt(bounds[random.nextInt(bounds.length)]);
                // Half surrogates come as they are: any sequence of Java's chars is a text.
                text.appendCodePoint(point);
            }
            assertThat(written(pair(text.toString()))).isEqualTo(pair(text.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "2147483648",
                "9223372036854775807",
                "9223372036854775808",
                "-170141183460469231731687303715884105728",
                "0.1",
                "0.10000000000000000001",
                "1.50",
                "1E+3",
                "1E-400",
                "true",
                "false",
                "null",
                "[]",
                "{}",
                "[1,[2,{\"a\":null}]]",
                "{\"b\":1,\"a\":2}"
            })
    void aFieldThatNobodyKnowsKeepsItsDigitsAndOrder(String value) {
        String row =
                "{\"id\":\"1\",\"prompt_id\":\"p\",\"prompt\":\"q\",\"response_a\":\"x\",\"response_b\":\"y\",\"other\":"
                        + value + "}";
        // Minus zero is the integer 0 in JSON's integer grammar as Java reads it.
        String kept = value.equals("-0") ? row.replace("-0", "0") : row;
        assertThat(Json.write(Json.read(row, Pair.class))).isEqualTo(kept);
        assertThat(Json.write(Json.convert(Json.readMap(row), Pair.class))).isEqualTo(kept);
    }

    @Test
    void onlyWhatBreaksReadersIsEscaped() {
        Map<String, String> written = Map.of(
                "plain \n", "\"plain \\n\"",
                "\u00e9", "\"\u00e9\"",
                "\ud83d\ude00", "\"\ud83d\ude00\"",
                "\ud83d", "\"\\uD83D\"",
                "\ude00\ud83d", "\"\\uDE00\\uD83D\"",
                "\u2028", "\"\\u2028\"");
        written.forEach((text, json) -> {
            assertThat(Json.write(text)).isEqualTo(json);
            assertThat(new String(Json.bytes(text), StandardCharsets.UTF_8)).isEqualTo(json);
        });
    }

    @Test
    void noTwoTextsHaveTheSameDigest() {
        List<String> texts =
                Stream.concat(texts(), Stream.of("\"\\ud800\"", "?", "\ufffd")).toList();
        Set<String> digests = new HashSet<>();
        texts.forEach(text -> digests.add(Digests.sha256(text)));
        assertThat(digests).hasSize(texts.size());
        // FIPS 180-4, the example "abc" of NIST.
        assertThat(Digests.sha256("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void seededNumbersAreEvenAndHangOnEveryPart() {
        double[] numbers = IntStream.range(0, 10_000)
                .mapToDouble(i -> Digests.uniform(3, "part", "" + i))
                .toArray();
        // Mean .5 with standard error .00289; five of them.
        assertThat(Arrays.stream(numbers).average().orElseThrow()).isBetween(.4855, .5145);
        assertThat(Arrays.stream(numbers)).allMatch(number -> number >= 0 && number < 1);
        Set<Double> different = new HashSet<>(List.of(
                Digests.uniform(1, "ab", "c"),
                Digests.uniform(1, "a", "bc"),
                Digests.uniform(1, "abc"),
                Digests.uniform(2, "abc"),
                Digests.uniform(1, "abc", "")));
        assertThat(different).hasSize(5);
    }

    @Test
    void canonicalTextDoesNotHangOnTheOrderOfKeys() {
        assertThat(Json.canonical(Json.readMap("{\"b\":{\"d\":1,\"c\":2},\"a\":3}")))
                .isEqualTo("{\"a\":3,\"b\":{\"c\":2,\"d\":1}}");
    }

    @Test
    void theDigestOfAReadFileIsThatOfItsBytes() throws IOException {
        Path file = Files.writeString(folder.resolve("f.jsonl"), "{\"id\":\"1\"}\n\n{\n");
        try (RowReader<Pair> reader = RowReader.open(file.toString(), Pair.class, BadRows.counted())) {
            while (reader.hasNext()) {
                reader.next();
            }
            assertThat(reader.sha256()).isEqualTo(Digests.sha256(file));
            assertThat(reader.bytesRead()).isEqualTo(Files.size(file));
            assertThatThrownBy(reader::next).hasMessageEndingWith("has no more rows");
        }
    }
}
