package pairwright.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

/** Made-up pairs with a taste that can be learned: more good words than bad ones. */
final class Texts {
    private static final List<String> GOOD = List.of("clear", "kind", "exact", "useful", "brief");
    private static final List<String> BAD = List.of("vague", "rude", "wrong", "idle", "endless");
    private static final List<String> PLAIN =
            List.of("the", "answer", "is", "here", "and", "there", "you", "see", "it");

    private Texts() {}

    static Pair pair(String prompt, String a, String b) {
        return new Pair(
                prompt + "/" + a.hashCode() + "/" + b.hashCode(),
                new Prompt(prompt, List.of(Message.user("Question " + prompt)), Map.of()),
                a,
                b,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of());
    }

    static Judgment judged(String prompt, String a, String b, double z) {
        return Judgment.of(pair(prompt, a, b), "taste", new Preference(z));
    }

    /** {@code perPrompt} judgments for each of {@code prompts}; z follows the words, softly. */
    static List<Judgment> judgments(int prompts, int perPrompt, long seed) {
        Random random = new Random(seed);
        List<Judgment> judgments = new ArrayList<>();
        for (int p = 0; p < prompts; p++) {
            for (int k = 0; k < perPrompt; k++) {
                int[] taste = new int[2];
                String a = text(random, taste, 0);
                String b = text(random, taste, 1);
                judgments.add(judged("p" + p, a, b, 1 / (1 + Math.exp(-.7 * (taste[0] - taste[1])))));
            }
        }
        return judgments;
    }

    private static String text(Random random, int[] taste, int side) {
        StringBuilder text = new StringBuilder();
        int words = 8 + random.nextInt(12);
        for (int w = 0; w < words; w++) {
            int kind = random.nextInt(6);
            taste[side] += kind == 0 ? 1 : kind == 1 ? -1 : 0;
            List<String> from = kind == 0 ? GOOD : kind == 1 ? BAD : PLAIN;
            text.append(w > 0 ? " " : "").append(from.get(random.nextInt(from.size())));
        }
        return text.append('.').toString();
    }
}
