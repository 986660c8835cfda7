package pairwright.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.agreement.Estimate;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowSample;
import pairwright.llm.Endpoint;
import pairwright.llm.Ledger;
import pairwright.llm.Prices;
import pairwright.llm.Rehearsal;
import pairwright.llm.SeenReplies;
import pairwright.llm.Tokens;

/**
 * Estimates a run by rehearsing it on some rows: the requests are truly made, none is sent. Each number says how it was made.
 */
final class Forecaster {
    /** Rows for an estimate that is all one wants. */
    static final int THOROUGH = 200;
    /** Rows for one before a run. */
    static final int BRIEF = 64;

    private static final long SEED = 20_261_122;
    /** Below so many calls the vocabulary is not worth loading. */
    private static final int WORTH_COUNTING = 200;
    /** Below so many replies their mean says little. */
    private static final int ENOUGH_SEEN = 20;

    private final Rehearsal rehearsal;
    private final Optional<Ledger> ledger;

    Forecaster(Rehearsal rehearsal, Optional<Ledger> ledger) {
        this.rehearsal = rehearsal;
        this.ledger = ledger;
    }

    /** Does with a row what the run would do. */
    @FunctionalInterface
    interface Acting<T> {
        void on(Row<T> row) throws InterruptedException;
    }

    /** The calls of one model. */
    private static final class Group {
        private final Endpoint endpoint;
        private final String model;
        private final List<Rehearsal.Call> calls = new ArrayList<>();
        private final CallSums count;
        private final CallSums prompt;
        private long longest;

        Group(Rehearsal.Call first, RowSample<?> sample) {
            this.endpoint = first.endpoint();
            this.model = first.request().model();
            this.count = new CallSums(sample.drawn(), sample.lines());
            this.prompt = new CallSums(sample.drawn(), sample.lines());
        }
    }

