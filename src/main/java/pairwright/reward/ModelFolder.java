package pairwright.reward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;

/**
 * A model on disk: raw little-endian float32 in {@code weights.bin}, what they mean in {@code manifest.json}, and a card for people in
 * {@code README.md}. A folder may come from anywhere, so nothing in it is believed before it is checked.
 */
final class ModelFolder {
    private static final String TENSOR = "weights.bin";
    private static final String MANIFEST = "manifest.json";
    private static final String CARD = "README.md";
    private static final long LARGEST_MANIFEST = 1 << 20;

    private ModelFolder() {}

    /** Weights first and the manifest last: a folder whose writing was interrupted does not load as something new. */
    static void write(RewardModel model, Path folder) {
        byte[] bytes = bytes(model.weights());
        AtomicFile.write(folder.resolve(TENSOR), bytes);
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                Manifest.VERSION,
                Manifest.LINEAR,
                model.features(),
                new Manifest.Tensor(
                        TENSOR,
                        Manifest.FLOAT32,
                        List.of((long) model.weights().length),
                        digest(folder.resolve(TENSOR))),
                model.report());
        AtomicFile.write(folder.resolve(CARD), ModelCard.of(manifest));
        AtomicFile.write(folder.resolve(MANIFEST), Json.pretty(manifest));
    }

    static RewardModel read(Path folder) {
        Path file = folder.resolve(MANIFEST);
        Manifest manifest = manifest(file);
        Manifest.Tensor tensor = manifest.tensor();
        check(file, "format", manifest.format(), Manifest.FORMAT);
        check(file, "format_version", manifest.formatVersion(), Manifest.VERSION);
        check(file, "architecture", manifest.architecture(), Manifest.LINEAR);
        // One fixed name: a path from the manifest could lead out of the folder.
        check(file, "tensor.file", tensor.file(), TENSOR);
        check(file, "tensor.dtype", tensor.dtype(), Manifest.FLOAT32);
        int columns = manifest.features().columns();
        check(file, "tensor.shape", tensor.shape(), List.of((long) columns));
        float[] weights = weights(folder.resolve(TENSOR), columns, tensor.sha256());
        return new RewardModel(manifest.features(), weights, manifest.report());
    }

    private static void check(Path file, String field, Object value, Object legal) {
        if (!Objects.equals(value, legal)) {
            throw refused(file, field + " is " + shown(value) + ", must be " + legal);
        }
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    private static BadInput refused(Path file, String what) {
        return new BadInput(file + ": " + what + "; the folder is not a reward model of this version or was changed:"
                + " fit it again or take a fresh copy");
    }

    private static Manifest manifest(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput(file + ": no such file; give a folder that `fit` wrote");
        }
        try {
            if (Files.size(file) > LARGEST_MANIFEST) {
                throw refused(file, "has " + Files.size(file) + " bytes, must have at most " + LARGEST_MANIFEST);
            }
            Map<String, Object> fields = Json.readMap(Files.readString(file, StandardCharsets.UTF_8));
            Manifest manifest = Json.convert(fields, Manifest.class);
            checkFields(file, "", Json.readMap(Json.write(manifest)), fields);
            return manifest;
        } catch (BadInput e) {
            throw e.getMessage().startsWith(file.toString()) ? e : refused(file, e.getMessage());
        } catch (IOException e) {
            throw refused(file, "cannot be read as UTF-8: " + e.getMessage());
        }
    }

    /** Every field that is written must be there, and no other: the manifest read, written again, has the same fields. */
    private static void checkFields(Path file, String path, Map<?, ?> known, Map<?, ?> given) {
        for (Map.Entry<?, ?> entry : given.entrySet()) {
            String name = path + entry.getKey();
            if (!known.containsKey(entry.getKey())) {
                throw refused(file, "field " + shown(name) + " is unknown");
            }
            if (known.get(entry.getKey()) instanceof Map<?, ?> inner && entry.getValue() instanceof Map<?, ?> value) {
                checkFields(file, name + ".", inner, value);
            }
        }
        for (Object key : known.keySet()) {
            if (!given.containsKey(key)) {
                throw refused(file, "field " + path + key + " is missing");
            }
        }
    }

    private static float[] weights(Path file, int columns, String sha256) {
        long expected = (long) columns * Float.BYTES;
        byte[] bytes;
        try {
            if (!Files.isRegularFile(file)) {
                throw refused(file, "no such file");
            }
            if (Files.size(file) != expected) {
                throw refused(file, "has " + Files.size(file) + " bytes, must have " + expected);
            }
            bytes = Files.readAllBytes(file);
            if (!digest(file).equals(sha256) || bytes.length != expected) {
                throw refused(file, "its SHA-256 is not the one in " + MANIFEST + ", " + shown(sha256));
            }
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + e.getMessage());
        }
        float[] weights = new float[columns];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(weights);
        for (int k = 0; k < columns; k++) {
            if (!Float.isFinite(weights[k])) {
                throw refused(file, "weight " + k + " is " + weights[k] + ", must be finite");
            }
        }
        return weights;
    }

    static byte[] bytes(float[] weights) {
        ByteBuffer buffer = ByteBuffer.allocate(weights.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(weights);
        return buffer.array();
    }

    private static String digest(Path file) {
        try {
            return Digests.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
