package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

/** The words of prompt and response, before there is a vocabulary to cut them up by; more than so many are never read, since a word is at least one token. */
final class WordsReader implements ResponseReader {
    private final int maxTokens;
    private final Lexicon lexicon = new Lexicon();
    private Prompt lastPrompt;
    private int[] lastWords;

    WordsReader(int maxTokens) {
        this.maxTokens = maxTokens;
    }

    Lexicon lexicon() {
        return lexicon;
    }

    @Override
    public TextWords read(PromptText prompt, Response response) {
        if (!response.prompt().equals(lastPrompt)) {
            int[] all = words(text(response.prompt()), Integer.MAX_VALUE);
            lastWords = Arrays.copyOfRange(all, Math.max(0, all.length - maxTokens), all.length);
            lastPrompt = response.prompt();
        }
        return new TextWords(lastWords, words(response.text(), maxTokens));
    }

    /** What is said in a prompt, one message a line. */
    static String text(Prompt prompt) {
        return prompt.messages().stream().map(Message::content).collect(Collectors.joining("\n"));
    }

    private int[] words(String text, int most) {
        List<Integer> words = new ArrayList<>();
        TokenWords.of(text, word -> {
            words.add(lexicon.number(word));
            return words.size() < most;
        });
        return words.stream().mapToInt(word -> word).toArray();
    }
}
