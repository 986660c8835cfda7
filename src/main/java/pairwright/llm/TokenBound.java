package pairwright.llm;

import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.prompt.Message;

/**
 * The most tokens that one attempt can use. A token of a text has at least one byte (true for byte-level and byte-fallback
 * vocabularies, not for those that first rewrite a character as several); what a server's template puts around it is
 * allowed for.
 *
 * @param prompt of the request
 * @param reply of the reply, its reasoning included
 */
record TokenBound(long prompt, long reply) {
    /** Role, separators, names. */
    private static final int AROUND_A_MESSAGE = 16;
    /** A system prompt of the template's own: the date, the model's name. */
    private static final int AROUND_A_REQUEST = 256;
    /** Servers explain a tool or a shape to the model in up to some 500 tokens of their own, beside the schema. */
    private static final int AROUND_A_FORMAT = 1024;

    static TokenBound of(Request request) {
        long prompt = AROUND_A_REQUEST;
        for (Message message : request.messages()) {
            prompt += utf8Length(message.content()) + AROUND_A_MESSAGE;
        }
        for (String label : request.labels()) {
            prompt += utf8Length(label) + AROUND_A_MESSAGE;
        }
        // A server that scores labels is asked once for each of them.
        prompt *= Math.max(1, request.labels().size());
        if (request.format().isPresent()) {
            prompt += AROUND_A_FORMAT + utf8Length(Json.write(request.format().get()));
        }
        return new TokenBound(prompt, request.sampling().maxTokens());
    }

    /** How many bytes a text has in UTF-8; a lone surrogate counts as the three of its replacement. */
    static long utf8Length(String text) {
        if (Digests.isAscii(text)) {
            return text.length();
        }
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                if (c < 0x800) {
                    bytes++;
                } else if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    bytes += 2; // four bytes for two chars
                    i++;
                } else {
                    bytes += 2;
                }
            }
        }
        return bytes;
    }
}
