package pairwright.reward;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;

/**
 * An encoder that somebody else trained, from a folder with {@value #TORCHSCRIPT} and {@value #TOKENIZER}; a text's embedding is the mean of its tokens'
 * vectors. It is frozen, and safe for several threads; {@link #trainable} gives a copy whose parameters can be trained.
 */
final class TextEncoder {
    static final String TORCHSCRIPT = "encoder.pt";
    static final String TOKENIZER = "tokenizer.json";
    private static final int BATCH = 32;
    private static final double ROUNDING = 1e-3;

    private final Path folder;
    private final int maxTokens;
    private final HuggingFaceTokenizer tokenizer;
    private final TorchScript module;
    private final Optional<byte[]> trained;
    private final String digest;
    private final int width;

    private TextEncoder(
            Path folder, int maxTokens, HuggingFaceTokenizer tokenizer, TorchScript module, Optional<byte[]> trained) {
        this.folder = folder;
        this.maxTokens = maxTokens;
        this.tokenizer = tokenizer;
        this.module = module;
        this.trained = trained;
        try {
            this.digest =
                    trained.isPresent() ? Digests.sha256(trained.get()) : Digests.sha256(folder.resolve(TORCHSCRIPT));
        } catch (IOException e) {
            throw new UncheckedIOException(folder.resolve(TORCHSCRIPT) + ": cannot be read: " + e.getMessage(), e);
        }
        this.width = width();
    }

    /**
     * Reads an encoder.
     *
     * @param maxTokens longer texts are cut
     * @throws BadInput if a file is missing or cannot be used, the TorchScript file is not trusted, or the device is not there
     */
    static TextEncoder open(Path folder, int maxTokens, DeviceChoice device) {
        for (String name : new String[] {TORCHSCRIPT, TOKENIZER}) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new BadInput(folder.resolve(name) + ": no such file; an encoder is a folder with " + TORCHSCRIPT
                        + ", TorchScript, and " + TOKENIZER + onnx(folder));
            }
        }
        TorchScriptConsent.checked(folder.resolve(TORCHSCRIPT));
        HuggingFaceTokenizer tokenizer;
        try {
            tokenizer = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(folder.resolve(TOKENIZER))
                    .optMaxLength(maxTokens)
                    .optTruncation(true)
                    .optPadding(false)
                    .build();
        } catch (IOException | RuntimeException e) {
            throw new BadInput(folder.resolve(TOKENIZER) + ": cannot be used as a tokenizer: " + e.getMessage(), e);
        }
        return new TextEncoder(
                folder,
                maxTokens,
                tokenizer,
                TorchScript.frozen(folder.resolve(TORCHSCRIPT), Torch.on(device)),
                Optional.empty());
    }

    private static String onnx(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".onnx"))
                    .sorted()
                    .findFirst()
                    .map(
                            name -> "; " + name
                                    + " is ONNX, which is not read: export the same encoder as TorchScript, as docs/encoders.md says")
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The same with other parameters, as {@link TorchScript#bytes} gives them. */
    TextEncoder with(byte[] torchScript) {
        return new TextEncoder(
                folder,
                maxTokens,
                tokenizer,
                TorchScript.frozen(torchScript, module.torch()),
                Optional.of(torchScript));
    }

    /**
     * The module again, to be trained.
     *
     * @throws BadInput if it has no parameters, or the file was changed
     */
    TorchScript trainable() {
        return TorchScript.trainable(folder.resolve(TORCHSCRIPT), module.torch());
    }

    /**
     * How many numbers an embedding has. A module that was traced for one text at a time, or that lets the padding be seen, would give other numbers for a text
     * beside a longer one, without an error.
     */
    private int width() {
        TextTokens brief = new TextTokens(tokens("a", "b"));
        TextTokens large =
                new TextTokens(tokens("a question of several words", "and an answer of some more words to it"));
        float[] alone = means(List.of(brief))[0];
        float[] beside = means(List.of(brief, large))[0];
        double most = 0;
        double off = 0;
        for (int k = 0; k < alone.length; k++) {
            most = Math.max(most, Math.abs(alone[k]));
            off = Math.max(off, Math.abs(alone[k] - beside[k]));
        }
        if (!(off <= ROUNDING * Math.max(most, ROUNDING))) {
            throw new BadInput(
                    folder.resolve(TORCHSCRIPT) + ": gives other vectors for a text beside a longer one, by "
                            + off + " of " + most
                            + ": it was traced for one text at a time or does not heed the mask; export it again as docs/encoders.md says");
        }
        return alone.length;
    }

    TextTokens tokens(Response response) {
        return new TextTokens(tokens(WordsReader.text(response.prompt()), response.text()));
    }

    private int[] tokens(String prompt, String response) {
        return Arrays.stream(tokenizer.encode(prompt, response).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** The embedding of a response as the answer to a prompt, which are one input of two parts. */
    float[] embedding(Response response) {
        return means(List.of(tokens(response)))[0];
    }

    /** Those of many, in batches of similar length: they may differ from {@link #embedding} by the rounding of float32. */
    float[][] embeddings(List<TextTokens> texts) {
        float[][] embeddings = new float[texts.size()][];
        LengthBatches.each(
                LengthBatches.of(
                        texts.size(), k -> EncoderInput.padded(texts.get(k).ids().length, maxTokens), BATCH),
                !module.torch().isGpu(),
                batch -> {
                    float[][] some =
                            means(Arrays.stream(batch).mapToObj(texts::get).toList());
                    for (int k = 0; k < batch.length; k++) {
                        embeddings[batch[k]] = some[k];
                    }
                });
        return embeddings;
    }

    private float[][] means(List<TextTokens> texts) {
        try (NDManager part = module.torch().manager()) {
            float[] all = module.means(part, texts, maxTokens, false).toFloatArray();
            int each = all.length / texts.size();
            float[][] rows = new float[texts.size()][];
            for (int k = 0; k < rows.length; k++) {
                rows[k] = Arrays.copyOfRange(all, k * each, (k + 1) * each);
            }
            return rows;
        }
    }

    /** Writes both files; nothing where they are those that it was read from. */
    void copyTo(Path target) {
        if (trained.isPresent()) {
            AtomicFile.write(target.resolve(TORCHSCRIPT), trained.get());
        } else {
            copy(folder.resolve(TORCHSCRIPT), target.resolve(TORCHSCRIPT));
        }
        copy(folder.resolve(TOKENIZER), target.resolve(TOKENIZER));
    }

    private static void copy(Path from, Path to) {
        try {
            if (!Files.exists(to) || !Files.isSameFile(from, to)) {
                AtomicFile.write(to, Files.readAllBytes(from));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(from + ": cannot be copied to " + to + ": " + e.getMessage(), e);
        }
    }

    int maxTokens() {
        return maxTokens;
    }

    /** Numbers of an embedding. */
    int embeddingWidth() {
        return width;
    }

    /** What decides its embeddings: the digests of both files. */
    String contents() {
        try {
            return digest + Digests.sha256(folder.resolve(TOKENIZER));
        } catch (IOException e) {
            throw new UncheckedIOException(folder.resolve(TOKENIZER) + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** SHA-256 of the TorchScript file, by which it is trusted. */
    String digest() {
        return digest;
    }
}
