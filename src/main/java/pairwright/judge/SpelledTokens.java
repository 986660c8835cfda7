package pairwright.judge;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import pairwright.llm.TokenLogprobs;

/**
 * The tokens at the end of a reply, laid over its text byte by byte and from the end: what comes before (reasoning, characters of which a
 * token holds only some bytes) need not be spelled at all. Texts here are bytes, one character each.
 */
final class SpelledTokens {
    private final List<TokenLogprobs> tokens;
    private final int[] starts;
    private final int first;
    private final int end;

    private SpelledTokens(List<TokenLogprobs> tokens, int[] starts, int first, int end) {
        this.tokens = tokens;
        this.starts = starts;
        this.first = first;
        this.end = end;
    }

    /**
     * Empty when the tokens do not spell the text. White space and special tokens behind it are left out, since servers cut them off the
     * text.
     *
     * @param tail the reply from some place on
     */
    static Optional<SpelledTokens> ending(List<TokenLogprobs> tokens, String tail) {
        String text = bytes(tail).stripTrailing();
        int[] starts = new int[tokens.size()];
        int left = text.length();
        int end = tokens.size();
        boolean begun = false;
        for (int i = tokens.size() - 1; i >= 0; i--) {
            String token = spelling(tokens.get(i));
            if (!begun) {
                String visible = token.stripTrailing();
                if (visible.isEmpty() || (isSpecial(visible) && !text.endsWith(visible))) {
                    starts[i] = text.length();
                    end = i;
                    continue;
                }
                token = visible;
                begun = true;
            }
            int common = Math.min(token.length(), left);
            if (!text.regionMatches(left - common, token, token.length() - common, common)) {
                return Optional.empty();
            }
            left -= common;
            starts[i] = left - (token.length() - common);
            if (left == 0) {
                return Optional.of(new SpelledTokens(tokens, starts, i, end));
            }
        }
        return Optional.empty();
    }

    /** Whether the token has the form of those that end a reply or a turn. */
    static boolean isSpecial(String token) {
        return token.length() > 2 && token.charAt(0) == '<' && token.charAt(token.length() - 1) == '>';
    }

    /** The bytes of the token that was chosen; a token of half a character is known by its alternative of the same name. */
    private static String spelling(TokenLogprobs token) {
        Set<String> sameName = token.top().stream()
                .filter(each -> each.token().equals(token.token()))
                .map(TokenLogprobs.Alternative::bytes)
                .collect(Collectors.toSet());
        return sameName.size() == 1 ? ofHex(sameName.iterator().next()) : bytes(token.token());
    }

    /** The text's UTF-8. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static String ofHex(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    /** The token that covers a byte of the text. */
    int at(int place) {
        int index = first;
        while (index + 1 < end && starts[index + 1] <= place) {
            index++;
        }
        return index;
    }

    /** What a token holds of the text before a place, such as the space before a label. */
    record Lead(String text, boolean atPlace) {
        /**
         * A token's text from the place on; another number of spaces before it changes nothing. Empty when the token has another text
         * there.
         */
        Optional<String> without(String token) {
            if (!atPlace) {
                return Optional.of(token);
            }
            boolean same = token.startsWith(text);
            if (!text.isBlank()) {
                return same ? Optional.of(token.substring(text.length())) : Optional.empty();
            }
            String after = same ? token.substring(text.length()) : token;
            int spaces = 0;
            while (spaces < after.length() && after.charAt(spaces) == ' ') {
                spaces++;
            }
            return Optional.of(after.substring(spaces));
        }
    }

    /** For the token that covers the place, or for one behind it. */
    Lead lead(int index, int place) {
        return starts[index] > place
                ? new Lead("", false)
                : new Lead(chosen(index).substring(0, place - starts[index]), true);
    }

    TokenLogprobs token(int index) {
        return tokens.get(index);
    }

    /** The bytes of the token that was chosen. */
    String chosen(int index) {
        return spelling(tokens.get(index));
    }

    /** Whether there is such a token, be it one behind the text. */
    boolean has(int index) {
        return index < tokens.size();
    }
}
