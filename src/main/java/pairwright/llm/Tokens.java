package pairwright.llm;

import java.util.function.ToLongFunction;
import pairwright.prompt.Message;

/** How many tokens requests have, about: for estimates. */
public final class Tokens {
    private static final int AROUND_A_MESSAGE = 4;
    private static final int BYTES_PER_TOKEN = 4;
    /** Of a longer text only the beginning is counted: the time of some texts grows faster than their length. */
    private static final int LONGEST_COUNTED = 16_384;

    private final ToLongFunction<String> text;
    private final String how;

    private Tokens(ToLongFunction<String> text, String how) {
        this.text = text;
        this.how = how;
    }

    /** By the vocabulary {@code o200k_base}; takes a while to load. */
    public static Tokens byVocabulary() {
        return new Tokens(
                text -> {
                    if (text.length() <= LONGEST_COUNTED) {
                        return TokenEstimate.of(text);
                    }
                    long counted = TokenEstimate.of(text.substring(0, LONGEST_COUNTED));
                    return Math.round((double) counted * text.length() / LONGEST_COUNTED);
                },
                "counted by o200k_base");
    }

    /** Four bytes each. */
    public static Tokens byLength() {
        return new Tokens(text -> TokenBound.utf8Length(text) / BYTES_PER_TOKEN, "at four bytes a token");
    }

    /** Of a whole request. */
    public long of(Request request) {
        long sum = 0;
        for (Message message : request.messages()) {
            sum += text.applyAsLong(message.content()) + AROUND_A_MESSAGE;
        }
        return sum;
    }

    /** A clause that says how they are counted. */
    public String how() {
        return how;
    }
}
