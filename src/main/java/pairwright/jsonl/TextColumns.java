package pairwright.jsonl;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.io.api.Binary;

/** Rows of texts in columns, filled from slices of lines of JSON without making strings of them. */
final class TextColumns implements TextSink {
    /** A row's texts in the order of the columns; the same object for all rows. */
    @SuppressWarnings("ArrayRecordComponent") // the writer takes records, and this one is never compared
    record Texts(Binary[] texts) {}

    private final AtomicFile file;
    private final CarpetWriter<Texts> rows;
    private final Texts row;
    private final byte[][] unescaped;
    private long count;
    private boolean finished;

    TextColumns(Path target, List<String> fields) {
        file = new AtomicFile(target);
        row = new Texts(new Binary[fields.size()]);
        unescaped = new byte[fields.size()][0];
        WriteRecordModelType<Texts> columns = FieldTypes.writeRecordModel(Texts.class);
        for (int i = 0; i < fields.size(); i++) {
            int column = i;
            columns = columns.withField(fields.get(i), FieldTypes.BINARY.asString(), texts -> texts.texts()[column]);
        }
        try {
            rows = RecordColumns.settings(new CarpetWriter.Builder<>(new KeptOpen(file.stream()), Texts.class))
                    .withWriteRecordModel(columns)
                    .build();
        } catch (IOException e) {
            file.close();
            throw unwritable(e);
        }
    }

    private UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException(
                file.target() + ": row " + (count + 1) + " cannot be written: " + e.getMessage(), e);
    }

    @Override
    public void write(byte[] buffer, int[] slices, int at) {
        for (int i = 0; i < row.texts().length; i++) {
            row.texts()[i] = text(i, buffer, slices[at + 2 * i], slices[at + 2 * i + 1]);
        }
        write();
    }

    /** The slice itself where nothing in it is escaped. */
    private Binary text(int field, byte[] buffer, int from, int to) {
        int plain = from;
        while (plain < to && buffer[plain] != '\\') {
            plain++;
        }
        if (plain == to) {
            return Binary.fromReusedByteArray(buffer, from, to - from);
        }
        if (unescaped[field].length < to - from) {
            unescaped[field] = new byte[2 * (to - from)];
        }
        byte[] text = unescaped[field];
        int length = plain - from;
        System.arraycopy(buffer, from, text, 0, length);
        for (int i = plain; i < to; i++) {
            byte next = buffer[i];
            if (next == '\\') {
                i++;
                next = meant(buffer[i]);
            }
            text[length++] = next;
        }
        return Binary.fromReusedByteArray(text, 0, length);
    }

    private static byte meant(byte letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> letter;
        };
    }

    @Override
    public void write(Object other) {
        RecordComponent[] components = other.getClass().getRecordComponents();
        try {
            for (int i = 0; i < components.length; i++) {
                components[i].getAccessor().setAccessible(true);
                row.texts()[i] =
                        Binary.fromString((String) components[i].getAccessor().invoke(other));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(other.getClass() + " is no record of texts", e);
        }
        write();
    }

    private void write() {
        try {
            rows.write(row);
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
