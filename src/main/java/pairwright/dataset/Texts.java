package pairwright.dataset;

import java.util.List;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.prompt.Message;

/**
 * Digests by which texts are recognised again, whatever the ids of their rows. They are half as long as SHA-256's, which
 * is still long enough that no two texts share one.
 */
final class Texts {
    private static final int LENGTH = 32;

    private Texts() {}

    /** Of what is asked. */
    static String prompt(List<Message> messages) {
        return digest(messages);
    }

    /** Of a response. */
    static String response(String text) {
        return digest(text);
    }

    /** Of what is asked and two responses, in this order. */
    static String pair(List<Message> messages, String first, String second) {
        return digest(List.of(messages, first, second));
    }

    private static String digest(Object value) {
        return Digests.sha256(Json.canonical(value)).substring(0, LENGTH);
    }
}
