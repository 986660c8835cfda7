package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Win rates from labels alone, from the judge alone and from both. */
final class FewLabelsPicture {
    private static final int MOST_SHOWN = 8;
    private static final Scale AXIS = new Scale(0, 1, ForestPicture.LEFT, ForestPicture.RIGHT);

    private FewLabelsPicture() {}

    static Map<String, Object> of(FewLabels few) {
        List<ForestPicture.Row> rows = new ArrayList<>();
        few.rates().stream().limit(MOST_SHOWN).forEach(rate -> {
            rows.add(new ForestPicture.Row(rate.name() + ", people", ForestPicture.Kind.PERSON, rate.people()));
            rows.add(new ForestPicture.Row(rate.name() + ", both", ForestPicture.Kind.JUDGE, rate.powered()));
        });
        return Map.of(
                "finding", finding(few),
                "picture",
                        ForestPicture.of(
                                rows, AXIS, "win rate over all rows, a tie half", Scale::percent, 0, .25, .5, .75, 1),
                "more", Math.max(0, few.rates().size() - MOST_SHOWN) + few.modelsLeftOut());
    }

    private static String finding(FewLabels few) {
        return few.rates().stream()
                .findFirst()
                .map(rate -> String.format(
                        Locale.ROOT,
                        "With the judge beside them, %,d labels are worth %,.0f for the win rate of %s",
                        rate.labelled(),
                        rate.effectiveLabels(),
                        VisibleText.of(rate.name())))
                .orElse("No win rate");
    }
}
