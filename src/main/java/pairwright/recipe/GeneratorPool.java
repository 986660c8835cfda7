package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import pairwright.candidate.Generator;
import pairwright.candidate.Source;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.Yaml;
import pairwright.llm.ConnectedModel;
import pairwright.llm.Endpoint;
import pairwright.llm.Protocol;
import pairwright.llm.Spending;

/** The models that generate for one stage, behind as many servers as they like, on one ledger and one account. */
record GeneratorPool(List<GeneratorSettings> members) {
    /** A pool's file. */
    record Declared(@JsonProperty("generators") List<GeneratorSettings> generators) {
        Declared {
            if (generators == null || generators.isEmpty()) {
                throw new BadInput("generators is empty, must hold at least one model");
            }
        }
    }

    GeneratorPool {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new BadInput("generate: models is missing, must name at least one model, as openai:MODEL, or pool a"
                    + " file of them");
        }
        Set<String> names = new HashSet<>();
        for (GeneratorSettings member : members) {
            if (!names.add(member.known())) {
                throw new BadInput("generate: two models are named " + member.known() + "; give one of them a name"
                        + " in the pool's file");
            }
        }
    }

    /**
     * Models by name and those of a file, in this order.
     *
     * @param defaults what a model does not say itself
     */
    static GeneratorPool of(List<String> models, Optional<Path> file, GeneratorSettings defaults) {
        Stream<GeneratorSettings> named = models.stream()
                .map(model -> new GeneratorSettings(
                        model,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
        Stream<GeneratorSettings> filed = file
                .map(path -> Yaml.read(path, Declared.class).generators())
                .stream()
                .flatMap(List::stream);
        List<GeneratorSettings> given = Stream.concat(named, filed).toList();
        checkAddress(given, defaults.server());
        return new GeneratorPool(given.stream().map(each -> each.or(defaults)).toList());
    }

    private static void checkAddress(List<GeneratorSettings> given, EndpointSettings ofStage) {
        List<Protocol> sharing = given.stream()
                .filter(each -> each.endpoint().isEmpty())
                .map(each -> each.asked().protocol())
                .distinct()
                .toList();
        if (sharing.size() > 1
                && (ofStage.baseUrl().isPresent() || ofStage.apiKeyEnv().isPresent())) {
            throw new BadInput("generate: models speaks " + sharing + ", but one address or key is given for all;"
                    + " name them in a file for pool, each with its endpoint");
        }
    }

    /** Looks at all settings, before anything is asked. */
    void check(Optional<Long> seed, Optional<BatchingSettings> batch) {
        for (GeneratorSettings member : members) {
            var unused = member.server().endpoint(member.asked().protocol());
            var unusedToo = member.spread(seed);
            batch.ifPresent(how -> how.check(member.asked().protocol()));
        }
    }

    /** All of them connected. */
    record Opened(Generator generator, List<ConnectedModel> servers, int workers) {
        Spending spending() {
            return servers.stream()
                    .map(ConnectedModel::spending)
                    .reduce(Spending::plus)
                    .orElseThrow();
        }
    }

    /** Connects each, once where several stand behind one server; nothing is sent yet. */
    Opened open(Connections connections, Optional<Long> seed) throws InterruptedException {
        List<Source> sources = new ArrayList<>();
        List<ConnectedModel> servers = new ArrayList<>();
        int workers = 0;
        for (GeneratorSettings member : members) {
            String model = member.asked().model();
            Endpoint endpoint =
                    connections.endpoint(member.server(), member.asked().protocol());
            ConnectedModel server = connections.share(endpoint, List.of(model));
            if (!servers.contains(server)) {
                servers.add(server);
                workers += member.server().workers();
            }
            sources.add(new Source(
                    member.known(),
                    model,
                    server,
                    connections.price(endpoint, model),
                    member.samplesEach(),
                    member.spread(seed)));
        }
        return new Opened(new Generator(sources), servers, workers);
    }

    /** Who generates, for provenance: no keys, limits or prices. */
    List<Map<String, Object>> facts() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (GeneratorSettings member : members) {
            Map<String, Object> facts = new LinkedHashMap<>(Json.asMap(member));
            facts.remove("endpoint");
            facts.put("name", member.known());
            facts.put("samples", member.samplesEach());
            facts.put(
                    "address",
                    member.server().endpoint(member.asked().protocol()).base().toString());
            all.add(facts);
        }
        return all;
    }

    long perPrompt() {
        return members.stream().mapToLong(GeneratorSettings::samplesEach).sum();
    }
}
