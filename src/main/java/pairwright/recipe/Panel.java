package pairwright.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.jsonl.Yaml;
import pairwright.judge.Cascade;
import pairwright.judge.Judge;
import pairwright.judge.JudgeName;
import pairwright.judge.Jury;

/**
 * A panel with all that its file and the stage say of it, before anybody is asked.
 *
 * @param file where it stands
 * @param seats in the order of the file
 */
record Panel(Path file, PanelFile declared, List<Seat> seats) {
    private static final String ASK_AGAIN = "ask_again";

    /**
     * One member.
     *
     * @param name in the evidence
     * @param asked how it is asked
     * @param inner the panel that the member is, where it is one
     */
    record Seat(String name, PanelMember member, AskSettings asked, Optional<Panel> inner) {}

    /**
     * Reads a panel's file, and those of the panels in it.
     *
     * @param asked the panel's name, and what holds for every member that does not say it itself
     * @throws BadInput naming file and line; also for a panel that holds itself
     */
    static Panel load(AskSettings asked, Places places) {
        Path file = Path.of(places.input(((JudgeName.Panel) asked.name()).file()));
        return load(file, asked, places, new LinkedHashSet<>());
    }

    private static Panel load(Path file, AskSettings asked, Places places, Set<Path> above) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput("judge " + asked.judge() + ": no file " + file + "; give the path of a panel's file");
        }
        Path here = file.toAbsolutePath().normalize();
        if (!above.add(here)) {
            throw new BadInput(file + ": the panel holds itself, by way of " + above);
        }
        PanelFile declared = Yaml.read(file, PanelFile.class);
        List<Seat> seats = new ArrayList<>();
        for (PanelMember member : declared.members()) {
            AskSettings each = member.asked(common(asked));
            if (!each.name().asks() && !member.asking().containsKey(ASK_AGAIN)) {
                each = member.asked(commonOfThoseNotAsked(asked));
            }
            Optional<Panel> inner = Optional.empty();
            if (each.name() instanceof JudgeName.Panel panel) {
                inner = Optional.of(load(beside(file, places).of(panel.file()), each, places, above));
            }
            seats.add(new Seat(PanelFile.known(member), member, each, inner));
        }
        above.remove(here);
        Panel panel = new Panel(file, declared, List.copyOf(seats));
        panel.checkServers(asked);
        // Whether the members fit together does not depend on who they are.
        panel.judge(
                "unnamed", panel.seats.stream().<Judge>map(seat -> pair -> null).toList());
        return panel;
    }

    /** Where the inputs of a member lie: beside the panel's file, else where the stage's own lie. */
    private record Beside(Path file, Places places) {
        Path of(String name) {
            Path beside = file.resolveSibling(name);
            return Files.exists(beside) ? beside : Path.of(places.input(name));
        }
    }

    private static Beside beside(Path file, Places places) {
        return new Beside(file, places);
    }

    /** The places of the members' own files. */
    Places places(Places ofStage) {
        return new Places() {
            @Override
            public String input(String name) {
                return beside(file, ofStage).of(name).toString();
            }

            @Override
            public Path output(String name) {
                return ofStage.output(name);
            }
        };
    }

    private static Map<String, Object> common(AskSettings asked) {
        Map<String, Object> common = new LinkedHashMap<>(Json.asMap(asked));
        common.remove("judge");
        return common;
    }

    private static Map<String, Object> commonOfThoseNotAsked(AskSettings asked) {
        Map<String, Object> common = common(asked);
        common.remove(ASK_AGAIN);
        return common;
    }

    /** The address and the key that hold for all members must not reach a server of another kind. */
    private void checkServers(AskSettings asked) {
        EndpointSettings common = asked.server();
        if (common.baseUrl().isEmpty() && common.apiKeyEnv().isEmpty()) {
            return;
        }
        Set<String> kinds = new TreeSet<>();
        for (Seat seat : seats) {
            if (seat.asked().name() instanceof JudgeName.Asked model
                    && !seat.member().asking().containsKey("endpoint")) {
                kinds.add(model.protocol().prefix());
            }
        }
        if (kinds.size() > 1) {
            throw new BadInput(file + ": one address or key is given for members of several kinds, " + kinds
                    + "; give each its endpoint in the panel's file");
        }
    }

    /** Looks at the settings of all members, before anything is asked. */
    void check() {
        for (Seat seat : seats) {
            try {
                if (seat.inner().isPresent()) {
                    seat.inner().get().check();
                } else {
                    seat.asked().check();
                }
            } catch (BadInput | IllegalArgumentException e) {
                throw new BadInput(file + ": member " + seat.name() + ": " + e.getMessage(), e);
            }
        }
    }

    /** Whether any member asks a server. */
    boolean asks() {
        return seats.stream()
                .anyMatch(seat -> seat.inner()
                        .map(Panel::asks)
                        .orElseGet(() -> seat.asked().name().asks()));
    }

    /** As it stands in every judgment: the name and the first 12 digits of the digest of all that decides z. */
    String reference() {
        String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        return "panel:" + declared.name().orElse(stem) + "@" + digest().substring(0, 12);
    }

    /** SHA-256, hex; equal for panels that ask equal questions of equal judges and put the answers together alike. */
    String digest() {
        return Digests.sha256(Json.canonical(facts()));
    }

    /** Its name, the whole digest and all that decides z, for provenance. */
    Map<String, Object> provenance() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", reference());
        facts.put("digest", digest());
        facts.putAll(facts());
        return facts;
    }

    /** All that decides z: no keys, limits, prices or timeouts. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", declared.jury().isPresent() ? "jury" : "cascade");
        declared.quorum().ifPresent(quorum -> facts.put("quorum", quorum));
        facts.put("members", seats.stream().map(this::facts).toList());
        return facts;
    }

    private Map<String, Object> facts(Seat seat) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", seat.name());
        if (seat.member().confidence().isEmpty()
                && seat.member().escalateConflicts().isEmpty()) {
            facts.put("weight", seat.member().weight().orElse(1.0));
        }
        seat.member().confidence().ifPresent(value -> facts.put("confidence", value));
        seat.member().escalateConflicts().ifPresent(value -> facts.put("escalate_conflicts", value));
        if (seat.inner().isPresent()) {
            facts.put("panel", seat.inner().get().facts());
            return facts;
        }
        Map<String, Object> asked = new LinkedHashMap<>(Json.asMap(seat.asked()));
        asked.remove("endpoint");
        asked.remove(ASK_AGAIN); // the question and the judge stay the same
        if (seat.asked().name() instanceof JudgeName.Asked model) {
            facts.put(
                    "address",
                    seat.asked().server().endpoint(model.protocol()).base().toString());
            asked.put("rubric", seat.asked().loadRubric().reference());
        } else {
            asked.keySet().retainAll(Set.of("judge"));
        }
        facts.put("asked", asked);
        return facts;
    }

    /** The panel of these judges, one for each seat. */
    Judge judge(List<? extends Judge> judges) {
        return judge(reference(), judges);
    }

    private Judge judge(String name, List<? extends Judge> judges) {
        try {
            return declared.jury().isPresent() ? jury(name, judges) : cascade(name, judges);
        } catch (IllegalArgumentException e) {
            throw new BadInput(file + ": " + e.getMessage(), e);
        }
    }

    private Judge jury(String name, List<? extends Judge> judges) {
        List<Jury.Juror> jurors = new ArrayList<>();
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            jurors.add(new Jury.Juror(
                    seat.name(), judges.get(i), seat.member().weight().orElse(1.0)));
        }
        return new Jury(name, jurors, declared.quorum());
    }

    private Judge cascade(String name, List<? extends Judge> judges) {
        List<Cascade.Step> steps = new ArrayList<>();
        for (int i = 0; i < seats.size(); i++) {
            PanelMember member = seats.get(i).member();
            steps.add(new Cascade.Step(
                    seats.get(i).name(),
                    judges.get(i),
                    member.confidence(),
                    member.escalateConflicts().orElse(false)));
        }
        return new Cascade(name, steps);
    }
}
