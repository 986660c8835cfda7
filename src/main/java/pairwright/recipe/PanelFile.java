package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.judge.Jury;

/**
 * A panel's file: a jury, whose members are all asked, or a cascade, whose members are asked one after the other.
 *
 * @param name of the panel; the file's own unless said
 * @param quorum least share of a jury's weight that must give a preference; more than half unless said
 */
record PanelFile(
        @JsonProperty("name") Optional<String> name,
        @JsonProperty("quorum") Optional<Double> quorum,
        @JsonProperty("jury") Optional<List<PanelMember>> jury,
        @JsonProperty("cascade") Optional<List<PanelMember>> cascade) {
    /** Every two jurors have a correlation of errors, so their cost grows with the square. */
    static final int MAX_MEMBERS = 32;

    PanelFile {
        if (name.filter(n -> !n.matches("[A-Za-z0-9][A-Za-z0-9._-]*")).isPresent()) {
            throw new BadInput("name is " + name.get() + ", must be letters, digits, dots, hyphens");
        }
        if (jury.isPresent() == cascade.isPresent()) {
            throw new BadInput("jury and cascade are both " + (jury.isPresent() ? "given" : "missing")
                    + ", must be one of them: jury asks all members, cascade one after the other");
        }
        Jury.checkQuorum(quorum);
        if (cascade.isPresent() && quorum.isPresent()) {
            throw new BadInput("quorum is for a jury; a cascade's verdict is that of one step");
        }
        String kind = jury.isPresent() ? "jury" : "cascade";
        List<PanelMember> members = jury.or(() -> cascade).orElseThrow();
        if (!(members.size() >= 1 && members.size() <= MAX_MEMBERS)) {
            throw new BadInput(kind + " has " + members.size() + " members, must have 1 to " + MAX_MEMBERS);
        }
        Set<String> names = new HashSet<>();
        for (PanelMember member : members) {
            String known = known(member);
            if (!names.add(known)) {
                throw new BadInput(kind + " has two members named " + known
                        + "; give each a name, or, where they are asked alike, one of them the weight of both");
            }
            if (jury.isPresent()
                    && (member.confidence().isPresent()
                            || member.escalateConflicts().isPresent())) {
                throw new BadInput("juror " + known + " has confidence or escalate_conflicts, which are for a cascade");
            }
            if (cascade.isPresent() && member.weight().isPresent()) {
                throw new BadInput("step " + known + " has a weight, which is for a jury");
            }
        }
    }

    /** The name of a member in the evidence. */
    static String known(PanelMember member) {
        return member.name().orElseGet(() -> member.asked(java.util.Map.of()).judge());
    }

    List<PanelMember> members() {
        return jury.or(() -> cascade).orElseThrow();
    }
}
