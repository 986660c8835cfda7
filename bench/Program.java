import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the real program for benchmarks, and makes pairs for it. */
final class Program {
    private Program() {}

    /** {@code ./pairwright} with these arguments; its words go to FILE.out and FILE.err. */
    static Process start(Path said, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("./pairwright"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        said.resolveSibling(said.getFileName() + ".out").toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        said.resolveSibling(said.getFileName() + ".err").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Its exit code; a program that has not ended by then is a failure of the benchmark. */
    static int await(Process process, long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("a run took longer than " + seconds + " s");
        }
        return process.exitValue();
    }

    /** Rows of pairs, equal for equal arguments. */
    static Path pairs(Path file, int count, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append("{\"id\":\"p").append(i).append("\",\"prompt\":\"Question ").append(i).append(": ")
                    .append(words(random, 12)).append("?\",\"response_a\":\"").append(words(random, 30))
                    .append(".\",\"response_b\":\"").append(words(random, 30)).append("!\"}\n");
        }
        return Files.writeString(file, rows);
    }

    private static String words(Random random, int most) {
        String[] some = {"water", "the", "grows", "slowly", "under", "light", "caf\u00e9", "\u6c34", "and", "stone", "why", "so"};
        StringBuilder text = new StringBuilder();
        int count = 2 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(some[random.nextInt(some.length)]);
        }
        return text.toString();
    }

    /** The files below a folder that hold a word, bytes compared. */
    static List<Path> holding(Path folder, String word) throws IOException {
        byte[] wanted = word.getBytes(StandardCharsets.UTF_8);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (contains(Files.readAllBytes(file), wanted)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static boolean contains(byte[] text, byte[] word) {
        return new String(text, StandardCharsets.ISO_8859_1)
                .contains(new String(word, StandardCharsets.ISO_8859_1));
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static String last(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
        System.out.flush();
    }
}
