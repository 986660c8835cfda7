package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordFileTest {
    private static final int WIDTH = 21;

    @Test
    void recordsBeyondMemoryLieInAFileAndKeepTheirValues() {
        RecordFile file = new RecordFile(WIDTH);
        int records = 2 * RecordFile.SEGMENT + 3;
        for (int i = 0; i < records; i++) {
            assertThat(file.add()).isEqualTo(i);
            file.putLong(i, 0, i * 1_000_000_007L);
            file.putDouble(i, 8, -i / 3.);
            file.putInt(i, 16, ~i);
            file.putByte(i, 20, i);
        }
        assertThat(file.size()).isEqualTo(records);
        assertThat(IntStream.range(0, records))
                .allMatch(i -> file.getLong(i, 0) == i * 1_000_000_007L
                        && file.getDouble(i, 8) == -i / 3.
                        && file.getInt(i, 16) == ~i
                        && file.getByte(i, 20) == i.byteValue());
    }

    @Test
    void aNewRecordIsZero() {
        RecordFile file = new RecordFile(WIDTH);
        for (int i = 0; i < 1000; i++) {
            file.add();
        }
        assertThat(IntStream.range(0, 1000)).allMatch(i -> file.getLong(i, 13) == 0);
    }

    @Test
    void rowsAreGroupedAsASortByKeyAndComparatorGroupsThem() {
        Random random = new Random(4);
        long[] keys = IntStream.range(0, 5000)
                .mapToLong(i -> (random.nextInt(700) - 350) * 0x9E3779B97F4A7C15L)
                .toArray();
        int[] values =
                IntStream.range(0, keys.length).map(i -> random.nextInt(3)).toArray();
        Comparator<Integer> within = Comparator.comparingInt(row -> values[row]);
        Integer[] sorted = IntStream.range(0, keys.length).boxed().toArray(Integer[]::new);
        java.util.Arrays.sort(
                sorted, Comparator.<Integer>comparingLong(row -> keys[row]).thenComparing(within));
        assertThat(RowOrder.grouped(keys.length, row -> keys[row], within))
                .containsExactly(java.util.Arrays.stream(sorted)
                        .mapToInt(Integer::intValue)
                        .toArray());
        assertThat(RowOrder.grouped(0, row -> 0, within)).isEmpty();
    }
}
