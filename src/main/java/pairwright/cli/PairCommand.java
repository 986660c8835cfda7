package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.PairStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pair",
        description = "Candidates to pairs: chooses which two are compared.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright pair datasets/quickstart/candidates.jsonl --label-by quality --out pairs.jsonl",
            "",
            "A candidate's row: {\"id\": \"c1\", \"prompt_id\": \"p1\", \"prompt\": \"...\", \"response\": \"...\"}; the rows of a prompt stand together."
        })
final class PairCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CANDIDATES", description = "JSONL, plain or gzip; - is standard input.")
    private String in;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = {
                "Which candidates of a prompt are compared (default all):",
                "all, random:N; by --score-by: best-worst, best-random[:N], neighbours[:N],",
                "uncertain[:N] (what a reward model, several between commas, or an ensemble by its reward_members,",
                "is least sure of, first);",
                "by the texts: unlike[:N] (the responses that are least alike first);",
                "by the models: reference:MODEL (it against each other), round-robin[:N] (every two models N times);",
                "by --judged, --max-pairs in all: swiss (one round: neighbours in the ranking that have met least),",
                "informative (the models whose order the next judgments are expected to tell most about)."
            })
    private Optional<String> policy;

    @Option(
            names = "--score-by",
            paramLabel = "FIELD",
            description = "A numeric field of the candidates, higher being better, that the policy looks at.")
    private Optional<String> scoreBy;

    @Option(
            names = "--max-pairs",
            paramLabel = "N",
            description = "Most pairs in all, the control's included: every prompt gives one before any gives two.")
    private Optional<Long> maxPairs;

    @Option(
            names = "--spread-over",
            paramLabel = "WHAT",
            description =
                    "With --max-pairs: clusters (of nearly the same prompts) or tags.NAME; every one of these, not"
                            + " every prompt, gives one before any gives two.")
    private Optional<String> spreadOver;

    @Option(
            names = "--cluster-similarity",
            paramLabel = "X",
            description = "Prompts are nearly the same from here (Jaccard of character 5-grams; default 0.7).")
    private Optional<Double> clusterSimilarity;

    @Option(
            names = "--control",
            paramLabel = "N",
            description =
                    "Pairs in all that are drawn evenly whatever the policy; field arm says policy, control or both.")
    private Optional<Long> control;

    @Option(
            names = "--judged",
            paramLabel = "FILE",
            description = "Judgments made so far: their pairs are left out, and swiss and informative plan by them.")
    private Optional<String> judged;

    @Option(
            names = "--settled",
            paramLabel = "P",
            description = "Make no more pairs once the order of the models is right with this probability, say 0.95.")
    private Optional<Double> settled;

    @Option(
            names = "--max-response-similarity",
            paramLabel = "X",
            description = "Leave out pairs whose responses are more alike (Jaccard of character 5-grams).")
    private Optional<Double> maxResponseSimilarity;

    @Option(
            names = "--label-by",
            paramLabel = "FIELD",
            description = "A numeric field of the candidates, higher being better: gives each pair its gold label.")
    private Optional<String> labelBy;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides which candidate is A, and what random picks (default 0).")
    private Optional<Long> seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Pairs; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new PairStage(
                in,
                rows.where(),
                policy,
                scoreBy,
                maxPairs,
                spreadOver,
                clusterSimilarity,
                control,
                judged,
                settled,
                maxResponseSimilarity,
                labelBy,
                rows.maxBadRows(),
                seed,
                out));
    }
}
