package pairwright.reward;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;

/**
 * A TorchScript file is a program. It is run only where the user has named its SHA-256, in the environment variable {@value #VARIABLE} or the system property
 * {@value #PROPERTY}; several with commas between.
 */
final class TorchScriptConsent {
    static final String VARIABLE = "PAIRWRIGHT_TRUSTED_TORCHSCRIPT";
    static final String PROPERTY = "pairwright.trusted.torchscript";

    private TorchScriptConsent() {}

    /**
     * The file's digest, if it is trusted.
     *
     * @throws BadInput if it is not, before anything of it is loaded
     */
    static String checked(Path file) {
        String digest;
        try {
            digest = Digests.sha256(file);
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        }
        String named = Optional.ofNullable(System.getProperty(PROPERTY))
                .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
                .orElse("");
        if (Arrays.stream(named.split(",")).map(String::strip).noneMatch(digest::equals)) {
            throw new BadInput(file
                    + ": is TorchScript, a program that would run here, and you have not said that you trust it; if you"
                    + " do, set " + VARIABLE + "=" + digest + " and start again");
        }
        return digest;
    }
}
