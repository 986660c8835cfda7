package pairwright.agreement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import pairwright.judge.Repeats;

/**
 * What the questions about single rows need of every row, in columns: some 93 bytes a row, whatever its texts. The
 * reference is the first that the rows name.
 */
final class JudgedRows {
    private static final byte NO_Z = 1;
    private static final byte NO_GAP = 2;
    private static final byte UNANIMOUS = 4;
    private static final byte REPEATED = 8;
    private static final byte CONTRADICTED = 16;

    // Where the columns begin in a record.
    private static final int KEY = 0;
    private static final int PROMPT = KEY + Long.BYTES;
    private static final int Z = PROMPT + Long.BYTES;
    private static final int ORDER_GAP = Z + Long.BYTES;
    private static final int TEXT_A = ORDER_GAP + Long.BYTES;
    private static final int TEXT_B = TEXT_A + Long.BYTES;
    private static final int SPREAD = TEXT_B + Long.BYTES;
    private static final int VARIANCE = SPREAD + Long.BYTES;
    private static final int LENGTH_A = VARIANCE + Long.BYTES;
    private static final int LENGTH_B = LENGTH_A + Integer.BYTES;
    private static final int MODEL_A = LENGTH_B + Integer.BYTES;
    private static final int MODEL_B = MODEL_A + Integer.BYTES;
    private static final int FLAW_A = MODEL_B + Integer.BYTES;
    private static final int FLAW_B = FLAW_A + Integer.BYTES;
    private static final int FLAGS = FLAW_B + Integer.BYTES;
    private static final int JUDGED = FLAGS + 1;
    private static final int REFERENCE = JUDGED + 1;
    private static final int PEOPLE = REFERENCE + 1;
    private static final int FIRST_SHOWN = PEOPLE + 1;
    private static final int WIDTH = FIRST_SHOWN + 1;

    private final Names models = new Names();
    private final Names flaws = new Names();
    private final List<SliceColumn> slicings = new ArrayList<>();
    private final RecordFile rows = new RecordFile(WIDTH);
    private int[] sorted;

    void add(KeptRow row) {
        int at = rows.add();
        sorted = null;
        rows.putLong(at, KEY, row.key());
        rows.putLong(at, PROMPT, row.prompt());
        rows.putDouble(at, Z, row.z().orElse(0.));
        rows.putDouble(at, ORDER_GAP, row.orderGap().orElse(0.));
        rows.putByte(
                at,
                FLAGS,
                (row.z().isEmpty() ? NO_Z : 0)
                        | (row.orderGap().isEmpty() ? NO_GAP : 0)
                        | (row.unanimous() ? UNANIMOUS : 0)
                        | (row.repeats().isPresent() ? REPEATED : 0)
                        | (row.repeats().filter(Repeats.Spread::inConflict).isPresent() ? CONTRADICTED : 0));
        rows.putByte(at, JUDGED, row.judged().index());
        rows.putByte(at, REFERENCE, row.reference().index());
        rows.putByte(at, PEOPLE, Math.min(row.people(), Byte.MAX_VALUE));
        rows.putInt(at, LENGTH_A, row.lengthA());
        rows.putInt(at, LENGTH_B, row.lengthB());
        rows.putInt(at, MODEL_A, row.modelA().map(models::number).orElse(Names.NONE));
        rows.putInt(at, MODEL_B, row.modelB().map(models::number).orElse(Names.NONE));
        rows.putInt(at, FLAW_A, row.flawA().map(flaws::number).orElse(Names.NONE));
        rows.putInt(at, FLAW_B, row.flawB().map(flaws::number).orElse(Names.NONE));
        rows.putLong(at, TEXT_A, row.textA());
        rows.putLong(at, TEXT_B, row.textB());
        rows.putDouble(at, SPREAD, row.repeats().map(Repeats.Spread::within).orElse(0.));
        rows.putDouble(at, VARIANCE, row.repeats().map(Repeats.Spread::variance).orElse(0.));
        rows.putByte(at, FIRST_SHOWN, row.firstShown().index());
        row.slices().keySet().forEach(this::slicing);
        slicings.forEach(slicing -> slicing.set(at, row.slices()));
    }

