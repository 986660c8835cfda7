package pairwright.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one fit, or those of an ensemble, came to, before it is measured and reported on.
 *
 * @param fit one member alone, of weight 1, where the settings ask for no ensemble
 */
record TrainedModel(FitSettings settings, SingleFit.Data data, EnsembleFit fit) {
    double difference(PairTable.Entry entry) {
        return fit.difference(entry);
    }

    FitReport.Measure on(List<PairTable.Entry> entries) {
        return new Measurement(data.table(), fit::difference, data.training()).on(entries);
    }

    /** @param prompts among the pairs with a label */
    RewardFit fit(List<PairTable.Entry> unseen, int prompts, Optional<FitReport.PseudoLabelled> pseudo) {
        SingleFit first = fit.members().get(0);
        if (settings.ensemble().isEmpty()) {
            FitReport report = report(unseen, prompts, Optional.empty(), pseudo);
            return new RewardFit(first.model().apply(report), report);
        }
        FitReport report = report(unseen, prompts, Optional.of(members(unseen)), pseudo);
        List<EnsembleModel.Member> models = new ArrayList<>();
        for (int k = 0; k < fit.weights().length; k++) {
            models.add(new EnsembleModel.Member(fit.members().get(k).model().apply(report), fit.weights()[k]));
        }
        return new RewardFit(new EnsembleModel(models, report, Map.of()), report);
    }

    private List<FitReport.Member> members(List<PairTable.Entry> unseen) {
        int each = settings.ensemble().orElseThrow().members();
        List<FitReport.Member> members = new ArrayList<>();
        for (int k = 0; k < fit.weights().length; k++) {
            SingleFit member = fit.members().get(k);
            Measurement measurement = new Measurement(data.table(), member.difference(), data.training());
            members.add(new FitReport.Member(
                    settings.architectures().get(k / each),
                    member.settings().seed(),
                    fit.weights()[k],
                    member.l2(),
                    unseen.isEmpty() ? Optional.empty() : Optional.of(measurement.on(unseen))));
        }
        return List.copyOf(members);
    }

    private FitReport report(
            List<PairTable.Entry> unseen,
            int prompts,
            Optional<List<FitReport.Member>> members,
            Optional<FitReport.PseudoLabelled> pseudo) {
        SingleFit first = fit.members().get(0);
        return new FitReport(
                settings,
                first.device(),
                data.table().rows(),
                data.table().leftOut(),
                prompts,
                on(data.training()),
                unseen.isEmpty() ? Optional.empty() : Optional.of(on(unseen)),
                first.search(),
                first.l2(),
                first.styleWeight(),
                first.noiseRate(),
                first.tieParameter(),
                first.temperature(),
                first.columns(),
                first.iterations(),
                first.objective(),
                first.gradientNorm(),
                first.converged(),
                first.epochs(),
                members,
                pseudo);
    }
}
