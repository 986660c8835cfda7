package pairwright.dataset;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;
import pairwright.judge.Preference;

/** What the margin of another's row says of z. */
public enum Margins {
    /** Nothing, since its unit is not known: z is 0, 0.5 or 1, and the margin is carried through as {@code source_margin}. */
    KEPT {
        @Override
        double z(double margin) {
            return 1;
        }
    },
    /** It is |2z - 1|, as this project writes it: z = (1 + margin) / 2. */
    GAP {
        @Override
        double z(double margin) {
            if (!(margin >= 0 && margin <= 1)) {
                throw new BadInput("margin is " + margin
                        + ", must be in [0, 1] to be read as |2z - 1|; read it as a logit, or keep it");
            }
            return (1 + margin) / 2;
        }
    },
    /** It is a difference of rewards of a Bradley-Terry model: z = 1 / (1 + exp(-margin)). */
    LOGIT {
        @Override
        double z(double margin) {
            return 1 / (1 + Math.exp(-margin));
        }
    };

    /** z of the better response. */
    abstract double z(double margin);

    /** z of a comparison. */
    Preference of(Compared compared) {
        double sign = compared.z().z();
        if (this == KEPT || compared.margin().isEmpty() || sign == .5) {
            return compared.z();
        }
        double better = z(compared.margin().get());
        return new Preference(sign > .5 ? better : 1 - better);
    }

    /**
     * A reading by its name on the command line.
     *
     * @throws BadInput if there is none of that name
     */
    public static Margins named(String name) {
        return Arrays.stream(values())
                .filter(margins -> margins.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("margins is \"" + name + "\", must be one of "
                        + Arrays.stream(values()).map(Margins::toString).collect(Collectors.joining(", "))));
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