    private void slicing(String field) {
        if (slicings.stream().noneMatch(s -> s.field().equals(field))) {
            slicings.add(new SliceColumn(field));
        }
    }

    int size() {
        return rows.size();
    }

    /** Hash of the row's id. */
    long key(int row) {
        return rows.getLong(row, KEY);
    }

    long prompt(int row) {
        return rows.getLong(row, PROMPT);
    }

    boolean hasZ(int row) {
        return (rows.getByte(row, FLAGS) & NO_Z) == 0;
    }

    /** Only where {@link #hasZ}. */
    double z(int row) {
        return rows.getDouble(row, Z);
    }

    boolean hasOrderGap(int row) {
        return (rows.getByte(row, FLAGS) & NO_GAP) == 0;
    }

    double orderGap(int row) {
        return rows.getDouble(row, ORDER_GAP);
    }

    Outcome judged(int row) {
        return Outcome.at(rows.getByte(row, JUDGED));
    }

    Outcome reference(int row) {
        return Outcome.at(rows.getByte(row, REFERENCE));
    }

    /** For a reference that is known only when all rows are read. */
    void setReference(int row, Outcome label) {
        rows.putByte(row, REFERENCE, label.index());
        sorted = null;
    }

    int people(int row) {
        return rows.getByte(row, PEOPLE);
    }

    boolean unanimous(int row) {
        return (rows.getByte(row, FLAGS) & UNANIMOUS) != 0;
    }

    int lengthA(int row) {
        return rows.getInt(row, LENGTH_A);
    }

    int lengthB(int row) {
        return rows.getInt(row, LENGTH_B);
    }

    /** Number of the model among {@link #models}, or {@link Names#NONE}. */
    int modelA(int row) {
        return rows.getInt(row, MODEL_A);
    }

    int modelB(int row) {
        return rows.getInt(row, MODEL_B);
    }

    Names models() {
        return models;
    }

    int flawA(int row) {
        return rows.getInt(row, FLAW_A);
    }

    int flawB(int row) {
        return rows.getInt(row, FLAW_B);
    }

    Names flaws() {
        return flaws;
    }

    /** A hash of the text. */
    long textA(int row) {
        return rows.getLong(row, TEXT_A);
    }

    long textB(int row) {
        return rows.getLong(row, TEXT_B);
    }

    /** The response that the judge saw first, a tie where it saw both orders or it is not known. */
    Outcome firstShown(int row) {
        return Outcome.at(rows.getByte(row, FIRST_SHOWN));
    }

    /** Whether each order that was asked has several samples. */
    boolean repeated(int row) {
        return (rows.getByte(row, FLAGS) & REPEATED) != 0;
    }

    /** Whether samples of one order have different labels. */
    boolean contradicted(int row) {
        return (rows.getByte(row, FLAGS) & CONTRADICTED) != 0;
    }

    /** Standard deviation within an order, only where {@link #repeated}. */
    double spread(int row) {
        return rows.getDouble(row, SPREAD);
    }

    /** Of z by the samples, only where {@link #repeated}. */
    double variance(int row) {
        return rows.getDouble(row, VARIANCE);
    }

    /** What standard errors sum over: the prompt, or the row where the settings resample rows. */
    long cluster(int row, AgreementSettings settings) {
        return settings.clusters() == Clusters.ROW ? row : rows.getLong(row, PROMPT);
    }

    /**
     * All rows in an order of their own, rows of a prompt together: a sum of fractions ends in other digits where it is made in another
     * order.
     */
    int[] sorted() {
        Comparator<Integer> order = Comparator.<Integer>comparingLong(this::prompt)
                .thenComparingDouble(this::z)
                .thenComparing(this::reference)
                .thenComparingLong(this::textA)
                .thenComparingLong(this::textB);
        if (sorted == null) {
            sorted = RowOrder.grouped(rows.size(), this::prompt, order);
        }
        return sorted.clone();
    }

    /** The fields by which rows are divided. */
    List<String> sliceFields() {
        return slicings.stream().map(SliceColumn::field).toList();
    }

    Names sliceValues(int field) {
        return slicings.get(field).values();
    }

    /** Number of the row's value among {@link #sliceValues}, or {@link Names#NONE}. */
    int slice(int field, int row) {
        return slicings.get(field).of(row);
    }
}
