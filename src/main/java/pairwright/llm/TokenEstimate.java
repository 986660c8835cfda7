package pairwright.llm;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.charset.StandardCharsets;
import pairwright.prompt.Message;

/**
 * How many tokens a request has, roughly: counted with OpenAI's o200k_base, whatever the model. Other vocabularies of that size
 * come near it; older and smaller ones need more, above all outside of English.
 */
final class TokenEstimate {
    private static final int AROUND_A_MESSAGE = 4;
    /** Beyond it a count would cost more than it is worth. */
    private static final int LONGEST_COUNTED = 1 << 17;

    private static final int BYTES_PER_TOKEN = 3;
    private static final int LONGEST_TOKEN = 128;

    private TokenEstimate() {}

    /** Read when it is first needed: the vocabulary takes a third of a second. */
    private static final class Vocabulary {
        static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    /** Of the messages, without the reply. */
    static long of(Request request) {
        long tokens = 0;
        for (Message message : request.messages()) {
            tokens += of(message.content()) + AROUND_A_MESSAGE;
        }
        return tokens;
    }

    static long of(String text) {
        return text.length() <= LONGEST_COUNTED
                ? Vocabulary.O200K.countTokensOrdinary(text)
                : text.getBytes(StandardCharsets.UTF_8).length / BYTES_PER_TOKEN;
    }

    /**
     * What no tokenizer in use goes below: none has a token that joins words parted by white space, and none has one of more than
     * 128 bytes.
     */
    static long atLeast(Request request) {
        long words = 0;
        long chars = 0;
        for (Message message : request.messages()) {
            boolean inside = false;
            String text = message.content();
            for (int i = 0; i < text.length(); i++) {
                boolean word = !Character.isWhitespace(text.charAt(i));
                words += word && !inside ? 1 : 0;
                inside = word;
            }
            chars += text.length();
        }
        return Math.max(words, chars / LONGEST_TOKEN);
    }
}
