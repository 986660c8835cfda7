package pairwright.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real program in a process of its own. */
final class OwnProcess {
    private OwnProcess() {}

    /**
     * What came of it.
     *
     * @param said standard output and standard error
     */
    record Ended(int code, String said) {}

    /** The command that runs the program with so much heap. */
    static List<String> command(String heap, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Pairwright.class.getName()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Runs a command to its end. */
    static Ended run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("did not end: " + said);
        }
        return new Ended(process.exitValue(), said);
    }
}
