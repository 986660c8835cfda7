package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.LineReader;

/**
 * Anthropic's message batches: {@code POST /messages/batches} with all requests {custom_id, params} in one body, and one stream of
 * results once all have ended. A batch carries no name of ours, so one that may have been made is known again by how many requests
 * it has and, once it has ended, by their custom_ids. At most 100,000 requests and 256 MB (API reference, Message Batches).
 */
final class AnthropicBatches implements BatchApi {
    private static final int MOST_REQUESTS = 100_000;
    private static final long MOST_BYTES = 256_000_000;
    private static final String PATH = "/messages/batches";
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 1000;
    /** How far this machine's clock may be behind the provider's. */
    private static final Duration CLOCKS = Duration.ofHours(1);

    private final BatchCalls calls;
    private final BatchLedger ledger;
    private final Path scratch;
    /** Batches of others, each with the one of ours that it is not. */
    private final Set<List<String>> others = new HashSet<>();

    /** @param scratch a file for the results of a batch that may be ours */
    AnthropicBatches(BatchCalls calls, BatchLedger ledger, Path scratch) {
        this.calls = calls;
        this.ledger = ledger;
        this.scratch = scratch;
    }

    @Override
    public int mostRequests() {
        return MOST_REQUESTS;
    }

    @Override
    public long mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public String line(String key, String body) {
        return "{\"custom_id\":\"" + key + "\",\"params\":" + body + "}";
    }

    @Override
    public byte[] head() {
        return "{\"requests\":[\n".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] between() {
        return ",\n".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] tail() {
        return "\n]}".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Sent send(Path written, BatchLedger.Batch batch) throws InterruptedException {
        StringBuilder why = new StringBuilder();
        return calls.make(PATH, written, why)
                .<Sent>map(made -> new Sent.At(BatchCalls.name(made.path("id"))))
                .orElseGet(() -> new Sent.Perhaps(why.toString()));
    }

    @Override
    public Found find(BatchLedger.Batch batch) throws InterruptedException {
        Set<String> known = ledger.remotes();
        List<String> unfinished = new ArrayList<>();
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode listed = calls.getList(PATH + "?limit=" + PAGE + after, batch);
            for (JsonNode each : listed.path("data")) {
                String remote = BatchCalls.name(each.path("id"));
                after = "&after_id=" + remote;
                if (made(each).isBefore(batch.sentAt().minus(CLOCKS))) {
                    return unfinished.isEmpty()
                            ? new Found.Nowhere()
                            : perhaps(unfinished); // the newest are listed first
                }
                if (known.contains(remote)
                        || others.contains(List.of(batch.name(), remote))
                        || requests(each.path("request_counts")) != batch.requests()) {
                    continue;
                }
                if (!each.path("processing_status").asText("").equals("ended")) {
                    unfinished.add(remote);
                } else if (isOurs(remote, batch)) {
                    return new Found.At(remote);
                } else {
                    others.add(List.of(batch.name(), remote));
                }
            }
            if (!listed.path("has_more").asBoolean(false) || listed.path("data").isEmpty()) {
                break;
            }
        }
        return unfinished.isEmpty() ? new Found.Nowhere() : perhaps(unfinished);
    }

    private static Found perhaps(List<String> unfinished) {
        return new Found.Perhaps("whether " + String.join(", ", unfinished) + " is ours shows when it has ended");
    }

    private static Instant made(JsonNode batch) {
        try {
            return OffsetDateTime.parse(batch.path("created_at").asText("")).toInstant();
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }

    private static long requests(JsonNode counts) {
        long sum = 0;
        for (JsonNode each : counts) {
            sum += each.asLong(0);
        }
        return sum;
    }

    /** A custom_id is a digest of the request and the endpoint, so one that is ours is no accident. */
    private boolean isOurs(String remote, BatchLedger.Batch batch) throws InterruptedException {
        if (!calls.download(results(remote), scratch)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(scratch)) {
            LineReader lines = new LineReader(in, BatchResults.LARGEST_LINE);
            boolean any = false;
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                Optional<Line> read = BatchResults.parsed(line).flatMap(this::read);
                if (read.filter(each ->
                                ledger.lines().line(batch.number(), each.key()).isEmpty())
                        .isPresent()) {
                    return false;
                }
                any |= read.isPresent();
            }
            return any;
        } catch (IOException e) {
            throw new UncheckedIOException(scratch + ": cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Status look(BatchLedger.Batch batch) throws InterruptedException {
        JsonNode body = calls.getBatch(PATH + "/", batch.remote().orElseThrow());
        String word = ServerError.oneLine(body.path("processing_status").asText(""));
        JsonNode counts = body.path("request_counts");
        long failed = counts.path("errored").asLong(0)
                + counts.path("canceled").asLong(0)
                + counts.path("expired").asLong(0);
        return new Status(
                word.equals("ended") ? Phase.ENDED : Phase.RUNNING,
                word,
                counts.path("succeeded").asLong(0),
                failed,
                List.of(),
                List.of());
    }

    @Override
    public List<URI> results(BatchLedger.Batch batch, Status status) {
        return List.of(results(batch.remote().orElseThrow()));
    }

    /** Not the {@code results_url} of the batch: whatever it says, the key goes nowhere else. */
    private URI results(String remote) {
        return calls.address(PATH + "/" + remote + "/results");
    }

    @Override
    public Optional<Line> read(JsonNode line) {
        String key = line.path("custom_id").asText("");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        JsonNode result = line.path("result");
        String type = result.path("type").asText("");
        return Optional.of(
                switch (type) {
                    case "succeeded" -> answered(key, 200, result.path("message"));
                    case "errored" -> {
                        JsonNode error = result.path("error");
                        String kind = error.path("error")
                                .path("type")
                                .asText(error.path("type").asText(""));
                        yield answered(key, status(kind), error);
                    }
                    default -> new Line.NotDone(key, "not done: " + ServerError.oneLine(type));
                });
    }

    private static Line answered(String key, int status, JsonNode body) {
        return new Line.Answered(
                key,
                new Http.Response(
                        status, new Headers(List.of()), body.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The status that an error has when it comes alone (API reference, Errors). */
    private static int status(String type) {
        return switch (type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
    }
}
