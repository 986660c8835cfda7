package pairwright.reward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Encoders of a few lines, written as TorchScript by hand: a stored zip of a module's source, of pickles that hold its state and of raw numbers. */
public final class TinyEncoder {
    static final int WORDS = 5;
    static final int WIDTH = 4;

    private static final String HEAD = """
            class Tiny(Module):
              __parameters__ = [%s]
              __buffers__ = []
              training : bool
            %s  def forward(self: __torch__.Tiny,
                ids: Tensor,
                mask: Tensor) -> Tensor:
            """;

    /** The vector of a token is sin(id * (1, 2, 3, 4)). */
    private static final String WITHOUT_WEIGHTS = HEAD.formatted("", "") + """
                x = torch.to(torch.unsqueeze(ids, -1), 6)
                f = torch.arange(1, 5, dtype=6, layout=None, device=ops.prim.device(ids))
                _0 = torch.sin(torch.mul(x, f))
                return torch.mul(_0, torch.to(torch.unsqueeze(mask, -1), 6))
            """;

    /** The same, and each text's padding is added to all its vectors. */
    private static final String SEES_PADDING = HEAD.formatted("", "") + """
                x = torch.to(torch.unsqueeze(ids, -1), 6)
                f = torch.arange(1, 5, dtype=6, layout=None, device=ops.prim.device(ids))
                _0 = torch.sin(torch.mul(x, f))
                return torch.add(_0, torch.numel(ids))
            """;

    /** The vector of a token is its row of a table. */
    private static final String WITH_WEIGHTS =
            HEAD.formatted("\"weight\", \"idle\", ", "  weight : Tensor\n  idle : Tensor\n") + """
                weight = self.weight
                _0 = torch.embedding(weight, ids)
                return torch.mul(_0, torch.to(torch.unsqueeze(mask, -1), 6))
            """;

    private static final String TOKENIZER = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
             "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "unk_token": "?",
              "vocab": {"?": 0, "good": 1, "bad": 2, "plain": 3, "question": 4}}}
            """;

    private TinyEncoder() {}

    /** Writes both files and says that they are trusted. */
    static Path in(Path folder) throws IOException {
        return written(folder, WITHOUT_WEIGHTS, stateless(), Map.of());
    }

    /** One that gives other vectors to a text that is padded. */
    static Path thatSeesPadding(Path folder) throws IOException {
        return written(folder, SEES_PADDING, stateless(), Map.of());
    }

    /** One with a table of {@link #WORDS} by {@link #WIDTH} numbers, .01 times their place, and as many parameters that nothing reads. */
    public static Path withWeights(Path folder) throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(WORDS * WIDTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < WORDS * WIDTH; k++) {
            numbers.putFloat(.01f * k);
        }
        byte[] state = latin("\u0080\u0002c__torch__\nTiny\n)\u0081}" + tensor("weight", "0") + tensor("idle", "1")
                + text("training") + "\u0088sb.");
        return written(folder, WITH_WEIGHTS, state, Map.of("data/0", numbers.array(), "data/1", numbers.array()));
    }

    /** Pickle, protocol 2: an object of class __torch__.Tiny with the state {training: True}. */
    private static byte[] stateless() {
        return latin("\u0080\u0002c__torch__\nTiny\nq\u0000)\u0081}" + text("training") + "\u0088sb.");
    }

    /** A name and _rebuild_tensor_v2(storage, 0, shape, strides, requires_grad, OrderedDict()), set in a dictionary. */
    private static String tensor(String name, String storage) {
        return text(name) + "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n"
                + text(storage) + text("cpu") + small(WORDS * WIDTH) + "tQ" + small(0) + small(WORDS) + small(WIDTH)
                + "\u0086" + small(WIDTH) + small(1) + "\u0086\u0088ccollections\nOrderedDict\n)RtRs";
    }

    private static String text(String text) {
        return "X" + (char) text.length() + "\u0000\u0000\u0000" + text;
    }

    private static String small(int number) {
        return "K" + (char) number;
    }

    private static Path written(Path folder, String code, byte[] state, Map<String, byte[]> storages)
            throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("encoder.pt"), torchScript(code, state, storages));
        Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
        trust(folder);
        return folder;
    }

    /** Says that the folder's TorchScript is trusted, and no other. */
    static void trust(Path folder) throws IOException {
        System.setProperty(TorchScriptConsent.PROPERTY, pairwright.jsonl.Digests.sha256(folder.resolve("encoder.pt")));
    }

    private static byte[] torchScript(String code, byte[] state, Map<String, byte[]> storages) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("data.pkl", state);
        files.put("code/__torch__.py", latin(code));
        files.putAll(new java.util.TreeMap<>(storages));
        files.put("constants.pkl", latin("\u0080\u0002)."));
        files.put("version", latin("3\n"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry("tiny/" + file.getKey());
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                entry.setCrc(crc.getValue());
                entry.setSize(file.getValue().length);
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
