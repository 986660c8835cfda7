package pairwright.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.judge.Judge;
import pairwright.llm.ConnectedModel;
import pairwright.provenance.Provenance;

/** A panel's members opened one after the other, on one ledger and one account; who reaches a server in the same way shares its limits. */
final class OpenedPanel {
    private OpenedPanel() {}

    /** @throws BadInput naming the member, before anybody is asked anything but what it can do */
    static OpenedJudge open(Panel panel, Connections connections, RunContext context, OpenedJudge.Opening opening)
            throws InterruptedException {
        panel.check();
        return opened(
                panel,
                connections,
                context,
                opening == OpenedJudge.Opening.ALONE ? OpenedJudge.Opening.AMONG_OTHERS : opening);
    }

    private static OpenedJudge opened(
            Panel panel, Connections connections, RunContext context, OpenedJudge.Opening opening)
            throws InterruptedException {
        List<OpenedJudge> members = new ArrayList<>();
        try {
            for (Panel.Seat seat : panel.seats()) {
                RunContext named = new RunContext(
                        panel.places(context.places()),
                        new NamedProgress(seat.name(), context.progress()),
                        context.environment(),
                        context.standardOutput());
                members.add(
                        seat.inner().isPresent()
                                ? opened(seat.inner().get(), connections, named, opening)
                                : OpenedJudge.open(seat.asked(), connections, named, opening));
            }
        } catch (RuntimeException | InterruptedException e) {
            members.forEach(OpenedJudge::close);
            throw e;
        }
        return together(panel, members);
    }

    private static OpenedJudge together(Panel panel, List<OpenedJudge> members) {
        Map<ConnectedModel, Integer> servers = new LinkedHashMap<>();
        LinkedHashSet<Provenance.Input> inputs = new LinkedHashSet<>();
        inputs.add(input(panel.file()));
        Map<String, String> how = new LinkedHashMap<>();
        for (int i = 0; i < members.size(); i++) {
            OpenedJudge member = members.get(i);
            // A pair waits for one server at a time, so all are busy when the pairs are as many as the calls they take
            // at once.
            member.models()
                    .forEach(model -> servers.putIfAbsent(
                            model, member.workers() / member.models().size()));
            inputs.addAll(member.inputs());
            if (!member.how().isEmpty()) {
                how.put(panel.seats().get(i).name(), member.how());
            }
        }
        int local = members.stream()
                .filter(member -> member.models().isEmpty())
                .mapToInt(OpenedJudge::workers)
                .max()
                .orElse(1);
        int asked = servers.values().stream().mapToInt(Integer::intValue).sum();
        return new OpenedJudge(
                panel.judge(members.stream().<Judge>map(OpenedJudge::judge).toList()),
                Math.max(local, asked),
                Optional.empty(),
                List.copyOf(servers.keySet()),
                how.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining("; ")),
                List.copyOf(inputs),
                Optional.of(panel));
    }

    private static Provenance.Input input(Path file) {
        try {
            return new Provenance.Input(file.toString(), Digests.sha256(file));
        } catch (java.io.IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** What is said of a member begins with its name. */
    private record NamedProgress(String name, Progress progress) implements Progress {
        @Override
        public Meter start(String task, long total) {
            return progress.start(name + ": " + task, total);
        }

        @Override
        public void say(String line) {
            progress.say(name + ": " + line);
        }
    }
}
