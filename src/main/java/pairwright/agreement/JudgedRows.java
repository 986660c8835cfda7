package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import pairwright.judge.Repeats;

/**
 * What the questions about single rows need of every row, in columns: some 120 bytes a row, whatever its texts. The
 * reference is the first that the rows name.
 */
final class JudgedRows {
    private static final byte NO_Z = 1;
    private static final byte NO_GAP = 2;
    private static final byte UNANIMOUS = 4;
    private static final byte REPEATED = 8;
    private static final byte CONTRADICTED = 16;

    private final Names models = new Names();
    private final Names flaws = new Names();
    private final List<SliceColumn> slicings = new ArrayList<>();
    private int size;
    private long[] keys = new long[16];
    private long[] prompts = new long[16];
    private double[] z = new double[16];
    private double[] orderGap = new double[16];
    private byte[] flags = new byte[16];
    private byte[] judged = new byte[16];
    private byte[] reference = new byte[16];
    private byte[] people = new byte[16];
    private int[] lengthA = new int[16];
    private int[] lengthB = new int[16];
    private int[] modelA = new int[16];
    private int[] modelB = new int[16];
    private int[] flawA = new int[16];
    private int[] flawB = new int[16];
    private long[] textA = new long[16];
    private long[] textB = new long[16];
    private byte[] firstShown = new byte[16];
    private double[] spread = new double[16];
    private double[] variance = new double[16];

    void add(KeptRow row) {
        if (size == prompts.length) {
            grow(size + size / 2);
        }
        keys[size] = row.key();
        prompts[size] = row.prompt();
        z[size] = row.z().orElse(0.);
        orderGap[size] = row.orderGap().orElse(0.);
        flags[size] = (byte) ((row.z().isEmpty() ? NO_Z : 0)
                | (row.orderGap().isEmpty() ? NO_GAP : 0)
                | (row.unanimous() ? UNANIMOUS : 0)
                | (row.repeats().isPresent() ? REPEATED : 0)
                | (row.repeats().filter(Repeats.Spread::inConflict).isPresent() ? CONTRADICTED : 0));
        judged[size] = (byte) row.judged().index();
        reference[size] = (byte) row.reference().index();
        people[size] = (byte) Math.min(row.people(), Byte.MAX_VALUE);
        lengthA[size] = row.lengthA();
        lengthB[size] = row.lengthB();
        modelA[size] = row.modelA().map(models::number).orElse(Names.NONE);
        modelB[size] = row.modelB().map(models::number).orElse(Names.NONE);
        flawA[size] = row.flawA().map(flaws::number).orElse(Names.NONE);
        flawB[size] = row.flawB().map(flaws::number).orElse(Names.NONE);
        textA[size] = row.textA();
        textB[size] = row.textB();
        spread[size] = row.repeats().map(Repeats.Spread::within).orElse(0.);
        variance[size] = row.repeats().map(Repeats.Spread::variance).orElse(0.);
        firstShown[size] = (byte) row.firstShown().index();
        row.slices().keySet().forEach(this::slicing);
        slicings.forEach(slicing -> slicing.set(size, row.slices()));
        size++;
    }

    private void slicing(String field) {
        if (slicings.stream().noneMatch(s -> s.field().equals(field))) {
            slicings.add(new SliceColumn(field, prompts.length));
        }
    }

    private void grow(int capacity) {
        keys = Arrays.copyOf(keys, capacity);
        prompts = Arrays.copyOf(prompts, capacity);
        z = Arrays.copyOf(z, capacity);
        orderGap = Arrays.copyOf(orderGap, capacity);
        flags = Arrays.copyOf(flags, capacity);
        judged = Arrays.copyOf(judged, capacity);
        reference = Arrays.copyOf(reference, capacity);
        people = Arrays.copyOf(people, capacity);
        lengthA = Arrays.copyOf(lengthA, capacity);
        lengthB = Arrays.copyOf(lengthB, capacity);
        modelA = Arrays.copyOf(modelA, capacity);
        modelB = Arrays.copyOf(modelB, capacity);
        flawA = Arrays.copyOf(flawA, capacity);
        flawB = Arrays.copyOf(flawB, capacity);
        textA = Arrays.copyOf(textA, capacity);
        textB = Arrays.copyOf(textB, capacity);
        firstShown = Arrays.copyOf(firstShown, capacity);
        spread = Arrays.copyOf(spread, capacity);
        variance = Arrays.copyOf(variance, capacity);
        slicings.forEach(slicing -> slicing.grow(capacity));
    }

    int size() {
        return size;
    }

    /** Hash of the row's id. */
    long key(int row) {
        return keys[row];
    }

    long prompt(int row) {
        return prompts[row];
    }

    boolean hasZ(int row) {
        return (flags[row] & NO_Z) == 0;
    }

    /** Only where {@link #hasZ}. */
    double z(int row) {
        return z[row];
    }

    boolean hasOrderGap(int row) {
        return (flags[row] & NO_GAP) == 0;
    }

    double orderGap(int row) {
        return orderGap[row];
    }

    Outcome judged(int row) {
        return Outcome.at(judged[row]);
    }

    Outcome reference(int row) {
        return Outcome.at(reference[row]);
    }

    /** For a reference that is known only when all rows are read. */
    void setReference(int row, Outcome label) {
        reference[row] = (byte) label.index();
    }

    int people(int row) {
        return people[row];
    }

    boolean unanimous(int row) {
        return (flags[row] & UNANIMOUS) != 0;
    }

    int lengthA(int row) {
        return lengthA[row];
    }

    int lengthB(int row) {
        return lengthB[row];
    }

    /** Number of the model among {@link #models}, or {@link Names#NONE}. */
    int modelA(int row) {
        return modelA[row];
    }

    int modelB(int row) {
        return modelB[row];
    }

    Names models() {
        return models;
    }

    int flawA(int row) {
        return flawA[row];
    }

    int flawB(int row) {
        return flawB[row];
    }

    Names flaws() {
        return flaws;
    }

    /** A hash of the text. */
    long textA(int row) {
        return textA[row];
    }

    long textB(int row) {
        return textB[row];
    }

    /** The response that the judge saw first, a tie where it saw both orders or it is not known. */
    Outcome firstShown(int row) {
        return Outcome.at(firstShown[row]);
    }

    /** Whether each order that was asked has several samples. */
    boolean repeated(int row) {
        return (flags[row] & REPEATED) != 0;
    }

    /** Whether samples of one order have different labels. */
    boolean contradicted(int row) {
        return (flags[row] & CONTRADICTED) != 0;
    }

    /** Standard deviation within an order, only where {@link #repeated}. */
    double spread(int row) {
        return spread[row];
    }

    /** Of z by the samples, only where {@link #repeated}. */
    double variance(int row) {
        return variance[row];
    }

    /** What standard errors sum over: the prompt, or the row where the settings resample rows. */
    long cluster(int row, AgreementSettings settings) {
        return settings.clusters() == Clusters.ROW ? row : prompts[row];
    }

    /**
     * All rows in an order of their own, rows of a prompt together: a sum of fractions ends in other digits where it is made in another
     * order.
     */
    int[] sorted() {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(this::prompt)
                        .thenComparingDouble(this::z)
                        .thenComparing(this::reference)
                        .thenComparingLong(this::textA)
                        .thenComparingLong(this::textB))
                .mapToInt(Integer::intValue)
                .toArray();
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
