package pairwright.llm;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import pairwright.prompt.Message;

/**
 * Token buckets on requests and on tokens a minute. Requests leave evenly, with bursts of at most a second's worth; tokens
 * are reserved by an estimate (the text's bytes / 4 and the whole limit of the reply, as providers count) and corrected by
 * what was billed.
 */
final class RateLimits {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int BYTES_PER_TOKEN = 4;
    private static final int TOKENS_AROUND_A_MESSAGE = 4;

    private final Optional<Bucket> requests;
    private final Optional<Bucket> tokens;
    private final long tokensPerMinute;
    private final BlockingStrategy waiting;

    /** Empty limits do not limit. */
    RateLimits(Optional<Integer> requestsPerMinute, Optional<Integer> tokensPerMinute, Time time) {
        this.requests = requestsPerMinute.map(limit -> bucket(Math.max(1, limit / 60), limit, time));
        this.tokens = tokensPerMinute.map(limit -> bucket(limit, limit, time));
        this.tokensPerMinute = tokensPerMinute.orElse(0);
        this.waiting = nanos -> time.sleep(Duration.ofNanos(nanos));
    }

    private static Bucket bucket(long capacity, long perMinute, Time time) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(capacity)
                        .refillGreedy(perMinute, MINUTE)
                        .build())
                .withCustomTimePrecision(new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return time.nanos();
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return false;
                    }
                })
                .build();
    }

    boolean limiting() {
        return requests.isPresent() || tokens.isPresent();
    }

    /** Waits until the rates allow the request; gives the tokens that were reserved for it. */
    long await(Request request) throws InterruptedException {
        if (requests.isPresent()) {
            requests.get().asBlocking().consume(1, waiting);
        }
        if (tokens.isEmpty()) {
            return 0;
        }
        // A single request above the whole limit waits for a full bucket; the server decides about the rest.
        long reserved = Math.min(tokensPerMinute, estimate(request));
        tokens.get().asBlocking().consume(reserved, waiting);
        return reserved;
    }

    /** Corrects what was reserved by what was billed, where the server said. */
    void correct(long reserved, Reply reply) {
        if (tokens.isEmpty()) {
            return;
        }
        Optional<Long> billed = billed(reply);
        if (billed.isPresent() && billed.get() < reserved) {
            tokens.get().addTokens(reserved - billed.get());
        } else if (billed.isPresent() && billed.get() > reserved) {
            tokens.get().consumeIgnoringRateLimits(billed.get() - reserved);
        }
    }

    private static Optional<Long> billed(Reply reply) {
        return reply instanceof Completion completion
                ? completion
                        .usage()
                        .promptTokens()
                        .flatMap(prompt -> completion.usage().completionTokens().map(answer -> prompt + answer))
                : Optional.empty();
    }

    static long estimate(Request request) {
        long text = 0;
        for (Message message : request.messages()) {
            text += TokenBound.utf8Length(message.content()) / BYTES_PER_TOKEN + TOKENS_AROUND_A_MESSAGE;
        }
        return text + request.sampling().maxTokens();
    }
}
