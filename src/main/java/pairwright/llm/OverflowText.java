package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Some servers report a request that does not fit as an ordinary completion whose whole text is their error. It is taken for
 * one only where it is unmistakable: one paragraph that is, from its first word, a known server's sentence with its numbers.
 */
final class OverflowText {
    private static final int LONGEST = 500;
    private static final Pattern SENTENCE = Pattern.compile(
            "(?:(?:\\W*(?:error|bad request|valueerror|http)\\b[^\\n]{0,40}?[:\\s-]\\s*)?(?:"
                    + "this model's maximum context length is \\d+ tokens\\b" // OpenAI, vLLM, FastChat
                    + "|you passed \\d+ input tokens and requested \\d+ output tokens\\b" // vLLM
                    + "|request \\(\\d+ tokens\\) exceeds the available context size\\b" // llama.cpp
                    + "|the request exceeds the available context size\\. try increasing the context size\\b" // llama.cpp
                    + "|requested tokens \\(\\d+\\) exceed context window of \\d+" // llama-cpp-python
                    + "|(?:prompt|input) is too long: \\d+ tokens > \\d+ maximum" // Anthropic
                    + "|the input token count \\(?\\d+\\)? exceeds the maximum number of tokens allowed" // Gemini
                    + ")[^\\n]*)\\s*",
            Pattern.CASE_INSENSITIVE);

    private OverflowText() {}

    static boolean is(String text) {
        String said = text.strip();
        return said.length() <= LONGEST
                && (said.startsWith("{")
                        ? isError(said)
                        : SENTENCE.matcher(said).matches());
    }

    /** The body of an error, handed on as the text of a completion. */
    private static boolean isError(String text) {
        try {
            JsonNode json = ReplyJson.parse(text.getBytes(StandardCharsets.UTF_8));
            boolean error =
                    ServerError.isIn(json) || json.path("object").asText().equals("error");
            return error && ServerError.of(json, ApiKey.NONE).overflow(400);
        } catch (IOException e) {
            return false;
        }
    }
}
