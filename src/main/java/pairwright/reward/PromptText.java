package pairwright.reward;

import java.util.HashSet;
import java.util.Set;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.Role;

/** What the style of a response is measured against: the words of the conversation and the language it is held in. */
final class PromptText {
    private final Set<Long> content = new HashSet<>();
    private final Set<Long> asked = new HashSet<>();
    private final int language;
    private final Demands demands;

    PromptText(Prompt prompt) {
        String last = "";
        int[] hits = new int[StopWords.LANGUAGES];
        for (Message message : prompt.messages()) {
            if (message.role() != Role.USER) {
                continue;
            }
            last = message.content();
            asked.clear(); // the last user message is what is asked
            Words words = new Words(message.content());
            while (words.next()) {
                StopWords.count(words.hash(), hits);
                if (isContent(words)) {
                    content.add(words.hash());
                    asked.add(words.hash());
                }
            }
        }
        demands = new Demands(last);
        language = StopWords.mostFrequent(hits);
    }

    /** Content words of all that the user said. */
    boolean says(long word) {
        return content.contains(word);
    }

    /** Content words of the user's last message. */
    Set<Long> asked() {
        return asked;
    }

    /** Of the user's last message. */
    Demands demands() {
        return demands;
    }

    /** Index of the language in {@link StopWords}, or -1 if it cannot be told. */
    int language() {
        return language;
    }

    static boolean isContent(Words words) {
        return words.isWord() && (words.isNumber() || words.length() > 2) && !StopWords.isAny(words.hash());
    }
}
