package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pairwright.agreement.AgreementReport;
import pairwright.agreement.AgreementSettings;
import pairwright.agreement.AgreementStudy;
import pairwright.agreement.Clusters;
import pairwright.agreement.ConflictingOrders;
import pairwright.agreement.DrawBy;
import pairwright.agreement.Frame;
import pairwright.agreement.HumanVote;
import pairwright.agreement.OrdersUsed;
import pairwright.agreement.TiesAs;
import pairwright.agreement.UnparsedAs;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.Abstention;
import pairwright.judge.Judge;
import pairwright.judge.JudgeName;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;

/**
 * Judgments to an agreement report: two judges of one file, or the judgments of two files joined by id.
 *
 * @param in one file, or two: the judge's and the reference's
 * @param judge the judgments that the rows carry unless said
 * @param against the reference; "human" is every annotator and their vote. With two files, the second file's own judgments unless said
 * @param scores a criterion: rows hold scores on it instead of pairs; then without a judge only people are compared
 * @param unparsed what an abstention of the judge counts as; dropped and counted unless said
 * @param humans how the labels of several people become one, where the reference is "human" or "human:majority"
 * @param draw nothing is measured: so many rows are drawn for people to label, and {@code out} is the file or folder for them
 * @param drawBy over what they are spread, the prompts unless said
 * @param alpha share of wrong rows below which a threshold is certified, in (0, 1); 0.1 unless said
 * @param delta chance that a certified threshold is false, in (0, 0.5]; 0.1 unless said
 * @param license file for the verdict whether the judge may stand in for the reference; written also where it is refused
 * @param epsilon of the alt-test in the licence: 0.1 beside a crowd (unless said), 0.15 beside skilled people, 0.2 beside experts
 * @param family of data that the licence is for; the one {@code dataset} that all rows name unless said
 * @param disagreements how many rows that are labelled differently the page shows with their texts, 0 to 1,000; 40 unless said
 * @param tables whether people are told every table instead of one screen
 * @param out a folder for {@code agreement.json} and {@code agreement.html}; {@code -} writes no file
 */
