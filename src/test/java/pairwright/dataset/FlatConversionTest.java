package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadRow;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.FileType;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowSink;
import pairwright.jsonl.RowWriter;
import pairwright.jsonl.TextSink;

/** The fast way and the way that parses every row come to the same, whatever the rows are. */
class FlatConversionTest {
    private static final Optional<ImportFormat> FROM = Optional.of(ImportFormat.TRL_EXPLICIT);
    private static final Optional<ExportFormat> TO = Optional.of(ExportFormat.TRL_EXPLICIT);

    /** Pieces of JSON strings: plain and escaped, canonical and not, letters of all lengths, white space of all kinds, broken ones. */
    private static final String[] PIECES = {
        "a",
        "b",
        " ",
        "  ",
        "The sky",
        " is blue",
        "\\n",
        "\\t",
        "\\r",
        "\\\\",
        "\\\\n",
        "\\\"",
        "\\/",
        "\\u0041",
        "\\u00e9",
        "\u00e9",
        "\u00a0",
        "\u2003",
        "\u2028",
        "\\u2028",
        "\u0085",
        "\u3000",
        "\u3042",
        "\u4f60\u597d",
        "\ud83d\ude00",
        "\\ud83d\\ude00",
        "\\ud800",
        "\\u0000",
        "\\b",
        "\\f",
        "\\n\\n1. ",
        "n",
        "x\\u001f",
        "\u1680",
        "\u205f",
        "<b>",
        "\u007f"
    };

    private static final String[] OTHERS = {
        "\"id\":\"x\"", "\"score\":1.5", "\"score\":-0", "\"score\":1e3", "\"score\":01", "\"tags\":{\"a\":[1,2]}",
                "\"source\":null",
        "\"flag\":true", "\"s\\u0061\":1", "\"score\":1.", "\"prompt\":\"twice\"", "\"list\":[]", "\"other\":\"\\/\"",
                "\"bad\":\"\\x\"",
        "\"margin\":0.25", "\"id\":7", "\"\u00e9\":false"
    };

