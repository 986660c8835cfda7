package pairwright.jsonl;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/**
 * Reads rows one by one in constant memory: JSONL, plain or packed with gzip or Zstandard, one JSON list of objects, or
 * Parquet, told by the first bytes; text is UTF-8 with or without a byte order mark. A row that cannot be read goes to {@link BadRows}
 * with its file and line (in Parquet its number), and reading goes on; blank lines are passed over. {@code -} is standard input.
 */
public final class RowReader<T> implements Iterator<Row<T>>, Closeable {
    /** Longest line that is read; a longer one is a bad row. */
    public static final int MAX_LINE_BYTES = 16 << 20;

    private final String name;
    private final DigestInputStream digest;
    private final Path columns;
    private final Lines lines;
    private final Class<T> type;
    private final Predicate<Map<String, Object>> where;
    private final BadRows bad;
    private Row<T> next;
    private long passed;

    RowReader(String name, InputStream in, Class<T> type, Predicate<Map<String, Object>> where, BadRows bad) {
        this(name, in, RowForm.JSON, type, where, bad);
    }

    private RowReader(
            String name,
            InputStream in,
            RowForm form,
            Class<T> type,
            Predicate<Map<String, Object>> where,
            BadRows bad) {
        this.name = name;
        this.type = type;
        this.where = where;
        this.bad = bad;
        this.columns = null;
        this.digest = new DigestInputStream(in, Digests.sha256());
        try {
            BufferedInputStream plain = PackedText.unpacked(name, digest);
            this.lines = form == RowForm.JSON ? PackedText.lines(plain) : form.lines(plain);
        } catch (IOException e) {
            throw new BadInput(name + ": cannot be read: " + PackedText.reason(e), e);
        }
    }

    /** Over a Parquet file. */
    private RowReader(String name, Path file, Class<T> type, Predicate<Map<String, Object>> where, BadRows bad)
            throws IOException {
        this.name = name;
        this.type = type;
        this.where = where;
        this.bad = bad;
        this.columns = file;
        this.digest = new DigestInputStream(InputStream.nullInputStream(), Digests.sha256());
        this.lines = new ParquetLines(file);
    }

    /** Over rows that are handed to it one by one, each with the number of its line in the file. */
    static <T> RowReader<T> of(String name, Lines lines, Class<T> type, BadRows bad) {
        return new RowReader<>(name, lines, type, bad);
    }

    private RowReader(String name, Lines lines, Class<T> type, BadRows bad) {
        this.name = name;
        this.type = type;
        this.where = null;
        this.bad = bad;
        this.columns = null;
        this.digest = new DigestInputStream(InputStream.nullInputStream(), Digests.sha256());
        this.lines = lines;
    }

    /** Opens {@code file}, {@code -} being standard input; every row is wanted. */
    public static <T> RowReader<T> open(String file, Class<T> type, BadRows bad) {
        return open(file, type, null, bad);
    }

    /** Opens {@code file}, whose rows may be any objects. */
    public static RowReader<Map<String, Object>> openFields(String file, BadRows bad) {
        return openFields(file, null, bad);
    }

    /** The same with the rows whose fields pass {@code where}, null when every row is wanted. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static RowReader<Map<String, Object>> openFields(
            String file, Predicate<Map<String, Object>> where, BadRows bad) {
        return (RowReader<Map<String, Object>>) (RowReader) open(file, Map.class, where, bad);
    }

    /**
     * Opens {@code file} and yields the rows whose raw fields pass {@code where}.
     *
     * @param where null when every row is wanted
     * @throws BadInput if there is no such file
     */
    public static <T> RowReader<T> open(String file, Class<T> type, Predicate<Map<String, Object>> where, BadRows bad) {
        return open(file, RowForm.JSON, type, where, bad);
    }

    /** As the other, with rows of any form; a file that is Parquet is read as such whatever the form. */
    public static <T> RowReader<T> open(
            String file, RowForm form, Class<T> type, Predicate<Map<String, Object>> where, BadRows bad) {
        if (file.equals("-")) {
            return new RowReader<>("standard input", System.in, form, type, where, bad);
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new BadInput(file + ": is a folder; give a JSONL file in it");
        }
        if (!Files.exists(path)) {
            throw new BadInput(file + ": no such file; give an existing JSONL file or - for standard input");
        }
        try {
            if (Files.isRegularFile(path) && PackedText.typeOf(path) == FileType.PARQUET) {
                return new RowReader<>(file, path, type, where, bad);
            }
            return new RowReader<>(
                    // A channel's stream cannot read a pipe.
                    file,
                    Files.isRegularFile(path) ? Files.newInputStream(path) : new FileInputStream(file),
                    form,
                    type,
                    where,
                    bad);
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + PackedText.reason(e), e);
        }
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            byte[] line = line();
            if (line == null) {
                return false;
            }
            next = parsed(line);
        }
        return true;
    }

    /** The next line of which nothing is wrong as such, null at the end. */
    private byte[] line() {
        while (true) {
            byte[] line;
            try {
                line = lines.next();
            } catch (IOException e) {
                throw new BadInput(
                        name + ":" + (lines.number() + 1) + ": cannot be read further: " + PackedText.reason(e)
                                + "; the rows before it were read; is the file whole?",
                        e);
            }
            if (line == null) {
                return null;
            }
            if (lines.overlong()) {
                setAside("line is longer than " + MAX_LINE_BYTES + " bytes, the longest that is read", line);
            } else if (lines.fault().isPresent()) {
                setAside(lines.fault().get(), line);
            } else {
                return line;
            }
        }
    }

    private Row<T> parsed(byte[] line) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            setAside("not UTF-8; save the file as UTF-8", line);
            return null;
        }
        if (lines.number() == 1 && text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        if (text.isBlank()) {
            return null;
        }
        try {
            if (where == null) {
                return new Row<>(Json.read(text, type), name, lines.number());
            }
            Map<String, Object> fields = Json.readMap(text);
            if (!where.test(fields)) {
                passed++;
                return null;
            }
            return new Row<>(Json.convert(fields, type), name, lines.number());
        } catch (BadInput e) {
            setAside(e.getMessage(), line);
            return null;
        }
    }

    private void setAside(String error, byte[] line) {
        int kept = Math.min(line.length, 4 * BadRow.MAX_KEPT);
        bad.add(new BadRow(name, lines.number(), error, new String(line, 0, kept, StandardCharsets.UTF_8)));
    }

    /** Sets aside a row that was read but that a later check refuses. */
    public void refuse(Row<T> row, String error) {
        bad.add(new BadRow(row.file(), row.line(), error, Json.write(row.value())));
    }

    @Override
    public Row<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException(name + " has no more rows");
        }
        Row<T> row = next;
        next = null;
        return row;
    }

    /** The file as the user named it. */
    public String name() {
        return name;
    }

    /** How many good rows {@code where} passed over so far. */
    public long passedOver() {
        return passed;
    }

    /** Bytes read so far, unpacked where the file is packed. */
    public long bytesRead() {
        return lines.bytesRead();
    }

    /** SHA-256 over the whole file as it lies on disk, hex; call after the last row. */
    public String sha256() {
        try {
            if (columns != null) {
                return Digests.sha256(columns);
            }
            digest.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Digests.hex(digest.getMessageDigest());
    }

    @Override
    public void close() {
        try {
            if (lines instanceof Closeable open) {
                open.close();
            }
            digest.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
