package pairwright.judge;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import pairwright.llm.Pending;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/**
 * Several judges that are all asked. z is the weighted mean of the z of those that gave a preference; what each of them said stands in
 * the evidence. Too few of them, and the jury abstains.
 */
public final class Jury implements Judge {
    /** The conflict of jurors whose labels differ. */
    public static final String CONFLICT = "jury";

    public static final double MAX_WEIGHT = 1e6;

    /** Sums of weights such as .1 + .2 are compared with this slack, as a share of the whole. */
    private static final double ROUNDING = 1e-12;

    private final String name;
    private final List<Juror> jurors;
    private final Optional<Double> quorum;
    private final double weights;

    /**
     * One judge of a jury.
     *
     * @param name told apart from every other juror's
     * @param weight in (0, 1,000,000]; only its share counts
     */
    public record Juror(String name, Judge judge, double weight) {
        public Juror {
            if (!(weight > 0 && weight <= MAX_WEIGHT)) {
                throw new IllegalArgumentException("weight of juror " + name + " is " + weight + ", must be in (0, "
                        + String.format(java.util.Locale.ROOT, "%.0f", MAX_WEIGHT) + "]");
            }
        }
    }

    /**
     * A jury known as {@code name}.
     *
     * @param jurors at least one, asked in this order
     * @param quorum least share of the weight that must give a preference, in (0, 1]; where it is not said, more than half
     */
    public Jury(String name, List<Juror> jurors, Optional<Double> quorum) {
        if (jurors.isEmpty()) {
            throw new IllegalArgumentException("jury is empty, must hold at least one juror");
        }
        checkQuorum(quorum);
        this.name = name;
        this.jurors = List.copyOf(jurors);
        this.quorum = quorum;
        this.weights = jurors.stream().mapToDouble(Juror::weight).sum();
    }

    /** @throws IllegalArgumentException when it is no share */
    public static void checkQuorum(Optional<Double> quorum) {
        if (quorum.filter(share -> !(share > 0 && share <= 1)).isPresent()) {
            throw new IllegalArgumentException("quorum is " + quorum.get() + ", must be in (0, 1]");
        }
    }

    @Override
    public Judgment judge(Pair pair) throws InterruptedException {
        List<JurorVerdict> said = new ArrayList<>();
        Pending pending = null; // no juror waits for another, so all of them are asked first
        for (Juror juror : jurors) {
            try {
                said.add(JurorVerdict.of(
                        juror.name(), Optional.of(juror.weight()), juror.judge().judge(pair)));
            } catch (Pending e) {
                pending = e;
            }
        }
        if (pending != null) {
            throw pending;
        }
        return new Judgment(pair, name, commonRubric(said), verdict(said), evidence(said));
    }

    private Verdict verdict(List<JurorVerdict> said) {
        double sum = 0;
        double given = 0;
        for (JurorVerdict juror : said) {
            if (juror.z().isPresent()) {
                sum += juror.weight().orElseThrow() * juror.z().get();
                given += juror.weight().orElseThrow();
            }
        }
        double share = given / weights;
        boolean enough = quorum.isPresent() ? share >= quorum.get() - ROUNDING : share > .5 + ROUNDING;
        return enough ? new Preference(sum / given) : abstention(said, share);
    }

    /** With the reason that holds the most weight; of equals the one that {@link Abstention.Reason} names first. */
    private Abstention abstention(List<JurorVerdict> said, double share) {
        Map<Abstention.Reason, Double> weightOf = new EnumMap<>(Abstention.Reason.class);
        List<String> each = new ArrayList<>();
        for (JurorVerdict juror : said) {
            juror.abstention().ifPresent(why -> {
                weightOf.merge(why.reason(), juror.weight().orElseThrow(), Double::sum);
                each.add(juror.judge() + " " + why.reason() + " (" + why.detail() + ")");
            });
        }
        Abstention.Reason heaviest = null;
        for (Map.Entry<Abstention.Reason, Double> reason : weightOf.entrySet()) {
            if (heaviest == null || reason.getValue() > weightOf.get(heaviest) + ROUNDING * weights) {
                heaviest = reason.getKey();
            }
        }
        return new Abstention(
                heaviest,
                String.format(
                        java.util.Locale.ROOT,
                        "jurors with %.2f of the weight gave a preference, the quorum is %s: %s",
                        share,
                        quorum.map(String::valueOf).orElse("more than half"),
                        String.join("; ", each)));
    }

    private static Optional<String> commonRubric(List<JurorVerdict> said) {
        Set<Optional<String>> rubrics = said.stream().map(JurorVerdict::rubric).collect(Collectors.toSet());
        return rubrics.size() == 1 ? rubrics.iterator().next() : Optional.empty();
    }

    private static Evidence evidence(List<JurorVerdict> said) {
        List<JurorVerdict> given =
                said.stream().filter(juror -> juror.z().isPresent()).toList();
        Optional<OrderScores> orders = OrderScores.ofJurors(said);
        List<String> conflicts = new ArrayList<>();
        if (orders.filter(OrderScores::inConflict).isPresent()) {
            conflicts.add("position");
        }
        Set<Label> labels = given.stream()
                .map(juror -> new Preference(juror.z().orElseThrow()).label(Preference.DEFAULT_TIE_BAND))
                .collect(Collectors.toSet());
        if (labels.size() > 1) {
            conflicts.add(CONFLICT);
        }
        Set<String> flags = new LinkedHashSet<>();
        said.forEach(juror -> juror.evidence().ifPresent(e -> flags.addAll(e.flags())));
        return Evidence.of(
                        given.stream().anyMatch(juror -> holds(juror, Evidence::half)),
                        !given.isEmpty() && given.stream().allMatch(juror -> holds(juror, Evidence::calibrated)))
                .withOrders(orders)
                .withConflicts(conflicts)
                .withFlags(List.copyOf(flags))
                .withJurors(said);
    }

    private static boolean holds(JurorVerdict juror, Function<Evidence, Boolean> property) {
        return juror.evidence().map(property).orElse(false);
    }
}
