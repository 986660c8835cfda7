import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Preference rows for the benchmarks of files: java GenerateRows.java ROWS [SEED [REPEATED [TIMES]]] writes JSONL with prompt, chosen,
 * rejected and four other fields, about 1 KB a row, on standard output. A share REPEATED of the rows repeats the texts of an earlier one
 * (default 0.05). TIMES makes the texts so many times as long (default 1). Texts have quotes, line ends and, now and then, letters beyond ASCII.
 */
public final class GenerateRows {
    private static final String[] WORDS = ("the of a to in is that it for was on are with as be at by this had not but from or have an they which"
                    + " one you were her all she there would their we him been has when who will more no if out so said what up its about"
                    + " into than them can only other new some could time these two may then do first any my now such like our over man me"
                    + " even most made after also did many before must through back years where much your way well down should because each"
                    + " caf\u00e9 na\u00efve \u4f60\u597d \u041c\u0438\u0440")
            .split(" ");

    private GenerateRows() {}

    public static void main(String[] args) throws IOException {
        long rows = Long.parseLong(args[0]);
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        double repeated = args.length > 2 ? Double.parseDouble(args[2]) : .05;
        int times = args.length > 3 ? Integer.parseInt(args[3]) : 1;
        try (OutputStream out = new BufferedOutputStream(System.out, 1 << 16)) {
            for (long row = 0; row < rows; row++) {
                SplittableRandom own = new SplittableRandom(seed * 1_000_003 + row);
                long texts = row > 0 && own.nextDouble() < repeated ? own.nextLong(row) : row;
                SplittableRandom random = new SplittableRandom(~seed * 1_000_003 + texts);
                StringBuilder line = new StringBuilder("{\"id\":\"row-").append(row).append("\",\"prompt\":\"");
                text(line, random, times * (20 + random.nextInt(30)));
                line.append("\",\"chosen\":\"");
                text(line, random, times * (50 + random.nextInt(70)));
                line.append("\",\"rejected\":\"");
                text(line, random, times * (40 + random.nextInt(70)));
                line.append("\",\"source\":\"generated-")
                        .append(own.nextInt(8))
                        .append("\",\"score_chosen\":")
                        .append(own.nextInt(100) / 10.)
                        .append(",\"score_rejected\":")
                        .append(own.nextInt(100) / 10.)
                        .append("}\n");
                out.write(line.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void text(StringBuilder line, SplittableRandom random, int words) {
        for (int i = 0; i < words; i++) {
            int draw = random.nextInt(100);
            line.append(i == 0 ? "" : draw < 2 ? "\\n\\n" : " ");
            // The last few words are rare ones.
            String word = WORDS[random.nextInt(random.nextInt(20) == 0 ? WORDS.length : WORDS.length - 4)];
            line.append(draw > 97 ? "\\\"" + word + "\\\"" : word).append(draw > 94 ? "ing" : "");
        }
        line.append(Long.toString(random.nextLong() >>> 1, 36)).append('.');
    }
}
