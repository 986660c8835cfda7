package pairwright.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256: digests in lower-case hex, and seeded choices made from them. */
public final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of the text's UTF-8 bytes; text with a lone surrogate is told from every other by a byte that UTF-8 never has. */
    public static String sha256(String text) {
        MessageDigest digest = sha256();
        update(digest, text);
        return hex(digest);
    }

    /**
     * A number that looks uniform in [0, 1) and depends on nothing but the seed and the parts: for choices that must not
     * change when other rows come or go. From the first 53 bits of SHA-256.
     */
    public static double uniform(long seed, String... parts) {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
        for (String part : parts) {
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length()).array());
            update(digest, part);
        }
        return (ByteBuffer.wrap(digest.digest()).getLong() >>> 11) * 0x1p-53;
    }

    /** Whether the text is plain ASCII; many times faster than looking at each character. */
    public static boolean isAscii(String text) {
        return Ascii.is(text, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the text is proper Unicode: without a surrogate that stands alone. */
    public static boolean isUnicode(String text) {
        if (isAscii(text)) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (Ascii.is(text, bytes) || isUnicode(text)) {
            digest.update(bytes);
        } else {
            digest.update((byte) 0xff);
            digest.update(Json.write(text).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Of these bytes. */
    public static String sha256(byte[] bytes) {
        MessageDigest digest = sha256();
        digest.update(bytes);
        return hex(digest);
    }

    /** Of a file's bytes. */
    public static String sha256(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                DigestInputStream in = new DigestInputStream(raw, sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return hex(in.getMessageDigest());
        }
    }
}
