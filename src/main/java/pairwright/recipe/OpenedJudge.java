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
import pairwright.llm.Protocol;
import pairwright.llm.Spending;
import pairwright.provenance.Provenance;
import pairwright.rubric.Rubric;

/**
 * A judge and all that must be closed after it.
 *
 * @param workers pairs judged at once
 * @param models the servers that it asks, none for a judge that asks nobody
 * @param how how replies are read and why, empty for a judge that is not asked
 * @param inputs what was read beside the pairs
 * @param panel its members, where it is a panel
 */
record OpenedJudge(
        Judge judge,
        int workers,
        Optional<Rubric> rubric,
        List<ConnectedModel> models,
        String how,
        List<Provenance.Input> inputs,
        Optional<Panel> panel)
        implements AutoCloseable {
    private static final Duration PROBE = Duration.ofSeconds(30);

    @Override
    public void close() {
        models.forEach(ConnectedModel::close);
    }

    /** What asking has cost so far; empty for a judge that asks nobody. */
    Optional<Spending> spending() {
        return models.stream().map(ConnectedModel::spending).reduce(Spending::plus);
    }

    static OpenedJudge open(AskSettings asked, Connections connections, RunContext context)
            throws InterruptedException {
        return open(asked, connections, context, Opening.ALONE);
    }

    /** Who else asks, and how often the same was asked before. */
    enum Opening {
        /** Nobody else. */
        ALONE,
        /** Others may ask the same server: its limits hold for all of them together. */
        AMONG_OTHERS,
        /** As before, and what the ledger knows of the first time is asked once more. */
        AGAIN;

        ConnectedModel connect(Connections connections, Endpoint endpoint, String model) throws InterruptedException {
            return this == ALONE
                    ? connections.connect(endpoint, List.of(model))
                    : connections.share(endpoint, List.of(model));
        }
    }

    static OpenedJudge open(AskSettings asked, Connections connections, RunContext context, Opening opening)
            throws InterruptedException {
        JudgeName name = asked.name();
        if (name instanceof JudgeName.Panel) {
            return OpenedPanel.open(Panel.load(asked, context.places()), connections, context, opening);
        }
        if (!(name instanceof JudgeName.Asked model)) {
            return new OpenedJudge(
                    Judges.local(name, context.places()),
                    name instanceof JudgeName.Reward ? scorers() : 1,
                    Optional.empty(),
                    List.of(),
                    "",
                    List.of(),
                    Optional.empty());
        }
        return model.protocol() == Protocol.REWARD
                ? rewarding(asked, model, connections, opening)
                : asking(asked, model, connections, context, opening);
    }

    private static OpenedJudge rewarding(
            AskSettings asked, JudgeName.Asked name, Connections connections, Opening opening)
            throws InterruptedException {
        EndpointSettings where = asked.server();
        ConnectedModel server =
                opening.connect(connections, connections.endpoint(where, name.protocol()), name.model());
        RewardServerJudge judge = new RewardServerJudge(asked.judge(), server, name.model()).askingAgain(asked.again());
        return new OpenedJudge(
                opening == Opening.AGAIN ? judge.again() : judge,
                where.workers(),
                Optional.empty(),
                List.of(server),
                "",
                List.of(),
                Optional.empty());
    }

    private static OpenedJudge asking(
            AskSettings asked, JudgeName.Asked model, Connections connections, RunContext context, Opening opening)
            throws InterruptedException {
        Rubric chosen = asked.loadRubric();
        Optional<PoolFile> pool = PoolFile.of(asked, chosen, context);
        pool.ifPresent(file -> context.progress().say("demonstrations: " + file.said()));
        EndpointSettings where = asked.server();
        Endpoint endpoint = connections.endpoint(where, model.protocol());
        ConnectedModel connected = opening.connect(connections, endpoint, model.model());
        try {
            String how = asked.reading().orElse("auto");
            Reading read;
            if (how.equals("auto")) {
                EndpointProbe.Choice choice = probe(endpoint, connections, model, context);
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
                            opening == Opening.AGAIN ? settings.again() : settings,
                            pool.<Demonstrations>map(PoolFile::pool).orElseGet(() -> Demonstrations.ofRubric(chosen))),
                    where.workers(),
                    Optional.of(chosen),
                    List.of(connected),
                    how,
                    pool.map(PoolFile::input).stream().toList(),
                    Optional.empty());
        } catch (RuntimeException | InterruptedException e) {
            connected.close();
            throw e;
        }
    }

    /** A server that is not there shows within half a minute, not at the deadline of a call. */
    private static EndpointProbe.Choice probe(
            Endpoint endpoint, Connections connections, JudgeName.Asked name, RunContext context)
            throws InterruptedException {
        try (ConnectedModel model = connections.connectDirectly(brief(endpoint), List.of(name.model()));
                Progress.Meter meter = context.progress().start("asking the server what it returns", -1);
                Heartbeat beat =
                        new Heartbeat(() -> meter.at(0, CallWords.brief(model.spending(), connections.ledger())))) {
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
