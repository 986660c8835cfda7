package pairwright.tour;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as a person's shell does, in a process of its own. */
final class Shell {
    private static final long HANGS_AFTER_MINUTES = 30;

    private Shell() {}

    /**
     * How commands ended.
     *
     * @param output what they printed, on both streams
     */
    record Ended(int exitCode, String output) {}

    /**
     * Runs commands through {@code sh -e} without standard input.
     *
     * @param environment variables beside those of this process
     */
    static Ended run(String commands, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("pairwright-tour-", ".log");
        try {
            ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", commands)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // The same JDK as this one; Maven's own variables would lead a Maven inside astray; no key leaves the tour.
            shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
            shell.environment().keySet().removeIf(name -> name.startsWith("MAVEN_PROJECTBASEDIR"));
            shell.environment().remove("OPENAI_API_KEY");
            environment.forEach(shell.environment()::put);
            Process process = shell.start();
            boolean ended = false;
            try {
                ended = process.waitFor(HANGS_AFTER_MINUTES, TimeUnit.MINUTES);
            } finally {
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended) {
                throw new IllegalStateException(
                        "no end after " + HANGS_AFTER_MINUTES + " minutes: " + commands + "\n" + printed);
            }
            return new Ended(process.exitValue(), printed);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Whether the commands can be run here at all. */
    static boolean isThere() {
        return Files.isExecutable(Path.of("/bin/sh"));
    }
}
