package pairwright.jsonl;

import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.CloseableIterator;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;

/** The rows of a Parquet file, each as a line of JSON, numbered from 1. */
final class ParquetLines implements Lines, Closeable {
    @SuppressWarnings("rawtypes")
    private final CloseableIterator<Map> rows;

    private long number;
    private long bytesRead;

    /** @throws IOException when it is no whole Parquet file */
    ParquetLines(Path file) throws IOException {
        try {
            rows = new CarpetReader<>(file.toFile(), Map.class).iterator();
        } catch (RuntimeException e) {
            throw notWhole(e);
        }
    }

    /** Without the identity of the library's object, which stands first in its message. */
    private static IOException notWhole(RuntimeException e) {
        String message = String.valueOf(e.getMessage()).replaceFirst("^\\S+@[0-9a-f]+ is not a Parquet file[. ]*", "");
        return new IOException("is no whole Parquet file: " + message, e);
    }

    /** How many rows a file has. */
    static long count(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            return reader.getRecordCount();
        } catch (RuntimeException e) {
            throw notWhole(e);
        }
    }

    @Override
    public byte[] next() throws IOException {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            byte[] line = Json.bytes(rows.next());
            number++;
            bytesRead += line.length;
            return line;
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
