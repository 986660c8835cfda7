package pairwright.jsonl;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The bytes of a file of rows: whether they are packed is told by the first of them, and so is how the rows lie in the text. */
public final class PackedText {
    /** How far the first character that is no white space may lie. */
    private static final int LOOKED_AT = 4096;

    private static final int MAGIC = 4;
    private static final int BUFFER = 1 << 16;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf"; // as bytes

    private PackedText() {}

    /** One list of objects, or an object a line. */
    static Lines lines(InputStream in) throws IOException {
        in.mark(LOOKED_AT);
        boolean list = false;
        for (int i = 0; i < LOOKED_AT; i++) {
            int next = in.read();
            if (BYTE_ORDER_MARK.indexOf(next) < 0 && !Character.isWhitespace(next)) {
                list = next == '[';
                break;
            }
        }
        in.reset();
        return list ? new ArrayLines(in) : new LineReader(in, RowReader.MAX_LINE_BYTES);
    }

    /** What a file is, by its first bytes. */
    static FileType typeOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return FileType.ofMagic(HexFormat.of().formatHex(in.readNBytes(MAGIC)));
        }
    }

    /** How many lines a file has, packed or not, blank ones and a last one without its line feed included; of a Parquet file, its rows. */
    public static long countLines(String file) throws IOException {
        if (typeOf(Path.of(file)) == FileType.PARQUET) {
            return ParquetLines.count(Path.of(file));
        }
        try (InputStream in = unpacked(file, Files.newInputStream(Path.of(file)))) {
            byte[] buffer = new byte[1 << 16];
            long lines = 0;
            byte last = '\n';
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                last = buffer[n - 1];
            }
            return last == '\n' ? lines : lines + 1;
        }
    }

    /** Why bytes cannot be read, in words. */
    static String reason(IOException e) {
        if (e instanceof EOFException) {
            return "the packed file ends too early";
        }
        return e instanceof AccessDeniedException ? "no permission" : String.valueOf(e.getMessage());
    }

    /** The bytes as they were before they were packed. */
    static BufferedInputStream unpacked(String name, InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
        in.mark(MAGIC);
        FileType type = FileType.ofMagic(HexFormat.of().formatHex(in.readNBytes(MAGIC)));
        in.reset();
        if (type == FileType.PARQUET) {
            throw new BadInput(
                    name + ": is a Parquet file, which cannot be read in one go from its beginning; name it as a file"
                            + " of its own, or convert it to JSONL");
        }
        return type == FileType.JSONL ? in : new BufferedInputStream(type.unpacked(in), BUFFER);
    }
}
