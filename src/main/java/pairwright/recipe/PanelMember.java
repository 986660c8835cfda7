package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.judge.Cascade;
import pairwright.judge.Jury;

/**
 * One judge of a panel, as its file says it.
 *
 * @param name in the evidence and the report; the judge's unless said
 * @param weight of a juror, 1 unless said
 * @param confidence of a step of a cascade: below it the next step is asked
 * @param escalateConflicts whether a step that contradicts itself is followed by the next too
 * @param asking the settings of {@link AskSettings}; those left out are the panel's own
 */
record PanelMember(
        @JsonProperty("name") Optional<String> name,
        @JsonProperty("weight") Optional<Double> weight,
        @JsonProperty("confidence") Optional<Double> confidence,
        @JsonProperty("escalate_conflicts") Optional<Boolean> escalateConflicts,
        @JsonAnySetter Map<String, Object> asking) {
    PanelMember {
        asking = asking == null ? Map.of() : Map.copyOf(asking);
        if (name.filter(String::isBlank).isPresent()) {
            throw new BadInput("name is blank, must be a name");
        }
        String known = name.orElse(asked(asking, Map.of()).judge());
        // The judges check what is theirs; here a wrong number is met with the line where it stands.
        weight.ifPresent(value -> new Jury.Juror(known, pair -> null, value));
        confidence.ifPresent(value -> new Cascade.Step(known, pair -> null, Optional.of(value), false));
    }

    /** The settings, with those of the panel where its file is silent. */
    AskSettings asked(Map<String, Object> ofPanel) {
        return asked(asking, ofPanel);
    }

    private static AskSettings asked(Map<String, Object> own, Map<String, Object> ofPanel) {
        Map<String, Object> all = new TreeMap<>(ofPanel);
        all.putAll(own);
        try {
            return Json.convertStrictly(all, AskSettings.class);
        } catch (BadInput e) {
            boolean unknown = e.getMessage().contains("is an unknown key");
            throw new BadInput(
                    e.getMessage() + (unknown ? "; and confidence, escalate_conflicts, name, weight" : ""), e);
        }
    }
}
