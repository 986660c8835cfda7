package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.BadInput;
import pairwright.judge.JudgeName;
import pairwright.judge.Reading;
import pairwright.judge.RewardServerJudge;
import pairwright.llm.Completion;
import pairwright.llm.ConnectedModel;
import pairwright.llm.Contact;
import pairwright.llm.Endpoint;
import pairwright.llm.Failure;
import pairwright.llm.NoAnswer;
import pairwright.llm.Protocol;
import pairwright.llm.Reply;
import pairwright.prompt.Prompt;

/**
 * What a model's server can do, found by asking it; every question is paid, nothing is kept.
 *
 * @param judge as it was named
 * @param endpoint the server's address
 * @param modelReturned the model's name as the server says it
 * @param fingerprint of the server, where it sends one
 * @param findings what each question found, by the reading that it is about
 * @param contextTokens what the model can hold, where the server tells it
 * @param rateLimits headers about rates, as they came
 * @param reading how replies will be read; empty for a reward server, whose reply is a number
 * @param why it will be so
 */
public record ProbeReport(
        @JsonProperty("judge") String judge,
        @JsonProperty("endpoint") String endpoint,
        @JsonProperty("model_returned") Optional<String> modelReturned,
        @JsonProperty("fingerprint") Optional<String> fingerprint,
        @JsonProperty("findings") Map<String, Finding> findings,
        @JsonProperty("context_tokens") Optional<Long> contextTokens,
        @JsonProperty("rate_limits") Map<String, String> rateLimits,
        @JsonProperty("reading") Optional<Reading> reading,
        @JsonProperty("why") String why) {
    private static final String REWARD = "reward";

    /**
     * What one question found.
     *
     * @param works whether it does what was asked
     * @param why in words
     * @param detail more, as it came
     * @param latencyMillis of the question, from sending to the last byte; empty where nothing was sent
     */
    public record Finding(
            @JsonProperty("works") boolean works,
            @JsonProperty("why") String why,
            @JsonProperty("detail") Optional<String> detail,
            @JsonProperty("latency_ms") Optional<Long> latencyMillis) {}

    /**
     * Asks everything.
     *
     * @throws BadInput when the judge asks no server, or the settings do not fit its protocol
     * @throws NoAnswer when the first question brought no reply
     */
    public static ProbeReport of(AskSettings asked, RunContext context) throws InterruptedException {
        if (!(asked.name() instanceof JudgeName.Asked name)) {
            throw new BadInput("judge " + asked.judge()
                    + ": asks no server of its own, so there is nothing to probe; name one such as openai:MODEL");
        }
        asked.check();
        Endpoint endpoint = OpenedJudge.brief(asked.server().endpoint(name.protocol()));
        try (ConnectedModel model = ConnectedModel.withoutLedger(endpoint, context.environment());
                Progress.Meter meter = context.progress().start("asking the server what it returns", -1);
                Heartbeat beat =
                        new Heartbeat(() -> meter.at(0, CallWords.brief(model.spending(), Optional.empty())))) {
            Asking asking = new Asking(asked, endpoint, model, name);
            return name.protocol() == Protocol.REWARD ? asking.rewards() : asking.words();
        }
    }

    /** One probing. */
    private static final class Asking {
        private final AskSettings asked;
        private final Endpoint endpoint;
        private final ConnectedModel model;
        private final JudgeName.Asked name;
        private final List<Completion> heard = new ArrayList<>();
        private final Map<String, Finding> findings = new LinkedHashMap<>();

        Asking(AskSettings asked, Endpoint endpoint, ConnectedModel model, JudgeName.Asked name) {
            this.asked = asked;
            this.endpoint = endpoint;
            this.model = model;
            this.name = name;
        }

        ProbeReport words() throws InterruptedException {
            EndpointProbe probe = new EndpointProbe(model, name.protocol(), name.model(), heard::add);
            for (Reading reading : ProtocolRules.readings(name.protocol())) {
                long sent = model.spending().sent();
                EndpointProbe.Finding found = probe.finding(reading);
                Optional<Long> latency = model.spending().sent() > sent ? latency() : Optional.empty();
                findings.put(
                        ProtocolRules.name(reading), new Finding(found.works(), found.why(), found.detail(), latency));
            }
            EndpointProbe.Choice choice = probe.choose();
            return report(Optional.of(choice.reading()), choice.why());
        }

        ProbeReport rewards() throws InterruptedException {
            Reply reply = model.ask(RewardServerJudge.request(name.model(), Prompt.of("What is 2 + 2?"), "4"));
            if (reply instanceof Failure failure) {
                throw new NoAnswer("no reward from the server: " + failure.detail()
                        + "; is it running, and is the address right?");
            }
            String text = ((Completion) reply).text();
            findings.put(
                    REWARD,
                    new Finding(
                            !text.isEmpty(),
                            text.isEmpty() ? "the endpoint gives no reward" : "the endpoint gives a reward",
                            Optional.of(text).filter(t -> !t.isEmpty()),
                            latency()));
            return report(Optional.empty(), "z = sigma(reward of the first - reward of the second)");
        }

        private Optional<Long> latency() {
            return model.lastContact().map(Contact::latency).map(Duration::toMillis);
        }

        private ProbeReport report(Optional<Reading> reading, String why) throws InterruptedException {
            return new ProbeReport(
                    asked.judge(),
                    endpoint.base().toString(),
                    heard.stream().flatMap(each -> each.model().stream()).findFirst(),
                    heard.stream().flatMap(each -> each.fingerprint().stream()).findFirst(),
                    findings,
                    model.contextTokens(name.model()),
                    new TreeMap<>(model.lastContact().map(Contact::rateLimits).orElse(Map.of())),
                    reading,
                    why);
        }
    }

    /** For people, one line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(judge + " at " + endpoint);
        lines.add("model returned: " + modelReturned.orElse("not said")
                + fingerprint.map(print -> ", fingerprint " + print).orElse(""));
        findings.forEach((what, found) -> lines.add(what + ": " + (found.works() ? "yes, " : "no, ") + found.why()
                + found.detail().map(detail -> " (" + detail + ")").orElse("")
                + found.latencyMillis().map(millis -> ", " + millis + " ms").orElse("")));
        lines.add("context: "
                + contextTokens
                        .map(tokens -> tokens + " tokens; --context-tokens " + tokens
                                + " keeps what is surely longer from being sent")
                        .orElse("not said"));
        lines.add("rate limits: "
                + (rateLimits.isEmpty()
                        ? "no such headers"
                        : rateLimits.entrySet().stream()
                                .map(each -> each.getKey() + " " + each.getValue())
                                .collect(java.util.stream.Collectors.joining(", "))));
        lines.add(
                reading.map(how -> "reading " + ProtocolRules.name(how) + ": ").orElse("reading: ") + why);
        return lines;
    }

    /** What people must not miss. */
    public List<String> notes() {
        String wanted = judge.substring(judge.indexOf(':') + 1);
        return modelReturned
                .filter(returned -> !returned.equals(wanted))
                .map(returned -> "The server answers as " + returned + ", not as " + wanted
                        + ": that name stands in every judgment.")
                .stream()
                .toList();
    }
}
