package pairwright.pair;

import java.util.Arrays;

/** The lowest of many numbers: a heap of primitives, 8 bytes for each that is kept. */
final class LowestNumbers {
    private final long most;
    /** The highest of them at the root. */
    private double[] heap = new double[16];

    private int size;

    /**
     * None yet.
     *
     * @param most how many are kept; {@link Long#MAX_VALUE} keeps all, and remembers none
     */
    LowestNumbers(long most) {
        this.most = most;
    }

    /** Whether the number is among the lowest of those added and itself. */
    boolean admits(double number) {
        return size < most || (size > 0 && number <= heap[0]);
    }

    void add(double number) {
        if (most == Long.MAX_VALUE || most == 0) {
            return;
        }
        if (size < most) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, Math.addExact(size, size >> 1));
            }
            heap[size] = number;
            up(size++);
        } else if (number < heap[0]) {
            heap[0] = number;
            down();
        }
    }

    private void up(int at) {
        int i = at;
        while (i > 0 && heap[(i - 1) / 2] < heap[i]) {
            swap(i, (i - 1) / 2);
            i = (i - 1) / 2;
        }
    }

    private void down() {
        int i = 0;
        while (true) {
            int highest = i;
            for (int child = 2 * i + 1; child <= 2 * i + 2 && child < size; child++) {
                highest = heap[child] > heap[highest] ? child : highest;
            }
            if (highest == i) {
                return;
            }
            swap(i, highest);
            i = highest;
        }
    }

    private void swap(int one, int other) {
        double number = heap[one];
        heap[one] = heap[other];
        heap[other] = number;
    }
}
