package pairwright.recipe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import pairwright.judge.Demonstrations;
import pairwright.judge.Judge;
import pairwright.judge.JudgeName;
import pairwright.judge.JudgeSettings;
import pairwright.judge.LlmJudge;
import pairwright.judge.Reading;
import pairwright.judge.RewardServerJudge;
import pairwright.llm.ConnectedModel;
import pairwright.llm.Endpoint;
import pairwright.llm.Ledger;
import pairwright.llm.Protocol;
import pairwright.provenance.Provenance;
import pairwright.rubric.Rubric;

/**
 * A judge and all that must be closed after it.
 *
 * @param inFlight pairs judged at once
 * @param how how replies are read and why, empty for a judge that is not asked
 * @param inputs what was read beside the pairs
 */
record OpenedJudge(
        Judge judge,
        int inFlight,
        Optional<Rubric> rubric,
        Optional<ConnectedModel> model,
        Optional<Ledger> ledger,
        String how,
        List<Provenance.Input> inputs)
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
                    "",
                    List.of());
        }
        return model.protocol() == Protocol.REWARD
                ? rewarding(asked, model, ledger, context)
                : asking(asked, model, ledger, context);
    }

    private static OpenedJudge rewarding(AskSettings asked, JudgeName.Asked name, Path ledger, RunContext context) {
        EndpointSettings where = asked.server();
        Ledger kept = Ledger.open(ledger);
        try {
            ConnectedModel server = ConnectedModel.open(where.endpoint(name.protocol()), kept, context.environment());
            return new OpenedJudge(
                    new RewardServerJudge(asked.judge(), server, name.model()),
                    where.callsAtOnce(),
                    Optional.empty(),
                    Optional.of(server),
                    Optional.of(kept),
                    "",
                    List.of());
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    private static OpenedJudge asking(AskSettings asked, JudgeName.Asked model, Path ledger, RunContext context)
            throws InterruptedException {
        Rubric chosen = asked.loadRubric();
        Optional<PoolFile> pool = PoolFile.of(asked, chosen, context);
        pool.ifPresent(file -> context.progress().say("demonstrations: " + file.said()));
        EndpointSettings where = asked.server();
        Ledger kept = Ledger.open(ledger);
        try {
            ConnectedModel connected =
                    ConnectedModel.open(where.endpoint(model.protocol()), kept, context.environment());
            try {
                String how = asked.reading().orElse("auto");
                Reading read;
                if (how.equals("auto")) {
                    EndpointProbe.Choice choice = probe(where, kept, model, context);
                    read = choice.reading();
                    how = ProtocolRules.name(read) + ": " + choice.why();
                    context.progress().say("reading " + how);
                } else {
                    read = Reading.valueOf(how.toUpperCase(Locale.ROOT));
                }
                JudgeSettings settings = asked.settings(model, read);
                return new OpenedJudge(
                        new LlmJudge(
                                asked.judge(),
                                connected,
                                chosen,
                                settings,
                                pool.<Demonstrations>map(PoolFile::pool)
                                        .orElseGet(() -> Demonstrations.ofRubric(chosen))),
                        where.callsAtOnce(),
                        Optional.of(chosen),
                        Optional.of(connected),
                        Optional.of(kept),
                        how,
                        pool.map(PoolFile::input).stream().toList());
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
    private static EndpointProbe.Choice probe(
            EndpointSettings settings, Ledger ledger, JudgeName.Asked name, RunContext context)
            throws InterruptedException {
        try (ConnectedModel model =
                        ConnectedModel.open(brief(settings.endpoint(name.protocol())), ledger, context.environment());
                Progress.Meter meter = context.progress().start("asking the server what it returns", -1);
                Heartbeat beat = new Heartbeat(() -> meter.at(0, CallWords.brief(model.spending())))) {
            return new EndpointProbe(model, name.protocol(), name.model(), heard -> {}).choose();
        }
    }

    static Endpoint brief(Endpoint endpoint) {
        Endpoint.Patience patience = endpoint.patience();
        Duration deadline = patience.deadline().compareTo(PROBE) < 0 ? patience.deadline() : PROBE;
        return endpoint.withPatience(
                new Endpoint.Patience(patience.attempt(), patience.idle(), deadline, patience.seed()));
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
