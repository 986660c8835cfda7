package pairwright.agreement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The judge between the floor, rules that need no judge, and the ceiling, people among themselves. */
final class StandingPicture {
    private StandingPicture() {}

    static Map<String, Object> of(ReferenceAgreement agreement, Optional<PeopleAgreement> people) {
        List<ForestPicture.Row> rows = new ArrayList<>();
        everyone(people).ifPresent(all -> {
            rows.add(new ForestPicture.Row("a person, with the others' vote", ForestPicture.Kind.PERSON, all.human()));
            rows.add(new ForestPicture.Row("the judge, with the same votes", ForestPicture.Kind.JUDGE, all.judge()));
        });
        rows.add(new ForestPicture.Row(
                "the judge, with " + agreement.reference(),
                ForestPicture.Kind.JUDGE,
                agreement.scores().accuracy()));
        for (Baseline rule : ordered(agreement.baselines())) {
            rows.add(new ForestPicture.Row(words(rule), ForestPicture.Kind.PLAIN, rule.accuracy()));
        }
        return ForestPicture.of(
                rows,
                new Scale(0, 1, ForestPicture.LEFT, ForestPicture.RIGHT),
                "share of rows with the same label",
                Scale::percent,
                0,
                .25,
                .5,
                .75,
                1);
    }

    private static List<Baseline> ordered(List<Baseline> rules) {
        return rules.stream()
                .sorted(Comparator.comparingDouble(
                                (Baseline rule) -> rule.accuracy().number().orElse(0.))
                        .reversed())
                .toList();
    }

    private static String words(Baseline rule) {
        return switch (rule.name()) {
            case "random" -> "no judge: a fair coin";
            case "first" -> "no judge: always A";
            case "longer" -> "no judge: the longer one";
            case "majority" -> "no judge: the commonest label";
            default -> "no judge: " + rule.name();
        };
    }

    private static Optional<LeftOut> everyone(Optional<PeopleAgreement> people) {
        return people.flatMap(p -> p.leftOut().stream().findFirst());
    }

    /** What the picture shows, in a sentence. */
    static String finding(ReferenceAgreement agreement, Optional<PeopleAgreement> people) {
        Statistic accuracy = agreement.scores().accuracy();
        if (accuracy.number().isEmpty()) {
            return "No row says how often the judge agrees: " + ((Undefined) accuracy).reason();
        }
        Baseline best = ordered(agreement.baselines()).get(0);
        String floor = ", " + beside(accuracy, best.accuracy(), "above", "below") + " the best rule without a judge ("
                + words(best).substring("no judge: ".length()) + ", " + share(best.accuracy()) + ")";
        String ceiling = everyone(people).map(all -> "; " + gap(all)).orElse("");
        return "The judge agrees on " + share(accuracy) + " of " + accuracy.n() + " rows" + floor + ceiling;
    }

    private static String gap(LeftOut all) {
        String words = "with the other people's vote it agrees on " + share(all.judge()) + ", a person on "
                + share(all.human());
        if (all.difference() instanceof Estimate difference) {
            return words
                    + (difference.low() > 0
                            ? ": better than a person"
                            : difference.high() < 0 ? ": worse than a person" : ": no clear difference");
        }
        return words;
    }

    private static String beside(Statistic judge, Statistic other, String above, String below) {
        if (judge instanceof Estimate j && other instanceof Estimate o) {
            return j.low() > o.high()
                    ? "clearly " + above
                    : j.high() < o.low() ? "clearly " + below : "not clearly apart from";
        }
        return "beside";
    }

    private static String share(Statistic statistic) {
        return statistic.number().map(Scale::percent).orElse("an undefined share");
    }
}