public record AgreeStage(
        @JsonProperty("in") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> in,

        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("judge") Optional<String> judge,
        @JsonProperty("against") Optional<String> against,
        @JsonProperty("scores") Optional<String> scores,
        @JsonProperty("unparsed") Optional<UnparsedAs> unparsed,
        @JsonProperty("conflicting_orders") Optional<ConflictingOrders> conflictingOrders,
        @JsonProperty("orders") Optional<OrdersUsed> orders,
        @JsonProperty("frame") Optional<Frame> frame,
        @JsonProperty("ties") Optional<TiesAs> ties,
        @JsonProperty("humans") Optional<HumanVote> humans,
        @JsonProperty("tie_band") Optional<Double> tieBand,
        @JsonProperty("clusters") Optional<Clusters> clusters,
        @JsonProperty("bootstrap_rounds") Optional<Integer> bootstrapRounds,
        @JsonProperty("confidence") Optional<Double> confidence,
        @JsonProperty("draw") Optional<Integer> draw,
        @JsonProperty("draw_by") Optional<DrawBy> drawBy,
        @JsonProperty("alpha") Optional<Double> alpha,
        @JsonProperty("delta") Optional<Double> delta,
        @JsonProperty("license") Optional<String> license,
        @JsonProperty("epsilon") Optional<Double> epsilon,
        @JsonProperty("family") Optional<String> family,
        @JsonProperty("disagreements") Optional<Integer> disagreements,
        @JsonProperty("tables") Optional<Boolean> tables,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    private static final int MOST_DISAGREEMENTS = 1000;

    public AgreeStage {
        if (in == null || in.isEmpty() || in.size() > 2) {
            throw new BadInput("agree: in names " + (in == null ? 0 : in.size())
                    + " files, must name one file, or the judge's and the reference's");
        }
        in = List.copyOf(in);
        if (draw.isPresent()) {
            LabelSample.check(draw.get(), in, against, scores, out);
        } else if (in.size() == 1 && against.isEmpty() && scores.isEmpty()) {
            throw new BadInput("agree: against is missing, must name a reference such as human:majority, human or gold,"
                    + " or a second file must be given");
        }
        if (license.isPresent() && (draw.isPresent() || scores.isPresent())) {
            throw new BadInput(
                    "license is for pairs that are labelled; leave out " + (draw.isPresent() ? "draw" : "scores"));
        }
        Required.named("agree", "out", out);
        judge.ifPresent(JudgeName::parse);
        against.ifPresent(JudgeName::parse);
        disagreements.ifPresent(most -> {
            if (!(most >= 0 && most <= MOST_DISAGREEMENTS)) {
                throw new BadInput("disagreements is " + most + ", must be in [0, " + MOST_DISAGREEMENTS + "]");
            }
        });
        Required.limit(maxBadRows);
    }

    @Override
    public void check() {
        Stage.super.check();
        settings();
        licensing();
    }

    LicenseSettings licensing() {
        return LicenseSettings.of(license, alpha, delta, epsilon, family);
    }

    @Override
    public List<String> writes() {
        return license.map(file -> List.of(out, file)).orElse(List.of(out));
    }

    @Override
    public List<String> inputs() {
        return in;
    }

    @Override
    public boolean writesRows() {
        return false;
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        AgreementSettings settings = settings();
        if (draw.isPresent()) {
            return new LabelSample(this, draw.get(), drawBy.orElse(DrawBy.PROMPT), settings.seed()).run(context);
        }
        if (scores.isPresent()) {
            return new ScoreAgreement(this, scores.get(), settings).run(context);
        }
        Places places = context.places();
        Optional<Path> folder = out.equals("-") ? Optional.empty() : Optional.of(places.output(out));
        LicenseSettings licensing = licensing();
        Apart.check(context, in, AgreementFiles.all(folder, licensing.path(places)));
        Judge judging = Judges.local(judge, places);
        List<Provenance.Input> inputs = new ArrayList<>();
        RowInput input = RowInput.of(in.get(0), where.orElse(List.of()), context);
        try (BadRows bad = folder.map(BadRows::beside).orElseGet(BadRows::counted);
                RowReader<Pair> reader = input.open(Pair.class, bad);
                UniquePairs rows = UniquePairs.of(reader);
                References references = in.size() == 1
                        ? References.ofRow(against.orElseThrow(), places)
                        : References.ofFile(in.get(1), against, context, bad, inputs);
                Progress.Meter meter = context.progress().start("agree", input.lines())) {
            AgreementStudy study = null;
            String judgeName =
                    judge.map(name -> JudgeName.parse(name).toString()).orElse("");
            long done = 0;
            long absent = 0;
            Pair first = null;
            while (rows.hasNext()) {
                Row<Pair> row = rows.next();
                try {
                    Judgment judgment = judging.judge(row.value());
                    if (study == null) {
                        judgeName = judgeName.isEmpty() ? judgment.judge() : judgeName;
                        study = new AgreementStudy(
                                judgeName, settings, disagreements.orElse(AgreementStudy.LISTED), licensing.target());
                    }
                    first = first == null ? row.value() : first;
                    if (judgment.verdict() instanceof Abstention a && a.reason() == Abstention.Reason.ABSENT) {
                        absent++;
                    } else {
                        References.Given given = references.of(row.value());
                        study.add(row.value(), judgment, given.references(), given.voters());
                    }
                } catch (BadInput | IllegalArgumentException | NullPointerException e) {
                    reader.refuse(row, e.getMessage());
                }
                meter.at(++done + reader.passedOver(), "");
            }
            if (study == null) {
                throw Required.noRows(in.get(0), reader, bad);
            }
            inputs.add(0, new Provenance.Input(in.get(0), reader.sha256()));
            AgreementReport report = study.report(new RankedStrengths(settings.confidence()));
            if (report.rows() == 0) {
                throw new BadInput(in.get(0) + ": no row holds a verdict of " + judgeName + "; the first row "
                        + RowVerdicts.held(first));
            }
            if (report.references().stream().allMatch(r -> r.counts().labelled() == 0)) {
                throw new BadInput(in.get(0) + ": no row has a label of " + against.orElse("the other file")
                        + "; the first row " + RowVerdicts.held(first));
            }
            AgreementReport whole = licensing
                    .license(study, this, inputs, places)
                    .map(report::withLicense)
                    .orElse(report);
            return new AgreementFiles(this, places, inputs).told(whole, references.unmatched(), absent, bad);
        }
    }

    AgreementSettings settings() {
        AgreementSettings defaults = AgreementSettings.DEFAULTS;
        return new AgreementSettings(
                unparsed.orElse(defaults.unparsed()),
                conflictingOrders.orElse(defaults.conflictingOrders()),
                orders.orElse(defaults.orders()),
                frame.orElse(defaults.frame()),
                ties.orElse(defaults.ties()),
                humans.orElse(defaults.humans()),
                tieBand.orElse(defaults.tieBand()),
                clusters.orElse(defaults.clusters()),
                bootstrapRounds.orElse(defaults.bootstrapRounds()),
                seed.orElse(defaults.seed()),
                confidence.orElse(defaults.confidence()));
    }
}