    @TempDir
    Path folder;

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(random.nextBoolean() ? 6 : PIECES.length)]);
        }
        return "\"" + text + "\"";
    }

    private static String row(Random random) {
        if (random.nextInt(40) == 0) {
            return new String[] {"", "   ", "{", "[]", "null", "{}", "{\"prompt\":\"q\"}", "{\"prompt\":\"q\"} x", "\t"}
                    [random.nextInt(9)];
        }
        List<String> fields = new ArrayList<>();
        String[] names = {"prompt", "chosen", "rejected"};
        for (String name : names) {
            String value =
                    random.nextInt(60) == 0 ? new String[] {"null", "5", "[\"a\"]"}[random.nextInt(3)] : text(random);
            fields.add("\"" + name + "\":" + (random.nextInt(30) == 0 ? " " : "") + value);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            fields.add(random.nextInt(fields.size() + 1), OTHERS[random.nextInt(OTHERS.length)]);
        }
        if (random.nextInt(50) == 0) {
            fields.remove(random.nextInt(fields.size()));
        }
        return "{" + String.join(random.nextInt(20) == 0 ? " , " : ",", fields) + "}"
                + (random.nextInt(30) == 0 ? " \r" : "");
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Outcome(ConversionCounts counts, byte[] rows, String drops, List<String> bad) {}

    private Outcome flat(Path in, FileType type) throws IOException {
        List<BadRow> bad = new ArrayList<>();
        Path out = folder.resolve("flat." + type);
        Path dropped = folder.resolve("flat.dropped.jsonl");
        ConversionCounts counts;
        try (BadRows unread = BadRows.handedTo(bad::add);
                RowWriter drops = RowWriter.to(dropped);
                TextSink sink = TextSink.create(out, type, FlatConversion.FIELDS);
                FlatConversion conversion = new FlatConversion(in.toString(), sink, drops, unread)) {
            counts = conversion.convert(done -> {});
            sink.commit();
            drops.commit();
        }
        return new Outcome(
                counts,
                Files.readAllBytes(out),
                Files.readString(dropped),
                bad.stream().map(Json::write).toList());
    }

    private Outcome parsed(Path in, FileType type) throws IOException {
        List<BadRow> bad = new ArrayList<>();
        Path out = folder.resolve("parsed." + type);
        Path dropped = folder.resolve("parsed.dropped.jsonl");
        ConversionCounts counts;
        try (BadRows unread = BadRows.handedTo(bad::add);
                RowWriter drops = RowWriter.to(dropped);
                RowReader<Map<String, Object>> rows = RowReader.openFields(in.toString(), unread);
                RowSink sink = type.create(out, ExportFormat.TRL_EXPLICIT.rowType())) {
            counts = new Conversion(FROM, TO, Margins.KEPT).convert(rows, sink, drops, done -> {});
            sink.commit();
            drops.commit();
        }
        return new Outcome(
                counts,
                Files.readAllBytes(out),
                Files.readString(dropped),
                bad.stream().map(Json::write).toList());
    }

    private void same(Path in) throws IOException {
        Outcome fast = flat(in, FileType.JSONL);
        Outcome slow = parsed(in, FileType.JSONL);
        assertThat(fast.counts()).isEqualTo(slow.counts());
        assertThat(new String(fast.rows(), StandardCharsets.UTF_8))
                .isEqualTo(new String(slow.rows(), StandardCharsets.UTF_8));
        assertThat(fast.drops()).isEqualTo(slow.drops());
        assertThat(fast.bad()).isEqualTo(slow.bad());
    }

    @Test
    void theOutcomeIsThatOfParsingEveryRow() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            StringBuilder rows = new StringBuilder(seed % 4 == 0 ? "\ufeff" : "");
            rows.append("{\"prompt\":\"q\",\"chosen\":\"a\",\"rejected\":\"b\"}\n");
            for (int i = 0; i < 500; i++) {
                rows.append(row(random)).append('\n');
            }
            if (seed % 3 == 0) {
                rows.setLength(rows.length() - 1);
            }
            same(Files.writeString(folder.resolve("in.jsonl"), rows.toString()));
        }
    }

    @Test
    void anOddRowAmongTheFirstDoesNotHideThatTheFileSuits() throws IOException {
        Path in = Files.writeString(
                folder.resolve("in.jsonl"),
                "{\"prompt\":\"no answers\"}\n" + "{\"prompt\":\"q\",\"chosen\":\"a\",\"rejected\":\"b\"}\n".repeat(2));
        assertThat(FlatConversion.suits(Optional.empty(), TO, in.toString())).isTrue();
        same(in);
        assertThat(flat(in, FileType.JSONL).bad()).hasSize(1);
    }

    @Test
    void bytesThatAreNoUtf8AreABadRowInBoth() throws IOException {
        byte[] good = "{\"prompt\":\"q\",\"chosen\":\"a\",\"rejected\":\"b\"}\n".getBytes(StandardCharsets.UTF_8);
        byte[][] broken = {
            {(byte) 0xc0, (byte) 0xaf},
            {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xff},
            {(byte) 0xc3},
            {(byte) 0x80},
            {0x01}
        };
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(good);
        for (byte[] piece : broken) {
            bytes.writeBytes("{\"prompt\":\"q".getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(piece);
            bytes.writeBytes("\",\"chosen\":\"a\",\"rejected\":\"b\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        Path in = Files.write(folder.resolve("in.jsonl"), bytes.toByteArray());
        same(in);
        assertThat(flat(in, FileType.JSONL).bad()).hasSize(broken.length);
    }

    @Test
    void rowsGoOverTheBordersOfBlocksAndALineThatIsTooLongIsSetAside() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            String text = "word ".repeat(1 + i * 7 % 400) + i + ".";
            rows.append("{\"prompt\":\"p")
                    .append(i)
                    .append("\",\"chosen\":\"")
                    .append(text)
                    .append("\",\"rejected\":\"no\"}\n");
            if (i == 2000) {
                rows.append("{\"prompt\":\"")
                        .append("x".repeat(RowReader.MAX_LINE_BYTES + 5_000_000))
                        .append("\"}\n");
            }
            if (i == 2500) {
                rows.append("{\"prompt\":\"long\",\"chosen\":\"")
                        .append("y".repeat(3_000_000))
                        .append("\",\"rejected\":\"z\"}\n");
            }
        }
        Path in = Files.writeString(folder.resolve("in.jsonl"), rows.toString());
        same(in);
        Outcome fast = flat(in, FileType.JSONL);
        assertThat(fast.counts().written()).isEqualTo(3001);
        assertThat(fast.bad())
                .singleElement()
                .asString()
                .contains("line is longer than")
                .contains("\"line\":2002");
    }

    @Test
    void columnsHoldTheSameTexts() throws IOException {
        Random random = new Random(7);
        StringBuilder rows = new StringBuilder("{\"prompt\":\"q\",\"chosen\":\"a\",\"rejected\":\"b\"}\n");
        for (int i = 0; i < 2000; i++) {
            rows.append(row(random)).append('\n');
        }
        Path in = Files.writeString(folder.resolve("in.jsonl"), rows.toString());
        flat(in, FileType.PARQUET);
        parsed(in, FileType.JSONL);
        assertThat(texts(folder.resolve("flat.parquet"))).isEqualTo(texts(folder.resolve("parsed.jsonl")));
    }

    private static List<String> texts(Path file) {
        List<String> texts = new ArrayList<>();
        try (RowReader<Map<String, Object>> rows = RowReader.openFields(file.toString(), BadRows.counted())) {
            rows.forEachRemaining(row -> texts.add(Json.canonical(row.value())));
        }
        return texts;
    }

    @Test
    void itIsTakenForPlainLinesOfTextsOnly() throws IOException {
        String row = "{\"prompt\":\"q\",\"chosen\":\"a\",\"rejected\":\"b\"}\n";
        Path plain = Files.writeString(folder.resolve("plain.jsonl"), row);
        Path list = Files.writeString(folder.resolve("list.json"), "[" + row + "]");
        Path other = Files.writeString(
                folder.resolve("other.jsonl"), row.replace("\"q\"", "[{\"role\":\"user\",\"content\":\"q\"}]"));
        assertThat(FlatConversion.suits(FROM, TO, plain.toString())).isTrue();
        assertThat(FlatConversion.suits(Optional.empty(), TO, plain.toString())).isTrue();
        assertThat(FlatConversion.suits(FROM, Optional.empty(), plain.toString()))
                .isFalse();
        assertThat(FlatConversion.suits(FROM, TO, list.toString())).isFalse();
        assertThat(FlatConversion.suits(FROM, TO, "-")).isFalse();
        assertThat(FlatConversion.suits(Optional.of(ImportFormat.TRL), TO, other.toString()))
                .isFalse();
    }
}
