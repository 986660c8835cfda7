import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Writes rows of prompts to standard output: {@code java bench/GenerateTexts.java ROWS [SEED]}. Each is 40 to 80 words of a made-up
 * vocabulary of 50,000, without digits, some 400 characters. One row in ten is a copy of a row before it in which each word is replaced with a
 * chance that is drawn anew for each copy, from none to one in six, so that copies of all similarities from one half to one come; its id is
 * the original's behind a tilde. Equal arguments give equal bytes: {@link Random} is specified to the bit.
 */
final class GenerateTexts {
    private static final int VOCABULARY = 50_000;
    /** Originals that a copy can be of: the last ones, so that memory is fixed. */
    private static final int REMEMBERED = 10_000;

    private final Random random;
    private final String[] words = new String[VOCABULARY];

    private GenerateTexts(long seed) {
        random = new Random(seed);
        for (int i = 0; i < VOCABULARY; i++) {
            StringBuilder word = new StringBuilder();
            for (int n = 3 + random.nextInt(7); n > 0; n--) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            words[i] = word.toString();
        }
    }

    private String word() {
        return words[random.nextInt(VOCABULARY)];
    }

    private void write(long rows, PrintStream out) {
        String[] originals = new String[REMEMBERED];
        String[] ids = new String[REMEMBERED];
        int remembered = 0;
        for (long row = 0; row < rows; row++) {
            String id = "t" + row;
            StringBuilder text = new StringBuilder();
            if (remembered > 0 && random.nextInt(10) == 0) {
                int which = random.nextInt(Math.min(remembered, REMEMBERED));
                double chance = random.nextDouble() / 6;
                for (String word : originals[which].split(" ")) {
                    text.append(text.length() == 0 ? "" : " ").append(random.nextDouble() < chance ? word() : word);
                }
                id += "~" + ids[which];
            } else {
                for (int n = 40 + random.nextInt(41); n > 0; n--) {
                    text.append(text.length() == 0 ? "" : " ").append(word());
                }
                originals[remembered % REMEMBERED] = text.toString();
                ids[remembered % REMEMBERED] = id;
                remembered++;
            }
            out.print("{\"id\":\"" + id + "\",\"prompt\":\"" + text + "\"}\n");
        }
    }

    public static void main(String[] args) throws IOException {
        long rows = Long.parseLong(args[0]);
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        try (OutputStream raw = new BufferedOutputStream(System.out, 1 << 16);
                PrintStream out = new PrintStream(raw, false, StandardCharsets.UTF_8)) {
            new GenerateTexts(seed).write(rows, out);
        }
    }
}
