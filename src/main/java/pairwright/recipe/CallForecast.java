package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import pairwright.agreement.Estimate;
import pairwright.llm.Cost;

/**
 * What a run will likely ask, take and cost.
 *
 * @param rows of the input that will be used
 * @param calls that are not in the ledger
 * @param known calls that are
 * @param cost in units of the currency; empty where a price is unknown
 * @param costAtMost if every reply were as long as it may be
 * @param seconds empty where no latency was seen yet
 * @param unknown why something is missing, for people
 */
record CallForecast(
        @JsonProperty("rows") Estimate rows,
        @JsonProperty("calls") Estimate calls,
        @JsonProperty("calls_in_ledger") Estimate known,
        @JsonProperty("prompt_tokens") Estimate promptTokens,
        @JsonProperty("completion_tokens") Estimate completionTokens,
        @JsonProperty("cost") Optional<Estimate> cost,
        @JsonProperty("cost_at_most") Optional<Double> costAtMost,
        @JsonProperty("currency") Optional<String> currency,
        @JsonProperty("seconds") Optional<Estimate> seconds,
        @JsonProperty("unknown") List<String> unknown) {
    CallForecast {
        unknown = List.copyOf(unknown);
    }

    /** The same asked by batch: how long that takes, the latencies of calls do not tell. */
    CallForecast byBatch() {
        List<String> said = new ArrayList<>(
                unknown.stream().filter(why -> !why.startsWith("time unknown")).toList());
        said.add("time unknown: providers end a batch within 24 hours, most far sooner");
        return new CallForecast(
                rows, calls, known, promptTokens, completionTokens, cost, costAtMost, currency, Optional.empty(), said);
    }

    /**
     * The same where what is open may have to be asked in several rounds.
     *
     * @param likely how many rounds there will likely be, at least 1
     * @param most how many there can be
     */
    CallForecast inRounds(long likely, long most) {
        List<String> said = new ArrayList<>(unknown);
        if (most > 1) {
            said.add("1 to " + most + " rounds, likely " + likely + ": what a round asks hangs on what the one before"
                    + " brings; taken to be as long");
        }
        return new CallForecast(
                rows,
                inRounds(calls, likely, most),
                known,
                inRounds(promptTokens, likely, most),
                inRounds(completionTokens, likely, most),
                cost.map(each -> inRounds(each, likely, most)),
                costAtMost.map(each -> each * most),
                currency,
                seconds.map(each -> inRounds(each, likely, most)),
                said);
    }

    private static Estimate inRounds(Estimate one, long likely, long most) {
        return most == 1
                ? one
                : new Estimate(
                        one.value() * likely,
                        one.low(),
                        one.high() * most,
                        one.n(),
                        one.method() + "; from 1 to " + most + " rounds, likely " + likely);
    }

    /** Whether everything is in the ledger. */
    boolean asksNothing() {
        return calls.high() < .5;
    }

    /** What would likely be enough to pay for all of it. */
    Optional<Cost> likelyEnough() {
        return cost.map(estimate -> Cost.of("cost", estimate.high()));
    }

    /** Two lines for people. */
    List<String> lines() {
        String inLedger = known.high() < .5 ? "" : ", " + whole(known) + " more are in the ledger";
        if (asksNothing()) {
            return List.of("estimate: no calls" + inLedger);
        }
        List<String> lines = new ArrayList<>();
        lines.add("estimate: " + whole(calls) + (calls.high() < 1.5 ? " call" : " calls") + inLedger + "; tokens "
                + whole(promptTokens) + " in, " + whole(completionTokens) + " out");
        String money = currency.map(word -> " " + word).orElse("");
        lines.add("          cost "
                + cost.map(estimate -> interval(
                                        estimate,
                                        value -> Cost.of("cost", value).toString(),
                                        money)
                                + costAtMost
                                        .map(most -> ", at most " + Cost.of("cost", most))
                                        .orElse(""))
                        .orElse("unknown")
                + "; time "
                + seconds.map(estimate -> interval(estimate, CallForecast::time, ""))
                        .orElse("unknown"));
        unknown.forEach(why -> lines.add("          " + why));
        return lines;
    }

    private interface Text {
        String of(double value);
    }

    private static String whole(Estimate estimate) {
        return interval(estimate, value -> String.format(Locale.ROOT, "%,d", Math.round(value)), "");
    }

    private static String interval(Estimate estimate, Text text, String unit) {
        String value = text.of(estimate.value());
        String low = text.of(estimate.low());
        String high = text.of(estimate.high());
        return value + unit + (low.equals(high) ? "" : " (" + low + " to " + high + ")");
    }

    private static String time(double seconds) {
        if (seconds < 90) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        return seconds < 5400
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
