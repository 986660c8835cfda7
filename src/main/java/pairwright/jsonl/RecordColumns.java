package pairwright.jsonl;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.ColumnNamingStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Rows in columns. Version 1 pages without dictionaries: texts hardly repeat, and every reader knows this form; without the least and the
 * greatest text of a page, by which nobody looks them up. Lists have the three levels
 * that readers of columns expect.
 */
final class RecordColumns<T extends Record> implements RowSink {
    /** What waits in memory until it is written. */
    private static final long ROW_GROUP_BYTES = 64L << 20;

    private final AtomicFile file;
    private final Class<T> type;
    private final CarpetWriter<T> rows;
    private long count;
    private boolean finished;

    RecordColumns(Path target, Class<T> type) {
        this.file = new AtomicFile(target);
        this.type = type;
        try {
            this.rows = settings(new CarpetWriter.Builder<>(new KeptOpen(file.stream()), type))
                    .withColumnNamingStrategy(ColumnNamingStrategy.SNAKE_CASE)
                    .build();
        } catch (IOException e) {
            file.close();
            throw unwritable(e);
        }
    }

    /** How all files of columns are written. */
    static <T> CarpetWriter.Builder<T> settings(CarpetWriter.Builder<T> builder) {
        return builder.withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withWriterVersion(WriterVersion.PARQUET_1_0)
                .withDictionaryEncoding(false)
                .withStatisticsEnabled(false)
                .withSizeStatisticsEnabled(false)
                .withRowGroupSize(ROW_GROUP_BYTES);
    }

    private UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException(
                file.target() + ": row " + (count + 1) + " cannot be written: " + e.getMessage(), e);
    }

    @Override
    public void write(Object row) {
        try {
            rows.write(type.cast(row));
        } catch (IOException e) {
            throw unwritable(e);
        }
        count++;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public void finish() {
        if (!finished) {
            finished = true;
            try {
                rows.close();
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
        file.finish();
    }

    @Override
    public void commit() {
        finish();
        file.commit();
    }

    @Override
    public void close() {
        file.close();
    }
}
