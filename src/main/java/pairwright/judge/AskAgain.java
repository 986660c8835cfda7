package pairwright.judge;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;

/**
 * For which abstentions a question is asked once more, which nobody does unasked: a reply is a fact and stays one. What the second
 * reply says stands, whatever it is; the first one stays in the ledger and in the bill.
 *
 * @param reasons none unless said
 */
public record AskAgain(Set<Abstention.Reason> reasons) {
    /** Every reply stands. */
    public static final AskAgain NEVER = new AskAgain(Set.of());

    /** Names all of them. */
    public static final String ALL = "all";

    /** A reply that never came is no fact: every run asks for it. Who says ABSENT was not asked. */
    private static final Set<Abstention.Reason> ASKABLE =
            EnumSet.complementOf(EnumSet.of(Abstention.Reason.TRANSPORT, Abstention.Reason.ABSENT));

    /** The flag of a judgment with a trial that was asked again. */
    public static final String FLAG = "asked-again";

    public AskAgain {
        reasons = Set.copyOf(reasons);
        for (Abstention.Reason reason : reasons) {
            if (!ASKABLE.contains(reason)) {
                throw new IllegalArgumentException(reason + " cannot be asked again");
            }
        }
    }

    /**
     * For the reasons of these names.
     *
     * @throws BadInput naming what is not one, and those that there are
     */
    public static AskAgain of(List<String> names) {
        Set<Abstention.Reason> reasons = EnumSet.noneOf(Abstention.Reason.class);
        for (String name : names) {
            if (name.equals(ALL)) {
                reasons.addAll(ASKABLE);
            } else {
                reasons.add(named(name));
            }
        }
        if (reasons.isEmpty()) {
            throw new BadInput("ask_again is empty, must name one or more of " + legal());
        }
        return new AskAgain(reasons);
    }

    private static Abstention.Reason named(String name) {
        if (name.equals(Abstention.Reason.TRANSPORT.name())) {
            throw new BadInput(
                    "ask_again names TRANSPORT, but a reply that never came is asked for by every run without it;"
                            + " must be one or more of " + legal());
        }
        return ASKABLE.stream()
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("ask_again names " + name + ", must be one or more of " + legal()));
    }

    private static String legal() {
        return ASKABLE.stream().map(Enum::name).collect(Collectors.joining(", ")) + ", or " + ALL;
    }

    boolean includes(Abstention why) {
        return reasons.contains(why.reason());
    }
}
