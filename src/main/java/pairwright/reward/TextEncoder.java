package pairwright.reward;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pairwright.jsonl.BadInput;

/**
 * An encoder that somebody else trained, from a folder with {@value #TORCHSCRIPT} and {@value #TOKENIZER}: token ids and mask, int64 of shape (1, tokens),
 * to vectors, float32 of shape (1, tokens, width). It is frozen; a text's embedding is the mean of its tokens' vectors.
 */
final class TextEncoder {
    static final String TORCHSCRIPT = "encoder.pt";
    static final String TOKENIZER = "tokenizer.json";

    private final Path folder;
    private final int maxTokens;
    private final Torch torch;
    private final Model model;
    private final HuggingFaceTokenizer tokenizer;

    private TextEncoder(Path folder, int maxTokens, Torch torch, Model model, HuggingFaceTokenizer tokenizer) {
        this.folder = folder;
        this.maxTokens = maxTokens;
        this.torch = torch;
        this.model = model;
        this.tokenizer = tokenizer;
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
                        + ", TorchScript, and " + TOKENIZER);
            }
        }
        TorchScriptConsent.checked(folder.resolve(TORCHSCRIPT));
        Torch torch = Torch.on(device);
        Model model = torch.model();
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(folder.resolve(TOKENIZER))
                    .optMaxLength(maxTokens)
                    .optTruncation(true)
                    .optPadding(false)
                    .build();
            model.load(folder, TORCHSCRIPT);
            return new TextEncoder(folder, maxTokens, torch, model, tokenizer);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new BadInput(folder + ": cannot be used as an encoder: " + e.getMessage(), e);
        }
    }

    /**
     * The embedding of a response as the answer to a prompt, which are one input of two parts.
     *
     * @throws BadInput if the encoder does not give one vector for each token
     */
    synchronized float[] embedding(String prompt, String response) {
        Encoding encoding = tokenizer.encode(prompt, response);
        try (NDManager manager = torch.manager()) {
            NDArray ids = manager.create(encoding.getIds()).expandDims(0);
            NDArray mask = manager.create(encoding.getAttentionMask()).expandDims(0);
            NDList out = model.getBlock().forward(new ParameterStore(manager, false), new NDList(ids, mask), false);
            NDArray vectors = out.get(0);
            if (vectors.getShape().dimension() != 3
                    || vectors.getShape().get(1) != encoding.getIds().length
                    || vectors.getDataType() != DataType.FLOAT32) {
                throw new BadInput(folder.resolve(TORCHSCRIPT) + ": gives " + vectors.getDataType() + " of shape "
                        + vectors.getShape() + " for " + encoding.getIds().length
                        + " tokens, must give float32 of shape (1, tokens, width)");
            }
            out.attach(manager);
            return vectors.mean(new int[] {1}).toFloatArray();
        }
    }

    Path folder() {
        return folder;
    }

    int maxTokens() {
        return maxTokens;
    }
}
