package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a response becomes a feature vector. Two models with equal settings read texts alike; the settings travel in the
 * model's manifest.
 *
 * @param version of the feature definitions; this build reads and writes {@link #VERSION}
 * @param hashBits the hashed columns number 2^hashBits, in [8, 24]
 * @param wordOrder longest word n-gram, in [1, 4]
 * @param charShortest shortest character n-gram, in [1, charLongest]
 * @param charLongest longest character n-gram, in [1, 8]; 0 leaves the group out
 * @param startOrder longest n-gram at the start of the reply, in [1, 8]; 0 leaves the group out
 * @param styleWeight factor of the dense style columns against the hashed groups, each of which has length one; in (0, 10], 0
 *     leaves them out
 */
public record FeatureSettings(
        @JsonProperty("version") int version,
        @JsonProperty("hash_bits") int hashBits,
        @JsonProperty("word_order") int wordOrder,
        @JsonProperty("char_shortest") int charShortest,
        @JsonProperty("char_longest") int charLongest,
        @JsonProperty("start_order") int startOrder,
        @JsonProperty("style_weight") double styleWeight) {
    /** The feature definitions of this build. */
    public static final int VERSION = 1;

    /** Word 1- to 2-grams alone, what a baseline reads. */
    static final FeatureSettings WORDS = new FeatureSettings(VERSION, 18, 2, 1, 0, 0, 0);

    public static final FeatureSettings DEFAULT = new FeatureSettings(VERSION, 18, 2, 3, 5, 4, 1);

    public FeatureSettings {
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "features version is " + version + ", must be " + VERSION + ", the one this build computes");
        }
        checkRange("hash_bits", hashBits, 8, 24);
        checkRange("word_order", wordOrder, 1, 4);
        checkRange("char_longest", charLongest, 0, 8);
        checkRange("char_shortest", charShortest, 1, Math.max(1, charLongest));
        checkRange("start_order", startOrder, 0, 8);
        if (!(styleWeight >= 0 && styleWeight <= 10)) {
            throw new IllegalArgumentException("style_weight is " + styleWeight + ", must be in [0, 10]");
        }
    }

    private static void checkRange(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " is " + value + ", must be in [" + low + ", " + high + "]");
        }
    }

    /** The same with another size of the hashed part. */
    public FeatureSettings withHashBits(int bits) {
        return new FeatureSettings(version, bits, wordOrder, charShortest, charLongest, startOrder, styleWeight);
    }

    /** Hashed columns, before the dense style columns. */
    @JsonIgnore
    int hashedColumns() {
        return 1 << hashBits;
    }

    /** All columns of a feature vector: the hashed ones, then one for each style feature. */
    @JsonIgnore
    public int columns() {
        return hashedColumns() + Style.COLUMNS;
    }
}
