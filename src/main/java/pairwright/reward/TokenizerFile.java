package pairwright.reward;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * A {@link WordPiece} as the tokenizer.json that the library `tokenizers` reads. The special tokens are the post-processor's alone and are not found in texts, so that
 * nobody can write one into a text.
 */
final class TokenizerFile {
    static final String NAME = "tokenizer.json";

    private TokenizerFile() {}

    static byte[] bytes(WordPiece wordPiece) {
        return Json.pretty(tokenizer(wordPiece.pieces())).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #bytes} wrote, and nothing that differs from it: a tokenizer that works otherwise would give other tokens than the model was fitted to.
     *
     * @throws BadInput saying what it holds
     */
    static WordPiece read(byte[] bytes) {
        Map<String, Object> file = Json.readMap(new String(bytes, StandardCharsets.UTF_8));
        if (!(file.get("model") instanceof Map<?, ?> model) || !(model.get("vocab") instanceof Map<?, ?> vocabulary)) {
            throw new BadInput("it holds no WordPiece vocabulary");
        }
        List<String> pieces = new ArrayList<>(Collections.nCopies(vocabulary.size(), ""));
        vocabulary.forEach((piece, id) -> {
            if (!(id instanceof Integer number && number >= 0 && number < pieces.size())) {
                throw new BadInput(
                        "piece " + piece + " has the id " + id + ", must be one of 0 to " + (pieces.size() - 1));
            }
            pieces.set(number, String.valueOf(piece));
        });
        try {
            WordPiece read = new WordPiece(pieces);
            if (!Json.canonical(file).equals(Json.canonical(tokenizer(pieces)))) {
                throw new BadInput("it is another tokenizer than a fit writes");
            }
            return read;
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage(), e);
        }
    }

    private static Map<String, Object> tokenizer(List<String> pieces) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (int id = 0; id < pieces.size(); id++) {
            vocabulary.put(pieces.get(id), id);
        }
        return object(
                "version", "1.0",
                "truncation", null,
                "padding", null,
                "added_tokens", List.of(),
                "normalizer",
                        object(
                                "type", "BertNormalizer",
                                "clean_text", true,
                                "handle_chinese_chars", true,
                                "strip_accents", false,
                                "lowercase", true),
                "pre_tokenizer", object("type", "BertPreTokenizer"),
                "post_processor",
                        object(
                                "type",
                                "TemplateProcessing",
                                "single",
                                List.of(special(WordPiece.FIRST, 0), sequence("A", 0), special(WordPiece.SEPARATOR, 0)),
                                "pair",
                                List.of(
                                        special(WordPiece.FIRST, 0),
                                        sequence("A", 0),
                                        special(WordPiece.SEPARATOR, 0),
                                        sequence("B", 1),
                                        special(WordPiece.SEPARATOR, 1)),
                                "special_tokens",
                                object(
                                        WordPiece.SPECIAL.get(WordPiece.FIRST), told(WordPiece.FIRST),
                                        WordPiece.SPECIAL.get(WordPiece.SEPARATOR), told(WordPiece.SEPARATOR))),
                "decoder", object("type", "WordPiece", "prefix", WordPiece.CONTINUED, "cleanup", true),
                "model",
                        object(
                                "type",
                                "WordPiece",
                                "unk_token",
                                WordPiece.SPECIAL.get(WordPiece.UNKNOWN),
                                "continuing_subword_prefix",
                                WordPiece.CONTINUED,
                                "max_input_chars_per_word",
                                WordPiece.LONGEST_WORD,
                                "vocab",
                                vocabulary));
    }

    private static Map<String, Object> special(int id, int type) {
        return object("SpecialToken", object("id", WordPiece.SPECIAL.get(id), "type_id", type));
    }

    private static Map<String, Object> sequence(String name, int type) {
        return object("Sequence", object("id", name, "type_id", type));
    }

    private static Map<String, Object> told(int id) {
        String token = WordPiece.SPECIAL.get(id);
        return object("id", token, "ids", List.of(id), "tokens", List.of(token));
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int k = 0; k < namesAndValues.length; k += 2) {
            object.put((String) namesAndValues[k], namesAndValues[k + 1]);
        }
        return object;
    }
}
