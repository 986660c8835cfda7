package pairwright.recipe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import pairwright.judge.Judge;
import pairwright.judge.JudgeName;
import pairwright.judge.JudgeSettings;
import pairwright.judge.LlmJudge;
import pairwright.judge.Reading;
import pairwright.llm.ConnectedModel;
import pairwright.llm.Endpoint;
import pairwright.llm.Ledger;
import pairwright.rubric.Rubric;

/**
 * A judge and all that must be closed after it.
 *
 * @param inFlight pairs judged at once
 * @param how how replies are read and why, empty for a judge that is not asked
 */
record OpenedJudge(
        Judge judge,
        int inFlight,
        Optional<Rubric> rubric,
        Optional<ConnectedModel> model,
        Optional<Ledger> ledger,
        String how)
        implements AutoCloseable {
    private static final Duration PROBE = Duration.ofSeconds(30);

    @Override
    public void close() {
        model.ifPresent(ConnectedModel::close);
        ledger.ifPresent(Ledger::close);
    }

    static OpenedJudge open(AskSettings asked, Path ledger, RunContext context) throws InterruptedException {
        JudgeName name = asked.name();
        if (!(name instanceof JudgeName.Asked model)) {
            return new OpenedJudge(
                    Judges.local(name, context.places()),
                    name instanceof JudgeName.Reward ? scorers() : 1,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "");
        }
        Rubric chosen = asked.loadRubric();
        EndpointSettings where = asked.server();
        Ledger kept = Ledger.open(ledger);
        try {
            ConnectedModel connected =
                    ConnectedModel.open(where.endpoint(model.protocol()), kept, context.environment());
            try {
                String how = asked.reading().orElse("auto");
                Reading read;
                if (how.equals("auto")) {
                    LlmJudge.Probe probe = probe(where, kept, model, context);
                    read = probe.reading();
                    how = (read == Reading.LOGPROBS ? "logprobs" : "verdict") + ": " + probe.why();
                    context.progress().say("reading " + how);
                } else {
                    read = Reading.valueOf(how.toUpperCase(Locale.ROOT));
                }
                JudgeSettings settings = asked.settings(model.model(), read);
                return new OpenedJudge(
                        new LlmJudge(asked.judge(), connected, chosen, settings),
                        connected.callers(),
                        Optional.of(chosen),
                        Optional.of(connected),
                        Optional.of(kept),
                        how);
            } catch (RuntimeException | InterruptedException e) {
                connected.close();
                throw e;
            }
        } catch (RuntimeException | InterruptedException e) {
            kept.close();
            throw e;
        }
    }

    /** A server that is not there shows within half a minute, not at the deadline of a call. */
    private static LlmJudge.Probe probe(
            EndpointSettings settings, Ledger ledger, JudgeName.Asked name, RunContext context)
            throws InterruptedException {
        Endpoint endpoint = settings.endpoint(name.protocol());
        Endpoint.Patience patience = endpoint.patience();
        Duration deadline = patience.deadline().compareTo(PROBE) < 0 ? patience.deadline() : PROBE;
        Endpoint brief = endpoint.withPatience(
                new Endpoint.Patience(patience.attempt(), patience.idle(), deadline, patience.seed()));
        try (ConnectedModel model = ConnectedModel.open(brief, ledger, context.environment());
                Progress.Meter meter = context.progress().start("asking the server what it returns", -1);
                Heartbeat beat = new Heartbeat(() -> meter.at(0, CallWords.brief(model.spending())))) {
            return LlmJudge.probe(model, name.model());
        }
    }

    static Path ledgerFile(Optional<String> ledger, String out, RunContext context) {
        return ledger.map(name -> context.places().output(name))
                .orElseGet(() -> out.equals("-")
                        ? Path.of("pairwright.ledger.sqlite")
                        : context.places().output(out + ".ledger.sqlite"));
    }

    /** Rewards are computed, labels only read. One thread reads and writes the rows, which keeps no more than these busy. */
    private static int scorers() {
        return Math.min(4, Runtime.getRuntime().availableProcessors());
    }
}
