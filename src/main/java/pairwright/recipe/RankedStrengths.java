package pairwright.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pairwright.agreement.Estimate;
import pairwright.agreement.StrengthModel;
import pairwright.ranking.Comparison;
import pairwright.ranking.ComparisonTable;
import pairwright.ranking.ComparisonTableBuilder;
import pairwright.ranking.RankingSettings;
import pairwright.ranking.StrengthEstimate;
import pairwright.ranking.Strengths;
import pairwright.ranking.Unidentified;

/**
 * Strengths as {@code rank} fits them: Bradley-Terry, ties as halves, errors by prompt.
 *
 * @param confidence of the intervals
 */
record RankedStrengths(double confidence) implements StrengthModel {
    @Override
    public Answer of(List<Contest> contests) {
        ComparisonTableBuilder table = ComparisonTable.builder();
        for (Contest contest : contests) {
            table.add(Comparison.of(contest.first(), contest.second(), contest.firstWins())
                    .on(contest.prompt()));
        }
        try {
            Strengths strengths = Strengths.fit(table.build(), settings());
            if (!strengths.hasErrors() && !strengths.hasSingleErrors()) {
                return new Undetermined("their errors are undefined");
            }
            Map<String, Estimate> named = new LinkedHashMap<>();
            for (int item = 0; item < strengths.items().size(); item++) {
                StrengthEstimate fitted = strengths.estimate(item);
                named.put(
                        strengths.items().get(item),
                        new Estimate(
                                fitted.value(),
                                fitted.low(),
                                fitted.high(),
                                contests.size(),
                                "Bradley-Terry, ties as halves; errors by prompt"));
            }
            return new Determined(named);
        } catch (Unidentified e) {
            return new Undetermined(e.getMessage());
        }
    }

    private RankingSettings settings() {
        RankingSettings plain = RankingSettings.DEFAULT;
        return new RankingSettings(
                plain.ties(),
                plain.order(),
                plain.style(),
                plain.ridge(),
                plain.covariateRidge(),
                plain.anchor(),
                plain.tieBand(),
                confidence,
                plain.errors(),
                plain.tolerance(),
                plain.maxIterations());
    }
}
