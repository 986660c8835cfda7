package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.Json;

/**
 * OpenAI's batch API: a file of lines {custom_id, method, url, body} is uploaded with purpose {@code batch}, {@code POST /batches}
 * makes a batch of it, and its results lie in two files, one of replies and one of errors. A batch is known again by its metadata and
 * by the name of its file. At most 50,000 requests and 200 MB a file (API reference, Batch).
 */
final class OpenAiBatches implements BatchApi {
    private static final int MOST_REQUESTS = 50_000;
    private static final long MOST_BYTES = 200_000_000;
    private static final String PATH = "/v1/chat/completions";
    private static final String MARK = "pairwright";
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 1000;
    private static final long LISTED_BEFORE_SECONDS = 86_400;

    private final BatchCalls calls;
    private final BatchLedger ledger;

    OpenAiBatches(BatchCalls calls, BatchLedger ledger) {
        this.calls = calls;
        this.ledger = ledger;
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
        return "{\"custom_id\":\"" + key + "\",\"method\":\"POST\",\"url\":\"" + PATH + "\",\"body\":" + body + "}";
    }

    @Override
    public byte[] head() {
        return new byte[0];
    }

    @Override
    public byte[] between() {
        return new byte[] {'\n'};
    }

    @Override
    public byte[] tail() {
        return new byte[] {'\n'};
    }

    @Override
    public Sent send(Path written, BatchLedger.Batch batch) throws InterruptedException {
        String file = upload(written, batch);
        ledger.uploaded(batch.number(), file);
        Map<String, Object> body =
                RequestJson.object("input_file_id", file, "endpoint", PATH, "completion_window", "24h");
        body.put("metadata", RequestJson.object(MARK, batch.name()));
        StringBuilder why = new StringBuilder();
        return calls.make("/batches", Json.bytes(body), why)
                .<Sent>map(made -> new Sent.At(BatchCalls.name(made.path("id"))))
                .orElseGet(() -> new Sent.Perhaps(why.toString()));
    }

    private String upload(Path written, BatchLedger.Batch batch) throws InterruptedException {
        String boundary = "pairwright-" + batch.name();
        String before =
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + batch.name()
                        + ".jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n";
        String behind = "\r\n--" + boundary + "--\r\n";
        JsonNode made = calls.upload(
                "/files",
                "multipart/form-data; boundary=" + boundary,
                before.getBytes(StandardCharsets.UTF_8),
                written,
                behind.getBytes(StandardCharsets.UTF_8));
        return BatchCalls.name(made.path("id"));
    }

    @Override
    public Found find(BatchLedger.Batch batch) throws InterruptedException {
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode listed = calls.getList("/batches?limit=" + PAGE + after, batch);
            for (JsonNode each : listed.path("data")) {
                if (each.path("metadata").path(MARK).asText("").equals(batch.name())
                        || batch.file()
                                .filter(each.path("input_file_id").asText("")::equals)
                                .isPresent()) {
                    return new Found.At(BatchCalls.name(each.path("id")));
                }
                long made = each.path("created_at").asLong(Long.MAX_VALUE);
                if (made < batch.sentAt().getEpochSecond() - LISTED_BEFORE_SECONDS) {
                    return new Found.Nowhere(); // the newest are listed first
                }
                after = "&after=" + BatchCalls.name(each.path("id"));
            }
            if (!listed.path("has_more").asBoolean(false) || listed.path("data").isEmpty()) {
                break;
            }
        }
        return new Found.Nowhere();
    }

    @Override
    public Status look(BatchLedger.Batch batch) throws InterruptedException {
        JsonNode body = calls.getBatch("/batches/", batch.remote().orElseThrow());
        String word = ServerError.oneLine(body.path("status").asText(""));
        JsonNode counts = body.path("request_counts");
        List<String> files = new ArrayList<>();
        for (String field : List.of("output_file_id", "error_file_id")) {
            if (!body.path(field).asText("").isEmpty()) {
                files.add(BatchCalls.name(body.path(field)));
            }
        }
        List<Problem> problems = new ArrayList<>();
        for (JsonNode each : body.path("errors").path("data")) {
            problems.add(new Problem(
                    ServerError.oneLine(each.path("code").asText("")),
                    ServerError.oneLine(each.path("message").asText("")),
                    ReplyJson.count(each.path("line"))));
        }
        Phase phase = switch (word) {
            case "completed", "expired", "cancelled", "canceled" -> Phase.ENDED;
            case "failed" -> Phase.REJECTED;
            default -> Phase.RUNNING;
        };
        return new Status(
                phase,
                word,
                counts.path("completed").asLong(0),
                counts.path("failed").asLong(0),
                files,
                problems);
    }

    @Override
    public List<URI> results(BatchLedger.Batch batch, Status status) {
        return status.files().stream()
                .map(file -> calls.address("/files/" + file + "/content"))
                .toList();
    }

    @Override
    public Optional<Line> read(JsonNode line) {
        String key = line.path("custom_id").asText("");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        JsonNode response = line.path("response");
        if (response.isObject()) {
            byte[] body = response.path("body").toString().getBytes(StandardCharsets.UTF_8);
            return Optional.of(new Line.Answered(
                    key, new Http.Response(response.path("status_code").asInt(200), new Headers(List.of()), body)));
        }
        JsonNode error = line.path("error");
        String code = error.path("code").asText("");
        String message = error.path("message").asText("");
        return Optional.of(new Line.NotDone(
                key, "not done" + (code.isEmpty() ? "" : ": " + code) + (message.isEmpty() ? "" : ": " + message)));
    }
}
