import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Writes rows of pairs with gold labels to standard output: {@code java bench/GeneratePairs.java ROWS [SEED]}. Four responses
 * a prompt, of 200 to 400 characters and of known order (worse ones drift off the subject, repeat themselves or break
 * off), compared in a ring, so four pairs a prompt; one label in ten is a tie. Ids look random, as digests do in real
 * data. Equal arguments give equal bytes: {@link Random} is specified to the bit.
 */
final class GeneratePairs {
    private static final String[] SUBJECTS = {
        "a heat pump", "compound interest", "the water cycle", "a binary search", "sourdough bread", "a rain garden",
        "public transport", "a bicycle chain", "photosynthesis", "a household budget", "tidal energy", "a hash table",
        "bee keeping", "an electric kettle", "a short story", "noise insulation", "a vaccination plan", "a city map"
    };
    private static final String[] ASKED = {
        "Explain %s to a new colleague in a few sentences.", "What should I know about %s before I decide?",
        "Give me three facts about %s and say which matters most.", "Why do people disagree about %s?",
        "Write a short note on %s for a newsletter.", "How would you teach %s to a child of ten?"
    };
    private static final String[] OPENINGS = {
        "In short,", "The main point is that", "Most of all,", "To begin with,", "Put simply,", "As a rule,"
    };
    private static final String[] VERBS = {
        "depends on", "improves with", "is limited by", "should be compared with", "begins with", "is measured by"
    };
    private static final String[] THINGS = {
        "steady practice", "the temperature outside", "the size of the input", "good records", "a careful first step",
        "what it replaces", "the cost over ten years", "local rules", "time and patience", "the people who use it",
        "clean tools", "the season", "how often it is checked", "an honest estimate", "a second opinion", "weather"
    };
    private static final String[] QUALIFIERS = {
        "in most homes", "on average", "after a week or two", "even on a small scale", "for beginners", "in practice"
    };

    private final Random random;

    private GeneratePairs(long seed) {
        random = new Random(seed);
    }

    public static void main(String[] args) throws IOException {
        long rows = args.length > 0 ? Long.parseLong(args[0]) : 0;
        if (rows < 1) {
            System.err.println("usage: java bench/GeneratePairs.java ROWS [SEED]");
            System.exit(2);
        }
        try (PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false)) {
            new GeneratePairs(args.length > 1 ? Long.parseLong(args[1]) : 1).write(rows, out);
        }
    }

    private void write(long rows, OutputStream out) throws IOException {
        String[] responses = new String[4];
        int[] quality = {0, 1, 2, 3};
        for (long row = 0; row < rows; ) {
            String id = String.format("%016x", random.nextLong());
            String subject = pick(SUBJECTS);
            String prompt = String.format(pick(ASKED), subject) + " Number " + row + ".";
            shuffle(quality);
            for (int i = 0; i < responses.length; i++) {
                responses[i] = response(subject, quality[i]);
            }
            for (int a = 0; a < responses.length && row < rows; a++, row++) {
                int b = (a + 1) % responses.length;
                String gold = random.nextInt(10) == 0 ? "tie" : quality[a] > quality[b] ? "A" : "B";
                String line = "{\"id\":\"" + id + "-" + a + "\",\"prompt_id\":\"" + id + "\",\"prompt\":\"" + prompt
                        + "\",\"response_a\":\"" + responses[a] + "\",\"response_b\":\"" + responses[b]
                        + "\",\"model_a\":\"generated-" + a + "\",\"model_b\":\"generated-" + b
                        + "\",\"gold\":\"" + gold + "\"}\n";
                out.write(line.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** Quality 3 stays with the subject and ends well; each step down adds a flaw. */
    private String response(String subject, int quality) {
        StringBuilder text = new StringBuilder();
        int length = 200 + random.nextInt(160);
        String last = "";
        while (text.length() < length) {
            boolean strays = quality <= 1 && random.nextInt(2) == 0;
            boolean repeats = quality <= 2 && !last.isEmpty() && random.nextInt(3) == 0;
            if (!repeats) {
                last = pick(OPENINGS) + " " + (strays ? pick(SUBJECTS) : subject) + " " + pick(VERBS) + " "
                        + pick(THINGS) + " " + pick(QUALIFIERS) + ". ";
            }
            text.append(last);
        }
        int end = quality == 0 ? length - 7 : text.length() - 1;
        return text.substring(0, Math.min(end, 400));
    }

    private String pick(String[] words) {
        return words[random.nextInt(words.length)];
    }

    private void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }
}
