package pairwright.recipe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pairwright.jsonl.BadInput;
import pairwright.judge.Reading;
import pairwright.llm.Protocol;
import pairwright.llm.Protocol.Ability;
import pairwright.rubric.Reasoning;
import pairwright.rubric.Rubric;
import pairwright.rubric.Scale;

/** What a protocol has no place for, said before anything is read or asked. */
final class ProtocolRules {
    private static final double ANTHROPICS_HIGHEST_TEMPERATURE = 1;

    private ProtocolRules() {}

    /**
     * Of a judge that is asked under a rubric.
     *
     * @param temperature of the judge
     * @param reading as the settings say it, {@code auto} or nothing leaves it open
     * @throws BadInput naming what would do
     */
    static void check(Protocol protocol, Optional<String> reading, double temperature, Rubric rubric) {
        checkTemperature(protocol, temperature);
        List<Reading> possible = readings(protocol);
        Optional<Reading> wanted = reading.filter(name -> !name.equals("auto")).map(ProtocolRules::reading);
        if (wanted.isPresent() && !possible.contains(wanted.get())) {
            throw new BadInput("reading is " + reading.get() + ", which the protocol of " + protocol.prefix()
                    + ":MODEL does not have, must be auto"
                    + possible.stream().map(each -> " or " + name(each)).reduce("", String::concat));
        }
        if (protocol == Protocol.SCORING) {
            checkScoring(rubric);
        }
    }

    /** The labels are scored where the verdict line would have them, and nothing is written before. */
    private static void checkScoring(Rubric rubric) {
        Rubric.Declaration declared = rubric.declaration();
        String lacks = !(declared.scale() instanceof Scale.Choice)
                ? "asks for ratings, and scoring:MODEL scores labels"
                : declared.reasoning() != Reasoning.NONE ? "asks for reasoning, and scoring:MODEL writes nothing" : "";
        if (!lacks.isEmpty()) {
            throw new BadInput("rubric " + rubric.name() + " " + lacks + "; use another rubric, or openai:MODEL");
        }
    }

    /** @throws BadInput when a reading is said for a reward server, whose reply is a number */
    static void checkUnread(Optional<String> reading) {
        if (reading.filter(name -> !name.equals("auto")).isPresent()) {
            throw new BadInput("reading is " + reading.get()
                    + ", but the reply of get-reward:MODEL is a number that is read as it is; leave it out");
        }
    }

    /** @throws BadInput with the legal range */
    static void checkTemperature(Protocol protocol, double temperature) {
        if (protocol == Protocol.ANTHROPIC && temperature > ANTHROPICS_HIGHEST_TEMPERATURE) {
            throw new BadInput("temperature is " + temperature + ", must be in [0, 1] for anthropic:MODEL");
        }
    }

    /** The readings that the protocol has a place for, the most telling first; none for a reward server, whose reply is a number. */
    static List<Reading> readings(Protocol protocol) {
        return Stream.of(Reading.LOGPROBS, Reading.SCHEMA, Reading.TOOL, Reading.VERDICT)
                .filter(each -> protocol.can(ability(each)))
                .toList();
    }

    static Ability ability(Reading reading) {
        return switch (reading) {
            case LOGPROBS -> Ability.LOGPROBS;
            case SCHEMA -> Ability.SCHEMA;
            case TOOL -> Ability.TOOL;
            case VERDICT -> Ability.CHAT;
        };
    }

    static String name(Reading reading) {
        return reading.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Reading reading(String name) {
        return Reading.valueOf(name.toUpperCase(java.util.Locale.ROOT));
    }
}
