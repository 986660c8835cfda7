package pairwright.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, in lower-case hex. */
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

    /** Of the text's UTF-8 bytes; a lone surrogate counts as its JSON escape, so no two texts are confused. */
    public static String sha256(String text) {
        MessageDigest digest = sha256();
        digest.update((StandardCharsets.UTF_8.newEncoder().canEncode(text) ? text : Json.write(text))
                .getBytes(StandardCharsets.UTF_8));
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
