package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.Json;

/** The real program in a process of its own, serving a reward model. */
class ServeCommandTest {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/get_reward");

    @TempDir
    Path folder;

    private Process serve() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Pairwright.class.getName(),
                        "serve",
                        "--model",
                        "reward:models/quickstart",
                        "--port",
                        "0")
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    private static String address(BufferedReader out) throws IOException {
        String line = out.readLine();
        Matcher address = ADDRESS.matcher(line);
        assertThat(address.find()).as(line).isTrue();
        assertThat(line).isEqualTo("reward:models/quickstart answers at " + address.group() + "; stop it with Ctrl-C");
        return address.group();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void itServesTheRewardsThatScoreWritesUntilItIsStopped(String signal, int code) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no kill here");
        List<Map<String, Object>> rows = scored();
        Process process = serve();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            List<Object> prompts = new ArrayList<>();
            List<Object> query = new ArrayList<>();
            List<Object> rewards = new ArrayList<>();
            for (Map<String, Object> row : rows) {
                prompts.add(row.get("prompt"));
                query.add("" + row.get("prompt") + row.get("response"));
                rewards.add(row.get("reward"));
            }
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address(out)))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            Json.write(Map.of("query", query, "prompts", prompts, "labels", prompts))))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            // Written in the shortest digits that give the number back, so equal text is equal to the last bit.
            assertThat(answer.body()).isEqualTo(Json.write(new Pair(rewards, rewards)));
            new ProcessBuilder("/bin/kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(code);
            assertThat(Files.readString(folder.resolve("stderr"))).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    private record Pair(List<Object> rewards, List<Object> scores) {}

    /** The first rows of the project's own candidates through {@code pairwright score}. */
    private List<Map<String, Object>> scored() throws IOException {
        Path in = folder.resolve("rows.jsonl");
        Files.write(
                in,
                Files.readAllLines(Path.of("datasets/quickstart/candidates.jsonl"))
                        .subList(0, 50));
        Path out = folder.resolve("scored.jsonl");
        assertThat(Pairwright.execute("score", in.toString(), "--model", "models/quickstart", "--out", out.toString()))
                .isZero();
        return Files.readAllLines(out).stream().map(Json::readMap).toList();
    }

    @Test
    void onlyARewardModelIsServed() {
        assertThat(Pairwright.execute("serve", "--model", "openai:m")).isEqualTo(ExitCode.USAGE.code());
        assertThat(Pairwright.execute("serve", "--model", "reward:" + folder)).isEqualTo(ExitCode.USAGE.code());
        assertThat(Pairwright.execute("serve", "--model", "reward:models/quickstart", "--port", "70000"))
                .isEqualTo(ExitCode.USAGE.code());
    }
}
