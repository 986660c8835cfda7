package pairwright.recipe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pairwright.jsonl.BadInput;
import pairwright.judge.Reading;
import pairwright.llm.Protocol;
import pairwright.llm.Protocol.Ability;
import pairwright.rubric.Rubric;
import pairwright.rubric.Scale;

/** What a protocol has no place for, said before anything is read or asked. */
final class ProtocolRules {
    private static final double ANTHROPICS_HIGHEST_TEMPERATURE = 1;

    private ProtocolRules() {}

    /**
     * Of a judge that is asked under a rubric.
     *
     * @param reading as the settings say it, {@code auto} or nothing leaves it open
     * @throws BadInput naming what would do
     */
    static void check(Protocol protocol, Optional<String> reading, Rubric rubric) {
        checkTemperature(protocol, rubric.declaration().temperature());
        List<Reading> possible = readings(protocol);
        Optional<Reading> wanted = reading.filter(name -> !name.equals("auto")).map(ProtocolRules::reading);
        if (wanted.isPresent() && !possible.contains(wanted.get())) {
            throw new BadInput("reading is " + reading.get() + ", which the protocol of " + protocol.prefix()
                    + ":MODEL does not have, must be auto"
                    + possible.stream().map(each -> " or " + name(each)).reduce("", String::concat));
        }
        if (protocol == Protocol.SCORING && !(rubric.declaration().scale() instanceof Scale.Choice)) {
            throw new BadInput(
                    "rubric " + rubric.name()
                            + " asks for ratings, but scoring:MODEL writes nothing and scores labels only; use a rubric with labels");
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
            case VERDICT -> Ability.CHAT;
            case SCHEMA -> Ability.SCHEMA;
            case TOOL -> Ability.TOOL;
        };
    }

    static String name(Reading reading) {
        return reading.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Reading reading(String name) {
        return Reading.valueOf(name.toUpperCase(java.util.Locale.ROOT));
    }
}
