package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks for a judge's faults in all its rows, and answers all questions of bias together. */
final class FaultFinder {
    private static final String SHIFT = "mean of (p(AB) - p(BA)) / 2, p for response_a";

    private final JudgedRows rows;
    private final int[] sorted;
    private final String judge;
    private final String reference;
    private final AgreementSettings settings;
    private final List<BiasQuestion> questions = new ArrayList<>();

    private FaultFinder(JudgedRows rows, String judge, String reference, AgreementSettings settings) {
        this.rows = rows;
        this.sorted = rows.sorted();
        this.judge = judge;
        this.reference = reference;
        this.settings = settings;
    }

    /**
     * All of them.
     *
     * @param reference name of the one that the rows hold
     */
    static Faults of(JudgedRows rows, String judge, String reference, AgreementSettings settings) {
        return new FaultFinder(rows, judge, reference, settings).faults();
    }

    private Faults faults() {
        Optional<PositionBias> position = position();
        Optional<LengthBias> length = length();
        Optional<SelfPreference> own = selfPreference();
        AbstentionCount abstentions = new AbstentionCount(rows, sorted, settings);
        questions.addAll(abstentions.questions());
        return new Faults(
                BiasQuestion.answers(questions),
                position,
                length,
                own,
                Stability.of(rows, sorted, settings),
                CycleCount.of(rows, sorted, settings),
                abstentions.faults(),
                PlantedFlaw.of(rows, sorted, settings));
    }

    private Optional<PositionBias> position() {
        int[] both = IntStream.of(sorted).filter(rows::hasOrderGap).toArray();
        LeaningRows first = LeaningRows.of(
                "the response shown first",
                rows,
                sorted,
                row -> rows.firstShown(row) == Outcome.A ? 1 : rows.firstShown(row) == Outcome.B ? -1 : 0,
                settings);
        if (both.length > 0) {
            questions.add(shift(both));
        } else if (first.size() > 0) {
            questions.add(leaning("position", first));
        } else {
            return Optional.empty();
        }
        return Optional.of(new PositionBias(
                both.length,
                new PromptCount(
                        IntStream.of(both).mapToLong(rows::prompt).distinct().count(), true),
                mean(both)
                        .map(found -> found.statistic(both.length, SHIFT, settings))
                        .orElseGet(
                                () -> new Undefined("no rows of two prompts have a score of both orders", both.length)),
                first.size() > 0 ? Optional.of(first.leaning()) : Optional.empty()));
    }

    private Optional<RobustEstimate> mean(int[] both) {
        return RobustEstimate.mean(
                IntStream.of(both).mapToLong(row -> rows.cluster(row, settings)).toArray(),
                IntStream.of(both).mapToDouble(row -> rows.orderGap(row) / 2).toArray());
    }

    private BiasQuestion shift(int[] both) {
        Optional<RobustEstimate> mean = mean(both).filter(found -> found.prompts() >= RobustEstimate.FEWEST_PROMPTS);
        String slot = mean.filter(found -> found.value() < 0).isPresent() ? "second" : "first";
        return mean.map(found -> new BiasQuestion(
                        "position",
                        found.statistic(both.length, SHIFT, settings),
                        Optional.of(found.pValue()),
                        (effect, verdict) -> verdict.equals("do")
                                ? "It favours the response shown " + slot + ": an order moves z by " + effect
                                        + " toward the first slot."
                                : "It is not shown to favour a slot: an order moves z by " + effect
                                        + " toward the first."))
                .orElseGet(() -> tooFew("position", both.length));
    }

    private static BiasQuestion tooFew(String name, long n) {
        return BiasQuestion.untested(name, "fewer than " + RobustEstimate.FEWEST_PROMPTS + " prompts", n);
    }

    private Optional<LengthBias> length() {
        double squares = 0;
        int n = 0;
        for (int row : sorted) {
            if (rows.judged(row).isLabel() && rows.reference(row).isLabel()) {
                squares += difference(row) * difference(row);
                n++;
            }
        }
        if (!(squares > 0)) {
            return Optional.empty();
        }
        double scale = Math.sqrt(squares / n);
        LeaningRows longer = LeaningRows.of(
                "the longer response", rows, sorted, row -> Math.tanh(difference(row) / scale), settings);
        questions.add(leaning("length", longer));
        LeaningRows.Slopes slopes = longer.slopes();
        return Optional.of(
                new LengthBias(longer.leaning(), scale, slopes.judge(), slopes.reference(), slopes.difference()));
    }

    private double difference(int row) {
        return (double) rows.lengthA(row) - rows.lengthB(row);
    }

    private Optional<SelfPreference> selfPreference() {
        Optional<String> family = ModelFamily.ofJudge(judge);
        if (family.isEmpty()) {
            return Optional.empty();
        }
        boolean[] own = new boolean[rows.models().count()];
        for (int model = 0; model < own.length; model++) {
            own[model] = ModelFamily.of(rows.models().name(model)).equals(family);
        }
        LeaningRows kin = LeaningRows.of(
                "the response of its own family",
                rows,
                sorted,
                row -> rows.modelA(row) == Names.NONE || rows.modelB(row) == Names.NONE
                        ? 0
                        : (own[rows.modelA(row)] ? 1 : 0) - (own[rows.modelB(row)] ? 1 : 0),
                settings);
        if (kin.size() == 0) {
            return Optional.empty();
        }
        questions.add(leaning("self-preference", kin));
        return Optional.of(new SelfPreference(family.get(), kin.leaning()));
    }

    private BiasQuestion leaning(String name, LeaningRows of) {
        Leaning leaning = of.leaning();
        Optional<Double> pValue = of.pValue();
        if (pValue.isEmpty()) {
            return tooFew(name, of.size());
        }
        boolean opposed = of.opposed();
        boolean less = leaning.difference().number().filter(d -> d < 0).isPresent();
        String shares = StatisticText.of(leaning.judge()) + " of the time, " + VisibleText.of(reference) + " "
                + StatisticText.of(leaning.reference());
        return new BiasQuestion(
                name,
                leaning.difference(),
                pValue,
                (effect, verdict) -> verdict.equals("do")
                        ? "It takes " + leaning.toward() + (less ? " less" : " more")
                                + " often than the reference, also" + " where the reference said the same: " + shares
                                + "."
                        : opposed
                                ? "It takes " + leaning.toward() + " " + shares
                                        + "; where the reference said the same, it"
                                        + " leans the other way, so no bias is shown: a judge of another accuracy does so."
                                : "It is not shown to lean to " + leaning.toward() + " beyond the reference: " + shares
                                        + ".");
    }
}
