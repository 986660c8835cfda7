package pairwright.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import pairwright.agreement.AgreementSettings;
import pairwright.agreement.JurorAgreement;
import pairwright.agreement.JuryReport;
import pairwright.agreement.JuryStudy;
import pairwright.judge.Judge;
import pairwright.judge.JudgeName;
import pairwright.judge.Judgment;
import pairwright.judge.JurorVerdict;
import pairwright.judge.LabelJudge;
import pairwright.judge.Labelling;
import pairwright.judge.Preference;
import pairwright.llm.Prices;

/**
 * What the members of a panel said, and what a jury is worth where the rows carry labels: of people ({@code human:majority}), else the
 * field {@code gold}.
 */
final class PanelTally {
    private final Panel panel;
    private final List<Optional<Prices>> prices = new ArrayList<>();
    private final List<MemberTally> members = new ArrayList<>();
    private final AgreementSettings settings;
    private final Map<String, Judge> references = new LinkedHashMap<>();
    private final Map<String, JuryStudy> studies = new LinkedHashMap<>();
    private List<JurorVerdict> jurors = List.of();

    PanelTally(Panel panel, Labelling labels, Connections connections) {
        this.panel = panel;
        this.settings = AgreementSettings.DEFAULTS.withTieBand(labels.tieBand());
        for (Panel.Seat seat : panel.seats()) {
            members.add(new MemberTally(seat.name(), labels));
            prices.add(prices(seat, connections));
        }
        references.put("human:majority", LabelJudge.majority());
        references.put("gold", LabelJudge.field("gold"));
    }

    /** Of a member that asks nobody, nothing; of a panel, unknown. */
    private static Optional<Prices> prices(Panel.Seat seat, Connections connections) {
        if (seat.inner().isPresent()) {
            return Optional.empty();
        }
        return seat.asked().name() instanceof JudgeName.Asked model
                ? connections
                        .endpoint(seat.asked().server(), model.protocol())
                        .prices()
                        .of(model.model())
                : Optional.of(new Prices(0, 0));
    }

    void add(Judgment judgment) {
        List<JurorVerdict> said = judgment.evidence().jurors();
        for (int i = 0; i < said.size(); i++) {
            members.get(i).add(judgment.pair(), said.get(i), i == said.size() - 1);
        }
        if (isJury()) {
            jurors = said;
            references.forEach((name, reference) -> study(name, reference, judgment));
        }
    }

    private boolean isJury() {
        return panel.declared().jury().isPresent();
    }

    private void study(String name, Judge reference, Judgment judgment) {
        Optional<Preference> truth = label(reference, judgment);
        truth.ifPresent(label -> studies.computeIfAbsent(
                        name, each -> new JuryStudy(each, judgment.evidence().jurors(), settings))
                .add(judgment.pair().prompt().id(), judgment.evidence().jurors(), label));
    }

    /** A label that cannot be read is none here; a judge of that name would set the row aside. */
    private static Optional<Preference> label(Judge reference, Judgment judgment) {
        try {
            return reference.judge(judgment.pair()).verdict() instanceof Preference preference
                    ? Optional.of(preference)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a label is read, not waited for", e);
        }
    }

    private Optional<JuryReport> jury() {
        if (!isJury() || jurors.isEmpty()) {
            return Optional.empty();
        }
        JuryStudy labelled = studies.getOrDefault("human:majority", studies.get("gold"));
        return Optional.of((labelled == null ? new JuryStudy("human:majority", jurors, settings) : labelled).report());
    }

    private List<MemberTally.Counts> counts() {
        List<Optional<Double>> costs = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            MemberTally member = members.get(i);
            costs.add(prices.get(i)
                    .map(price -> price.promptPerMillion() * member.promptTokens()
                            + price.completionPerMillion() * member.completionTokens()));
        }
        double all = costs.stream().mapToDouble(cost -> cost.orElse(0.0)).sum();
        boolean known = all > 0 && costs.stream().allMatch(Optional::isPresent);
        List<MemberTally.Counts> counts = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Optional<Double> share = known ? costs.get(i).map(cost -> cost / all) : Optional.empty();
            counts.add(members.get(i).counts(!isJury(), share));
        }
        return counts;
    }

    /** For the report in JSON. */
    Map<String, Object> numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("panel", panel.reference());
        numbers.put("kind", isJury() ? "jury" : "cascade");
        numbers.put("members", counts());
        jury().ifPresent(report -> numbers.put("jury", report));
        return numbers;
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Optional<JuryReport> jury = jury();
        List<MemberTally.Counts> counts = counts();
        lines.add(jury.map(report -> "jury: " + report.words()).orElseGet(() -> "cascade: " + decided(counts)));
        for (int i = 0; i < counts.size(); i++) {
            int member = i;
            lines.add(
                    "  " + words(counts.get(i), jury.map(report -> report.each().get(member)), jury));
        }
        jury.ifPresent(report -> report.notes().forEach(note -> lines.add("  " + note)));
        return lines;
    }

    private static String decided(List<MemberTally.Counts> counts) {
        long all = counts.get(0).judgments().judged();
        List<String> each = new ArrayList<>();
        for (MemberTally.Counts step : counts) {
            long decided = step.decided().orElse(0L);
            each.add(String.format(
                    Locale.ROOT,
                    "%s decided %d (%.1f%%)",
                    step.judge(),
                    decided,
                    all == 0 ? 0 : 100.0 * decided / all));
        }
        return String.join(", ", each);
    }

    private static String words(
            MemberTally.Counts member, Optional<JurorAgreement> agreement, Optional<JuryReport> jury) {
        var said = member.judgments();
        StringBuilder line = new StringBuilder(member.judge());
        agreement.ifPresent(juror -> line.append(", weight ").append(number(juror.weight())));
        line.append(": ")
                .append(said.judged())
                .append(" judged, A ")
                .append(said.a())
                .append(", B ")
                .append(said.b())
                .append(", tie ")
                .append(said.ties())
                .append(", abstained ")
                .append(said.abstained())
                .append(said.abstained() == 0 ? "" : " " + said.abstentions());
        agreement
                .filter(juror -> juror.accuracy().number().isPresent())
                .ifPresent(juror -> line.append("; like ")
                        .append(jury.orElseThrow().reference())
                        .append(" in ")
                        .append(juror.words()));
        if (member.promptTokens() + member.completionTokens() > 0) {
            line.append("; tokens ")
                    .append(member.promptTokens())
                    .append(" in, ")
                    .append(member.completionTokens())
                    .append(" out");
        }
        member.costShare()
                .ifPresent(share -> line.append(String.format(Locale.ROOT, ", %.1f%% of the cost", 100 * share)));
        return line.toString();
    }

    private static String number(double weight) {
        return java.math.BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString();
    }
}
