package pairwright.jsonl;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * 128 bits by which texts are recognised again (XXH3): fast, and among a billion texts two share one with a chance below 1e-20. Not for what
 * somebody might forge.
 */
public record Fingerprint(long high, long low) {
    /** Of texts in this order. */
    public static Fingerprint of(List<String> texts) {
        HashStream128 stream = Hashing.xxh3_128().hashStream();
        texts.forEach(stream::putString);
        HashValue128 value = stream.get();
        return new Fingerprint(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    /** Of bytes. */
    public static Fingerprint of(byte[] bytes, int from, int length) {
        HashValue128 value = Hashing.xxh3_128().hashBytesTo128Bits(bytes, from, length);
        return new Fingerprint(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    /** Of several together, in this order. */
    public static Fingerprint joined(Fingerprint one, Fingerprint two, Fingerprint three) {
        ByteBuffer all = ByteBuffer.allocate(6 * Long.BYTES);
        for (Fingerprint each : new Fingerprint[] {one, two, three}) {
            all.putLong(each.high).putLong(each.low);
        }
        return of(all.array(), 0, all.capacity());
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
