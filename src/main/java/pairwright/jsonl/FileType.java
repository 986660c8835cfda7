package pairwright.jsonl;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How rows lie in a file; the name of a type is the ending of such a file. */
public enum FileType {
    /** A JSON object a line. */
    JSONL("jsonl"),
    /** The same, packed with gzip. */
    GZIP("jsonl.gz"),
    /** The same, packed with Zstandard. */
    ZSTD("jsonl.zst"),
    /** Columns, packed with Zstandard. */
    PARQUET("parquet");

    private static final int BUFFER = 1 << 16;
    private static final int ZSTD_LEVEL = 3;

    private final String ending;

    FileType(String ending) {
        this.ending = ending;
    }

    /**
     * A type by its name on the command line.
     *
     * @throws BadInput if there is none of that name
     */
    public static FileType named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.ending.equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("file type is \"" + name + "\", must be one of " + names()));
    }

    /**
     * The type that the ending of a file's name says.
     *
     * @throws BadInput if it says none
     */
    public static FileType of(String file) {
        return Arrays.stream(values())
                .filter(type -> file.endsWith("." + type.ending))
                .findFirst()
                .orElseThrow(
                        () -> new BadInput(file + ": ends with none of " + names() + "; name the file by its type"));
    }

    private static String names() {
        return Arrays.stream(values()).map(FileType::toString).collect(Collectors.joining(", "));
    }

    /**
     * Opens a file of this type to write rows.
     *
     * @param row the record of all rows; its components are the columns of a Parquet file, in snake case
     */
    public RowSink create(Path target, Class<? extends Record> row) {
        return this == PARQUET ? new RecordColumns<>(target, row) : RowWriter.to(target, this);
    }

    /** Packs what is written; closing it ends the packing and leaves {@code out} open. */
    OutputStream packed(OutputStream out) {
        try {
            return switch (this) {
                case JSONL -> new KeptOpen(out);
                case GZIP -> new GZIPOutputStream(new KeptOpen(out), BUFFER);
                case ZSTD -> new ZstdOutputStream(new KeptOpen(out), ZSTD_LEVEL);
                case PARQUET -> throw new IllegalArgumentException("Parquet is no stream of lines");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unpacks what is read. */
    InputStream unpacked(InputStream in) throws IOException {
        return switch (this) {
            case JSONL -> in;
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case ZSTD -> new ZstdInputStream(in);
            case PARQUET -> throw new IllegalArgumentException("Parquet is no stream of lines");
        };
    }

    /** The type that a file's first four bytes say, in hex; lines unless they say otherwise. */
    static FileType ofMagic(String start) {
        if (start.equals("28b52ffd")) {
            return ZSTD;
        }
        if (start.equals("50415231")) {
            return PARQUET;
        }
        return start.startsWith("1f8b") ? GZIP : JSONL;
    }

    /** Its name on the command line, which is the ending of its files. */
    @Override
    public String toString() {
        return ending;
    }
}
