package pairwright.llm;

import java.util.Optional;

/** One attempt to have a request answered. Nothing is retried here: a failure that may pass says so. */
final class Attempt implements LanguageModel {
    private final Exchange exchange;
    private final Dialect dialect;
    private final ApiKey key;

    Attempt(Exchange exchange, Dialect dialect, ApiKey key) {
        this.exchange = exchange;
        this.dialect = dialect;
        this.key = key;
    }

    /** In the protocol of the endpoint. */
    static LanguageModel of(Endpoint endpoint, Exchange exchange, ApiKey key) {
        return Dialect.of(endpoint)
                .<LanguageModel>map(dialect -> new Attempt(exchange, dialect, key))
                .orElseGet(() -> new VllmScoring(endpoint, exchange, key));
    }

    @Override
    public Reply ask(Request request) throws InterruptedException {
        Optional<Failure> beyond = dialect.beyond(request);
        if (beyond.isPresent()) {
            return beyond.get().reached(Reach.UNSENT);
        }
        return read(request, exchange.post(request, dialect.address(request), dialect.body(request)));
    }

    /** The reply that an answer holds. */
    Reply read(Request request, Exchange.Answer answer) {
        if (answer instanceof Exchange.Answer.Failed failed) {
            return failed.failure();
        }
        Exchange.Answer.Body body = (Exchange.Answer.Body) answer;
        return dialect.reply(request, body.json(), key)
                .map(Attempt::overflowKnown)
                .orElseGet(() -> Failure.passing("HTTP 200 without " + dialect.wanted(), body.pause()));
    }

    private static Reply overflowKnown(Reply reply) {
        return reply instanceof Completion completion && OverflowText.is(completion.text())
                ? completion.finishedBy(FinishReason.CONTEXT)
                : reply;
    }
}
