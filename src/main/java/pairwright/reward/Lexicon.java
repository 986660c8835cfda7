package pairwright.reward;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each different word once, numbered as they are met. */
final class Lexicon {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    int number(String word) {
        return numbers.computeIfAbsent(word, each -> {
            words.add(each);
            return words.size() - 1;
        });
    }

    List<String> words() {
        return words;
    }
}
