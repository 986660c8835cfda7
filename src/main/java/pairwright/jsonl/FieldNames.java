package pairwright.jsonl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Names of fields and their numbers, shared by several threads. */
public final class FieldNames {
    /** More names than these are not numbered. */
    static final int MOST = 48;

    private volatile byte[][] names;

    /** Numbers these names from 0; others that come get the numbers behind them. */
    public FieldNames(List<String> first) {
        names = first.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** Whether the name of a number stands here. */
    boolean is(int field, byte[] bytes, int from, int length) {
        byte[] name = names[field];
        return name.length == length && Arrays.equals(name, 0, length, bytes, from, from + length);
    }

    /** The number of a name, which is new or not; below 0 where there are too many. */
    int find(byte[] bytes, int from, int length) {
        byte[][] known = names;
        for (int i = 0; i < known.length; i++) {
            if (known[i].length == length && Arrays.equals(known[i], 0, length, bytes, from, from + length)) {
                return i;
            }
        }
        return add(Arrays.copyOfRange(bytes, from, from + length));
    }

    private synchronized int add(byte[] name) {
        for (int i = 0; i < names.length; i++) {
            if (Arrays.equals(names[i], name)) {
                return i;
            }
        }
        if (names.length >= MOST) {
            return -1;
        }
        byte[][] more = Arrays.copyOf(names, names.length + 1);
        more[names.length] = name;
        names = more;
        return more.length - 1;
    }

    /** The name of a number. */
    public String name(int field) {
        return new String(names[field], StandardCharsets.UTF_8);
    }
}
