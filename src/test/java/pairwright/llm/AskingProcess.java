package pairwright.llm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process of its own that asks a server {@code q0, q1, ...} through a ledger and prints the replies. */
final class AskingProcess {
    private AskingProcess() {}

    static Process start(Path ledger, String base, int questions, Path output) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        AskingProcess.class.getName(),
                        ledger.toString(),
                        base,
                        Integer.toString(questions))
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        for (String line : ask(Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]))) {
            System.out.println(line);
        }
    }

    static List<String> ask(Path path, String base, int questions) throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try (var ledger = Ledger.open(path);
                var model = ConnectedModel.open(Endpoint.at(base), ledger, name -> null)) {
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < questions; i++) {
                String text = "q" + i;
                replies.add(pool.submit(() -> model.ask(Requests.asking(text))));
            }
            List<String> texts = new ArrayList<>();
            for (Future<Reply> reply : replies) {
                texts.add(((Completion) reply.get()).text());
            }
            return texts;
        } finally {
            pool.shutdownNow();
        }
    }
}
