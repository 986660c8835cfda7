package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pairwright.jsonl.LineReader;

/** Reads a file of results line by line and keeps what belongs to the batch, many lines in one commit of the ledger. */
final class BatchResults {
    /** Largest line: the largest reply with what stands around it. */
    static final int LARGEST_LINE = Exchange.LARGEST_REPLY + (1 << 16);

    private static final int GROUP_LINES = 1000;
    private static final int GROUP_BYTES = 8 << 20;
    private static final Pattern KEY = Pattern.compile("\"custom_id\"\\s*:\\s*\"([A-Za-z0-9_-]{1,64})\"");

    private final BatchApi api;
    private final BatchLedger ledger;
    private final Ledger replies;
    private final Exchange exchange;
    private final Attempt attempt;
    private final Account account;
    private final Optional<Prices> price;
    private final BatchLedger.Batch batch;
    private final List<BatchLines.Result> group = new ArrayList<>();
    private final Set<String> grouped = new HashSet<>();
    private int groupBytes;
    private Tally tally = new Tally();

    BatchResults(
            BatchApi api,
            BatchLedger ledger,
            Ledger replies,
            Exchange exchange,
            Attempt attempt,
            Account account,
            Optional<Prices> price,
            BatchLedger.Batch batch) {
        this.api = api;
        this.ledger = ledger;
        this.replies = replies;
        this.exchange = exchange;
        this.attempt = attempt;
        this.account = account;
        this.price = price;
        this.batch = batch;
    }

    /** What was found. */
    static final class Tally {
        /** Lines, of whatever kind. */
        long lines;
        /** Replies that were not known. */
        long kept;
        /** Lines that are no JSON, have no custom_id or are too long. */
        long unreadable;
        /** Results of requests that are not in the batch. */
        long unknown;
        /** Second results of a request that say something else than the first. */
        long conflicting;
        /** Whether a file ends in the middle of a line. */
        boolean cut;
        /** Whether a file is not there. */
        boolean gone;
        /** Why the provider refuses every call, where it says so in a line. */
        Optional<ProviderRefused> refused = Optional.empty();
    }

    /** Begins to count anew. */
    void begin() {
        tally = new Tally();
    }

    /** Of all files read since. */
    Tally tally() {
        return tally;
    }

    /** Reads a file; what was kept from it before stays as it is. */
    void read(Path file) throws InterruptedException {
        try (InputStream in = Files.newInputStream(file)) {
            LineReader lines = new LineReader(in, LARGEST_LINE);
            boolean readable = true;
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (line.length > 0) {
                    tally.lines++;
                    readable = take(line, lines.overlong());
                    tally.unreadable += readable ? 0 : 1;
                }
            }
            flush();
            tally.cut |= !readable && !endsWithLineFeed(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean endsWithLineFeed(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(Math.max(0, bytes.length() - 1));
            return bytes.read() == '\n';
        }
    }

    /** As JSON, within the caps; empty where it is none. */
    static Optional<JsonNode> parsed(byte[] line) {
        try {
            return Optional.of(ReplyJson.parse(line)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it could be read. */
    private boolean take(byte[] line, boolean overlong) throws InterruptedException {
        Optional<BatchApi.Line> read =
                overlong ? Optional.empty() : parsed(line).flatMap(api::read);
        if (read.isEmpty()) {
            return overlong && tooLarge(line);
        }
        String key = read.get().key();
        if (grouped.contains(key)) {
            flush();
        }
        Optional<BatchLines.Line> awaited = ledger.lines().line(batch.number(), key);
        if (awaited.isPresent()) {
            add(result(awaited.get(), read.get()), line.length);
        } else if (read.get() instanceof BatchApi.Line.Answered answered) {
            compare(answered);
        } else if (replies.find(key).isEmpty()) {
            tally.unknown++;
        }
        return true;
    }

    /** The same request would bring as much again. */
    private boolean tooLarge(byte[] line) throws InterruptedException {
        Matcher key = KEY.matcher(new String(line, 0, Math.min(line.length, 1 << 16), StandardCharsets.UTF_8));
        Optional<BatchLines.Line> awaited =
                key.find() ? ledger.lines().line(batch.number(), key.group(1)) : Optional.empty();
        if (awaited.isEmpty()) {
            return false;
        }
        Failure failure =
                new Failure(Failure.Kind.TRANSPORT, "the reply is larger than " + Exchange.LARGEST_REPLY + " bytes");
        add(new BatchLines.Result(awaited.get(), failure.reached(Reach.LOST), Optional.empty()), 0);
        return true;
    }

    private BatchLines.Result result(BatchLines.Line awaited, BatchApi.Line line) {
        Reply reply = reply(awaited.shape(), line);
        Optional<Cost> cost = price.map(each ->
                reply instanceof Completion completion ? each.of(completion.usage(), awaited.bound()) : Cost.ZERO);
        return new BatchLines.Result(awaited, reply, cost);
    }

    private Reply reply(Request shape, BatchApi.Line line) {
        if (line instanceof BatchApi.Line.NotDone notDone) {
            return Failure.passing(ServerError.oneLine(notDone.why())).reached(Reach.TURNED_AWAY);
        }
        try {
            return reply(shape, (BatchApi.Line.Answered) line);
        } catch (ProviderRefused e) {
            tally.refused = tally.refused.or(() -> Optional.of(e));
            return Failure.passing(e.getMessage()).reached(Reach.TURNED_AWAY);
        }
    }

    private Reply reply(Request shape, BatchApi.Line.Answered line) {
        return attempt.read(shape, exchange.read(shape, line.response()));
    }

    /** A result that is no longer awaited: kept before, from a file that is read again; or said twice, or nobody's. */
    private void compare(BatchApi.Line.Answered line) {
        Optional<Reply> kept = replies.find(line.key());
        if (kept.isEmpty()) {
            tally.unknown++;
        } else if (kept.get() instanceof Completion before && !before.text().equals(text(line))) {
            tally.conflicting++;
        }
    }

    private String text(BatchApi.Line.Answered line) {
        try {
            Request any = new Request(batch.model(), List.of(), Sampling.greedy(1), 0, 0);
            return reply(any, line) instanceof Completion completion ? completion.text() : "";
        } catch (ProviderRefused e) {
            return "";
        }
    }

    private void add(BatchLines.Result result, int bytes) throws InterruptedException {
        group.add(result);
        grouped.add(result.line().key());
        groupBytes += bytes;
        if (group.size() >= GROUP_LINES || groupBytes >= GROUP_BYTES) {
            flush();
        }
    }

    private void flush() throws InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        ledger.lines().keep(batch.number(), group);
        for (BatchLines.Result result : group) {
            if (result.reply() instanceof Completion completion) {
                tally.kept++;
                account.paid(completion.usage(), result.line().bound(), price);
            }
        }
        group.clear();
        grouped.clear();
        groupBytes = 0;
    }
}
