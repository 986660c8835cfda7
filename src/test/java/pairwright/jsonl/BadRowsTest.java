package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.pair.Pair;

/** Every kind of row that people and machines get wrong, between two good ones. */
class BadRowsTest {
    private static final String GOOD = "{\"id\":\"1\",\"prompt\":\"q\",\"response_a\":\"x\",\"response_b\":\"y\"}";

    @TempDir
    Path folder;

    private final List<Row<Pair>> read = new ArrayList<>();

    private List<BadRow> bad(byte[] content, Where where) throws IOException {
        Path file = Files.write(folder.resolve("in.jsonl"), content);
        Path output = folder.resolve("out.jsonl");
        Path aside;
        try (BadRows bad = BadRows.beside(output)) {
            try (RowReader<Pair> reader = RowReader.open(file.toString(), Pair.class, where, bad)) {
                reader.forEachRemaining(read::add);
            }
            aside = bad.file().orElse(null);
        }
        if (aside == null) {
            return List.of();
        }
        assertThat(aside).isEqualTo(folder.resolve("out.jsonl.bad.jsonl"));
        return Files.readAllLines(aside).stream()
                .map(line -> Json.read(line, BadRow.class))
                .toList();
    }

    private List<BadRow> bad(byte[] content) throws IOException {
        return bad(content, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] between(byte[] row) {
        return joined(bytes(GOOD + "\n"), row, bytes("\n" + GOOD + "\n"));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private void isSetAside(byte[] row, String error) throws IOException {
        for (Where where : new Where[] {null, Where.parse("nothing!=here")}) {
            read.clear();
            List<BadRow> bad = bad(between(row), where);
            assertThat(bad).singleElement().satisfies(one -> {
                assertThat(one.error()).isEqualTo(error);
                assertThat(one.file()).endsWith("in.jsonl");
                assertThat(one.line()).isEqualTo(2);
            });
            assertThat(read).extracting(Row::line).containsExactly(1L, 3L);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "y"}          | "y"                              | cannot be parsed at column 57: it ends too early
        "y"}          | "y                               | cannot be parsed at column 56: it ends too early
        "y"}          | "y"}}                            | cannot be parsed at column 58: Unexpected close marker '}': no open Object to close
        "y"}          | "y"} {}                          | goes on after its end; must be one value
        "y"           | NaN                              | cannot be parsed at column 57: Non-standard token 'NaN'
        ,"response_b":"y" | ``                           | response_b is missing, must be text
        ,"prompt":"q" | ``                               | prompt is missing, must be text in prompt or a list in messages
        "id":"1"      | "id":" "                         | id is missing or blank, must be a name
        "id":"1"      | "id":7                           | field id: is a number, must be text
        "id":"1"      | "id":true                        | field id: is true or false, must be text
        "id":"1"      | "id":["1"]                       | field id: is a list, must be text
        "y"           | {"text":"y"}                     | field response_b: is an object, must be text
        "y"           | null                             | response_b is missing, must be text
        "y"           | "y","response_a":"z"             | key "response_a" stands twice, must stand once
        "y"           | "y","human":"h"                  | field human: is text, must be a list
        "y"           | "y","human":[null]               | human[0] is null, must be an object
        "y"           | "y","human":[{"label":"A"}]      | field human[0]: annotator is missing, must be a name
        "y"           | "y","human":[{"annotator":"h","label":"C"}] | field human[0].label: is "C", must be one of A, B, tie
        "y"           | "y","human":[{"annotator":"h","label":1}]   | field human[0].label: is a number, must be one of A, B, tie
        "y"           | "y","judges":[{"judge":"j","order":"ABBA"}] | field judges[0].order: is "ABBA", must be one of AB, BA
        "prompt":"q"  | "messages":[]                    | messages is empty, must hold at least one message
        "prompt":"q"  | "messages":[null]                | messages[0] is null, must be a message
        "prompt":"q"  | "messages":["q"]                 | field messages[0]: is text, must be an object
        "prompt":"q"  | "messages":[{"role":"tool","content":"q"}] | field messages[0].role: is "tool", must be one of assistant, system, user
        "prompt":"q"  | "messages":[{"role":"user"}]     | field messages[0]: content is missing, must be text
        "prompt":"q"  | "prompt":"q","tags":{"a":null}   | tags.a is null, must be text
        "prompt":"q"  | "prompt":"q","tags":{"a":1}      | field tags.a: is a number, must be text
        """)
    void aBadRowSaysWhatIsWrongAndTheRestProceeds(String part, String instead, String error) throws IOException {
        String row = GOOD.replace(part, instead);
        assertThat(row).isNotEqualTo(GOOD);
        isSetAside(bytes(row), error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        [1,2]      | is a list, must be an object
        "text"     | is text, must be an object
        5          | is a number, must be an object
        null       | is null, must be a JSON object
        hello      | cannot be parsed at column 1: Unrecognized token 'hello': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
        """)
    void aRowThatIsNoObjectIsABadRow(String row, String error) throws IOException {
        isSetAside(bytes(row), error);
    }

    @Test
    void bytesThatAreNotUtf8AreABadRow() throws IOException {
        isSetAside(
                GOOD.replace("q", "\u00e9").getBytes(StandardCharsets.ISO_8859_1), "not UTF-8; save the file as UTF-8");
        isSetAside(new byte[] {'{', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '}'}, "not UTF-8; save the file as UTF-8");
    }

    @Test
    void aLineOfMoreThanSixteenMebibytesIsABadRow() throws IOException {
        String huge = GOOD.replace("\"x\"", "\"" + "x".repeat(RowReader.MAX_LINE_BYTES) + "\"");
        isSetAside(bytes(huge), "line is longer than 16777216 bytes, the longest that is read");
    }

    @Test
    void aLineOfJustSixteenMebibytesIsRead() throws IOException {
        String longest = GOOD.replace("\"x\"", "\"" + "x".repeat(RowReader.MAX_LINE_BYTES - GOOD.length() + 1) + "\"");
        assertThat(bad(between(bytes(longest)))).isEmpty();
        assertThat(read).hasSize(3);
    }

    @Test
    void whatIsNestedTooDeepIsABadRow() throws IOException {
        String deep = GOOD.replace("\"y\"", "\"y\",\"more\":" + "[".repeat(100_000) + "]".repeat(100_000));
        isSetAside(bytes(deep), "is nested deeper than 64 levels, the most that is read");
    }

    @Test
    void aNumberOfAMillionDigitsIsABadRow() throws IOException {
        String digits = "9".repeat(1_000_000);
        for (String number : List.of(digits, "-" + digits, "0." + digits, "1e" + digits)) {
            isSetAside(
                    bytes(GOOD.replace("\"y\"", "\"y\",\"n\":" + number)),
                    "holds a number of more than 1000 digits, the most that is read");
        }
    }

    @Test
    void aKeyOfAMillionCharactersIsABadRow() throws IOException {
        isSetAside(
                bytes(GOOD.replace("\"id\"", "\"" + "k".repeat(1_000_000) + "\":1,\"id\"")),
                "holds a key of more than 50000 characters, the most that is read");
    }

    @Test
    void anAbsurdExponentCostsNothing() throws IOException {
        assertThat(bad(between(bytes(GOOD.replace("\"y\"", "\"y\",\"n\":1e999999999")))))
                .isEmpty();
        assertThat(Json.write(read.get(1).value())).contains("\"n\":1E+999999999");
    }

    @Test
    void aByteOrderMarkCrlfAndBlankLinesAreNoFault() throws IOException {
        byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        assertThat(bad(joined(mark, bytes(GOOD + "\r\n\r\n  \n\n" + GOOD)))).isEmpty();
        assertThat(read).extracting(Row::line).containsExactly(1L, 5L);
        assertThat(read).extracting(row -> row.value().responseB()).containsOnly("y");
    }

    @Test
    void anEmptyFileHasNoRows() throws IOException {
        assertThat(bad(new byte[0])).isEmpty();
        assertThat(read).isEmpty();
    }

    @Test
    void anOldFileOfBadRowsIsRemoved() throws IOException {
        assertThat(bad(between(bytes("{")))).hasSize(1);
        assertThat(bad(bytes(GOOD))).isEmpty();
        assertThat(folder.resolve("out.jsonl.bad.jsonl")).doesNotExist();
    }

    @Test
    void aGzipFileIsReadAsItIsAndATornOneNamesTheLineItEndsIn() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 10_000; i++) {
                gzip.write(bytes(GOOD.replace("\"x\"", "\"" + Integer.toHexString(i * 0x9e3779b1) + "\"") + "\n"));
            }
        }
        assertThat(bad(packed.toByteArray())).isEmpty();
        assertThat(read).hasSize(10_000);
        read.clear();
        byte[] torn = Arrays.copyOf(packed.toByteArray(), packed.size() * 2 / 3);
        assertThatThrownBy(() -> bad(torn))
                .isInstanceOf(BadInput.class)
                .hasMessageMatching(
                        "(?s).*in\\.jsonl:\\d+: cannot be read further: .*; the rows before it were read; is the file whole\\?");
        assertThat(read).hasSizeBetween(5000, 8000);
    }

    @Test
    void aTornFileOfAnyTypeIsNamed() {
        byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0};
        assertThatThrownBy(() -> bad(zstd))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("in.jsonl: cannot be read: ");
        assertThatThrownBy(() -> bad(bytes("PAR1....")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("in.jsonl: cannot be read: is no whole Parquet file: ")
                .hasMessageNotContaining("@");
        assertThatThrownBy(() -> bad(bytes("[{\"id\":")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("in.jsonl:1: cannot be read further");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> RowReader.open("nowhere.jsonl", Pair.class, BadRows.counted()))
                .hasMessage("nowhere.jsonl: no such file; give an existing JSONL file or - for standard input");
    }
}