    /**
     * The estimate; empty where the input cannot be read twice, or not at all: then the run itself says why.
     *
     * @param most rows that are rehearsed
     */
    <T> Optional<CallForecast> of(RowInput input, Class<T> type, int most, Acting<T> acting)
            throws InterruptedException {
        if (input.file().equals("-") || !Files.isRegularFile(Path.of(input.file()))) {
            return Optional.empty();
        }
        RowSample<T> sample;
        try {
            sample = RowSample.draw(input.file(), type, input.wanted(), most, SEED);
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(of(sample, acting));
    }

    /** The estimate from rows that are drawn already. */
    <T> CallForecast of(RowSample<T> sample, Acting<T> acting) throws InterruptedException {
        return forecast(sample, acted(sample, acting));
    }

    private <T> List<List<Rehearsal.Call>> acted(RowSample<T> sample, Acting<T> acting) throws InterruptedException {
        rehearsal.take(); // what opening the judge asked is no row's
        List<List<Rehearsal.Call>> calls = new ArrayList<>();
        for (Row<T> row : sample.rows()) {
            try {
                acting.on(row);
            } catch (IllegalArgumentException e) {
                // a row that the run will set aside
            }
            calls.add(rehearsal.take());
        }
        return calls;
    }

    private CallForecast forecast(RowSample<?> sample, List<List<Rehearsal.Call>> rows) {
        CallSums used = new CallSums(sample.drawn(), sample.lines());
        CallSums known = new CallSums(sample.drawn(), sample.lines());
        CallSums all = new CallSums(sample.drawn(), sample.lines());
        for (List<Rehearsal.Call> row : rows) {
            long old = row.stream().filter(call -> call.known().isPresent()).count();
            used.add(1L);
            known.add(old);
            all.add(row.size() - old);
        }
        Estimate calls = all.estimate();
        List<String> unknown = new ArrayList<>();
        Optional<Parts> sum = Optional.empty();
        if (all.drawnSum() > 0) {
            Tokens tokens = calls.value() < WORTH_COUNTING ? Tokens.byLength() : Tokens.byVocabulary();
            for (Group group : groups(sample, rows, tokens)) {
                Parts parts = parts(group, tokens, unknown);
                sum = Optional.of(sum.map(before -> before.plus(parts)).orElse(parts));
            }
        }
        Estimate none = new Estimate(0, 0, 0, sample.drawn(), "no calls");
        return new CallForecast(
                used.estimate(),
                calls,
                known.estimate(),
                sum.map(Parts::prompt).orElse(none),
                sum.map(Parts::completion).orElse(none),
                sum.isEmpty() ? Optional.of(none) : sum.get().cost(),
                sum.isEmpty() ? Optional.of(0.0) : sum.get().costAtMost(),
                sum.flatMap(Parts::currency),
                sum.isEmpty() ? Optional.of(none) : sum.get().seconds(),
                unknown);
    }

    /** By endpoint and model; only calls that would be sent, and some known ones to compare tokens with. */
    private static List<Group> groups(RowSample<?> sample, List<List<Rehearsal.Call>> rows, Tokens tokens) {
        Map<List<Object>, Group> groups = new LinkedHashMap<>();
        for (List<Rehearsal.Call> row : rows) {
            for (Rehearsal.Call call : row) {
                groups.computeIfAbsent(
                                List.of(call.endpoint().base(), call.request().model()),
                                each -> new Group(call, sample))
                        .calls
                        .add(call);
            }
            for (Group group : groups.values()) {
                long count = 0;
                long prompt = 0;
                for (Rehearsal.Call call : row) {
                    boolean here = call.request().model().equals(group.model)
                            && call.endpoint().base().equals(group.endpoint.base());
                    if (here && call.known().isEmpty()) {
                        count++;
                        prompt += tokens.of(call.request());
                        group.longest = Math.max(
                                group.longest, call.request().sampling().maxTokens());
                    }
                }
                group.count.add(count);
                group.prompt.add(prompt);
            }
        }
        return groups.values().stream()
                .filter(group -> group.count.drawnSum() > 0)
                .toList();
    }

    private Parts parts(Group group, Tokens tokens, List<String> unknown) {
        Estimate calls = group.count.estimate();
        Estimate prompt = TokenFactor.of(group.calls, tokens).applied(group.prompt.estimate());
        SeenReplies seen = ledger.map(kept -> kept.seen(group.endpoint, group.model))
                .orElse(new SeenReplies(List.of(), List.of()));
        Estimate completion = completion(calls, seen.completionTokens(), group.longest);
        Optional<Prices> prices = group.endpoint.prices().of(group.model);
        if (prices.isEmpty()) {
            unknown.add("cost unknown: no price for " + group.model + " (prices.yaml, --price-prompt,"
                    + " --price-completion)");
        }
        Optional<Estimate> seconds = Durations.of(calls, prompt, completion, group.endpoint.limits(), seen);
        if (seconds.isEmpty()) {
            unknown.add("time unknown: the ledger has seen no reply of " + group.model + " yet");
        }
        return new Parts(
                prompt,
                completion,
                prices.map(each -> cost(each, prompt, completion)),
                prices.map(each -> money(each, prompt.high(), calls.high() * group.longest)),
                group.endpoint.prices().currency(),
                seconds);
    }

    private static Estimate completion(Estimate calls, List<Long> seen, long longest) {
        if (seen.size() < ENOUGH_SEEN) {
            // The middle of so wide an interval is the geometric one.
            return new Estimate(
                    calls.value() * Math.sqrt((double) longest),
                    calls.low(),
                    calls.high() * longest,
                    calls.n(),
                    "from one token a reply to max_tokens (" + longest + "); the value is their geometric mean");
        }
        double mean = seen.stream().mapToLong(Long::longValue).average().orElse(0);
        double squares =
                seen.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
        double error = 1.96 * Math.sqrt(squares / (seen.size() - 1) / seen.size());
        return new Estimate(
                calls.value() * mean,
                calls.low() * Math.max(0, mean - error),
                calls.high() * (mean + error),
                seen.size(),
                "calls times the mean of " + seen.size() + " replies of this model in the ledger, normal 95% interval");
    }

    private static Estimate cost(Prices prices, Estimate prompt, Estimate completion) {
        return new Estimate(
                money(prices, prompt.value(), completion.value()),
                money(prices, prompt.low(), completion.low()),
                money(prices, prompt.high(), completion.high()),
                prompt.n(),
                "tokens at their prices, nothing cached; both ends of both intervals");
    }

    private static double money(Prices prices, double prompt, double completion) {
        return (prompt * prices.promptPerMillion() + completion * prices.completionPerMillion()) / 1e6;
    }

    /** The numbers of one model, and sums of them. Intervals add end by end, which is the widest that they can be together. */
    private record Parts(
            Estimate prompt,
            Estimate completion,
            Optional<Estimate> cost,
            Optional<Double> costAtMost,
            Optional<String> currency,
            Optional<Estimate> seconds) {
        Parts plus(Parts other) {
            return new Parts(
                    sum(prompt, other.prompt),
                    sum(completion, other.completion),
                    cost.flatMap(mine -> other.cost.map(theirs -> sum(mine, theirs))),
                    costAtMost.flatMap(mine -> other.costAtMost.map(theirs -> mine + theirs)),
                    currency.or(other::currency),
                    seconds.flatMap(mine -> other.seconds.map(theirs -> sum(mine, theirs))));
        }

        private static Estimate sum(Estimate one, Estimate two) {
            String method = one.method().equals(two.method()) ? one.method() : one.method() + "; " + two.method();
            return new Estimate(
                    one.value() + two.value(),
                    one.low() + two.low(),
                    one.high() + two.high(),
                    Math.min(one.n(), two.n()),
                    method);
        }
    }
}
