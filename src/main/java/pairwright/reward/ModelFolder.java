package pairwright.reward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.provenance.Version;

/**
 * A model on disk: raw float32 in {@code model.safetensors}, what they mean in {@code manifest.json}, and a card for people in
 * {@code MODEL_CARD.md}. A folder may come from anywhere, so nothing in it is believed before it is checked.
 */
final class ModelFolder {
    private static final String TENSORS = "model.safetensors";
    private static final String MANIFEST = "manifest.json";
    private static final String CARD = "MODEL_CARD.md";
    private static final List<String> ENCODER = List.of(TextEncoder.TORCHSCRIPT, TextEncoder.TOKENIZER);
    private static final long LARGEST_ENCODER = Integer.MAX_VALUE - 8;
    private static final long LARGEST_TOKENIZER = 1 << 26;
    private static final long LARGEST_MANIFEST = 1 << 20;
    private static final long LARGEST_CARD = 1 << 20;
    private static final long LARGEST_HEADER = 1 << 16;

    private ModelFolder() {}

    /** The manifest last: a folder whose writing was interrupted does not load as something new. */
    static void write(RewardModel model, Path folder) {
        AtomicFile.write(folder.resolve(TENSORS), Safetensors.bytes(model.tensors()));
        AtomicFile.write(folder.resolve(CARD), ModelCard.of(model));
        model.encoder().ifPresent(encoder -> encoder.copyTo(folder));
        model.wordPiece()
                .ifPresent(own -> AtomicFile.write(folder.resolve(TokenizerFile.NAME), TokenizerFile.bytes(own)));
        Map<String, String> files = new TreeMap<>();
        for (String name : names(model.encoder().isPresent(), model.wordPiece().isPresent())) {
            files.put(name, digest(folder.resolve(name)));
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                Manifest.VERSION,
                Version.current(),
                model.architecture(),
                Manifest.featuresOf(model),
                Manifest.shapeOf(model),
                model instanceof EnsembleModel ensemble
                        ? Optional.of(ensemble.members().stream()
                                .map(member -> Manifest.Member.of(member.model(), member.weight()))
                                .toList())
                        : Optional.empty(),
                model.data(),
                files,
                model.report(),
                Manifest.encoderOf(model),
                model instanceof TunedModel tuned ? Optional.of(tuned.shape()) : Optional.empty());
        AtomicFile.write(folder.resolve(MANIFEST), Json.pretty(manifest));
    }

    static RewardModel read(Path folder) {
        Path file = folder.resolve(MANIFEST);
        Manifest manifest = manifest(file);
        // Fixed names: a path from the manifest could lead out of the folder.
        check(
                file,
                "files",
                new TreeSet<>(manifest.files().keySet()),
                new TreeSet<>(names(manifest.encoderTokens().isPresent(), manifest.hasWordPiece())));
        Map<String, List<Long>> shapes = manifest.shapes();
        long numbers = shapes.values().stream()
                .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
                .sum();
        byte[] bytes = checked(
                folder.resolve(TENSORS),
                numbers * Float.BYTES + LARGEST_HEADER,
                manifest.files().get(TENSORS));
        checked(folder.resolve(CARD), LARGEST_CARD, manifest.files().get(CARD));
        if (manifest.encoderTokens().isPresent()) {
            for (String name : ENCODER) {
                checked(folder.resolve(name), LARGEST_ENCODER, manifest.files().get(name));
            }
        }
        Optional<WordPiece> wordPiece =
                manifest.hasWordPiece() ? Optional.of(wordPiece(folder, manifest)) : Optional.empty();
        Map<String, Safetensors.Tensor> tensors;
        try {
            tensors = Safetensors.read(bytes, shapes);
        } catch (BadInput e) {
            throw refused(folder.resolve(TENSORS), e.getMessage());
        }
        Optional<TextEncoder> encoder =
                manifest.encoderTokens().map(tokens -> TextEncoder.open(folder, tokens, DeviceChoice.AUTO));
        try {
            return model(manifest, new Beside(encoder, wordPiece), tensors);
        } catch (IllegalArgumentException e) {
            throw refused(folder.resolve(TENSORS), e.getMessage());
        }
    }

    /** What stands beside the tensors. */
    private record Beside(Optional<TextEncoder> encoder, Optional<WordPiece> wordPiece) {}

