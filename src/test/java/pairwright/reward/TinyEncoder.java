package pairwright.reward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An encoder without weights, written as TorchScript by hand: a stored zip of a module's source and of pickles that hold its state. The vector of a token
 * is sin(id * (1, 2, 3, 4)).
 */
final class TinyEncoder {
    private static final String CODE = """
            class Tiny(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Tiny,
                ids: Tensor,
                mask: Tensor) -> Tensor:
                x = torch.to(torch.unsqueeze(ids, -1), 6)
                f = torch.arange(1, 5, dtype=6, layout=None, device=ops.prim.device(ids))
                _0 = torch.sin(torch.mul(x, f))
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
        Files.createDirectories(folder);
        Files.write(folder.resolve("encoder.pt"), torchScript());
        Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
        System.setProperty(TorchScriptConsent.PROPERTY, pairwright.jsonl.Digests.sha256(folder.resolve("encoder.pt")));
        return folder;
    }

    private static byte[] torchScript() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        // Pickle, protocol 2: an object of class __torch__.Tiny with the state {training: True}.
        files.put(
                "data.pkl",
                latin("\u0080\u0002c__torch__\nTiny\nq\u0000)\u0081}X\b\u0000\u0000\u0000training\u0088sb."));
        files.put("code/__torch__.py", latin(CODE));
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
