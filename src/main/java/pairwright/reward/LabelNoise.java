package pairwright.reward;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Which labels are turned over when noise is asked for: the same ones for a seed, and those of a smaller share among those of a larger. */
final class LabelNoise {
    private LabelNoise() {}

    static boolean turns(long seed, int row, double share) {
        CRC32 digest = new CRC32();
        digest.update(("noise:" + seed + ":" + row).getBytes(StandardCharsets.UTF_8));
        // The checksum is linear; mixing makes neighbours independent.
        return (TextHash.mixed(digest.getValue()) >>> 11) * 0x1p-53 < share;
    }
}
