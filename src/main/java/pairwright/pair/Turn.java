package pairwright.pair;

/**
 * The place of a prompt among those that it shares turns with.
 *
 * @param number from 0
 * @param of how many they are
 */
public record Turn(long number, long of) {
    /** Of a prompt that shares with none. */
    public static final Turn ALONE = new Turn(0, 1);

    public Turn {
        if (!(number >= 0 && number < of)) {
            throw new IllegalArgumentException("turn is " + number + " of " + of + ", must be from 0 and below that");
        }
    }
}