    private static WordPiece wordPiece(Path folder, Manifest manifest) {
        Path file = folder.resolve(TokenizerFile.NAME);
        try {
            return TokenizerFile.read(
                    checked(file, LARGEST_TOKENIZER, manifest.files().get(TokenizerFile.NAME)));
        } catch (BadInput e) {
            throw e.getMessage().startsWith(file.toString()) ? e : refused(file, e.getMessage());
        }
    }

    private static List<String> names(boolean encoder, boolean wordPiece) {
        List<String> names = new ArrayList<>(List.of(TENSORS, CARD));
        if (encoder) {
            names.addAll(ENCODER);
        } else if (wordPiece) {
            names.add(TokenizerFile.NAME);
        }
        return names;
    }

    private static RewardModel model(Manifest manifest, Beside beside, Map<String, Safetensors.Tensor> tensors) {
        if (manifest.members().isEmpty()) {
            if (manifest.tuned().isPresent()) {
                return new TunedModel(
                        beside.encoder().orElseThrow(),
                        tensors.get(TunedModel.HEAD).values(),
                        manifest.report(),
                        manifest.data());
            }
            return single(manifest, manifest.features(), manifest.mlp(), manifest.encoder(), beside, tensors);
        }
        List<EnsembleModel.Member> members = new ArrayList<>();
        for (int k = 0; k < manifest.members().get().size(); k++) {
            Manifest.Member member = manifest.members().get().get(k);
            Map<String, Safetensors.Tensor> own = new TreeMap<>();
            for (String name : member.shapes().keySet()) {
                own.put(name, tensors.get(EnsembleModel.prefix(k) + name));
            }
            members.add(new EnsembleModel.Member(
                    single(manifest, member.features(), member.mlp(), member.encoder(), beside, own), member.weight()));
        }
        return new EnsembleModel(members, manifest.report(), manifest.data());
    }

    private static RewardModel single(
            Manifest manifest,
            Optional<FeatureSettings> features,
            Optional<MlpNetwork.Shape> shape,
            Optional<EncoderShape> transformer,
            Beside beside,
            Map<String, Safetensors.Tensor> tensors) {
        if (transformer.isPresent()) {
            return new EncoderModel(
                    transformer.get(),
                    transformer.get().parameters(tensors),
                    beside.wordPiece().orElseThrow(),
                    manifest.report(),
                    manifest.data());
        }
        return shape.isPresent()
                ? new MlpModel(
                        MlpNetwork.of(shape.get(), tensors), beside.encoder(), manifest.report(), manifest.data())
                : new LinearModel(
                        features.orElseThrow(),
                        tensors.get(LinearModel.WEIGHTS).values(),
                        manifest.report(),
                        manifest.data());
    }

    private static byte[] checked(Path file, long most, String sha256) {
        try {
            if (!Files.isRegularFile(file)) {
                throw refused(file, "no such file");
            }
            if (Files.size(file) > most) {
                throw refused(file, "has " + Files.size(file) + " bytes, must have at most " + most);
            }
            byte[] bytes = Files.readAllBytes(file);
            if (!Digests.sha256(bytes).equals(sha256)) {
                throw refused(file, "its SHA-256 is not the one in " + MANIFEST + ", " + shown(sha256));
            }
            return bytes;
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + e.getMessage());
        }
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
            throw Pickle.at(file.getParent())
                    .map(
                            found -> new BadInput(
                                    found
                                            + ": is a pickle, which can run any code as it is loaded, and none is ever loaded here; give a folder that"
                                            + " `fit` wrote, or let a server that you trust with it answer for the model (--judge get-reward:MODEL)"))
                    .orElseGet(() -> new BadInput(file + ": no such file; give a folder that `fit` wrote"));
        }
        try {
            if (Files.size(file) > LARGEST_MANIFEST) {
                throw refused(file, "has " + Files.size(file) + " bytes, must have at most " + LARGEST_MANIFEST);
            }
            Map<String, Object> fields = Json.readMap(Files.readString(file, StandardCharsets.UTF_8));
            if (fields.containsKey("format_version")) {
                check(file, "format_version", fields.get("format_version"), Manifest.VERSION);
            }
            Manifest manifest = Json.convert(fields, Manifest.class);
            check(file, "format", manifest.format(), Manifest.FORMAT);
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

    private static String digest(Path file) {
        try {
            return Digests.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
