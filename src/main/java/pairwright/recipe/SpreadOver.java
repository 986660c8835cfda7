package pairwright.recipe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.candidate.Candidate;
import pairwright.curation.Clusters;
import pairwright.curation.NearDuplicates;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.RowReader;
import pairwright.pair.Pairing;
import pairwright.pair.SharedTurns;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

/**
 * What the pairs of a budget are spread over, so that they are diverse: clusters of prompts that are nearly the same, or the values of a tag,
 * such as a topic or a cluster that was found elsewhere.
 *
 * @param over {@code clusters} or {@code tags.NAME}
 * @param similarity Jaccard similarity of their character 5-grams from which two prompts are nearly the same, in [0.3, 1]
 */
record SpreadOver(String over, double similarity) {
    static final double DEFAULT_SIMILARITY = .7;
    private static final String CLUSTERS = "clusters";
    private static final String TAGS = "tags.";

    SpreadOver {
        if (!over.equals(CLUSTERS) && !(over.startsWith(TAGS) && over.length() > TAGS.length())) {
            throw new BadInput("spread_over is " + over + ", must be clusters or tags.NAME");
        }
        if (!(similarity >= .3 && similarity <= 1)) {
            throw new BadInput("cluster_similarity is " + similarity + ", must be in [0.3, 1]");
        }
    }

    /** As a stage says it. */
    static Optional<SpreadOver> of(Optional<String> over, Optional<Double> similarity) {
        if (similarity.isPresent() && !over.equals(Optional.of(CLUSTERS))) {
            throw new BadInput("cluster_similarity is about clusters: say spread_over: clusters");
        }
        return over.map(said -> new SpreadOver(said, similarity.orElse(DEFAULT_SIMILARITY)));
    }

    /**
     * Who shares turns, found by reading all candidates.
     *
     * @param everything the pairing without a budget
     * @return to be closed
     */
    SharedTurns turns(RowInput candidates, Pairing everything, Progress progress) {
        if (candidates.name().equals("-")) {
            throw new BadInput("in is -: with spread_over the candidates are read twice; name a file");
        }
        SharedTurns turns = new SharedTurns(everything.seed());
        try (RowReader<Candidate> rows = candidates.open(Candidate.class, BadRows.counted());
                Progress.Meter meter = progress.start("find groups of prompts", -1)) {
            if (over.equals(CLUSTERS)) {
                byClusters(rows, everything, turns, meter);
            } else {
                byTag(rows, everything, turns, meter);
            }
            return turns;
        } catch (RuntimeException e) {
            turns.close();
            throw e;
        }
    }

    private void byClusters(RowReader<Candidate> rows, Pairing everything, SharedTurns turns, Progress.Meter meter) {
        try (NearDuplicates texts = new NearDuplicates(similarity, false)) {
            everything.survey(rows, (prompt, tells) -> {
                turns.add(prompt, tells);
                texts.add(prompt.messages().stream().map(Message::content).collect(Collectors.joining("\n")));
                meter.at(turns.prompts(), "");
            });
            Clusters clusters = texts.clusters();
            turns.share(clusters::first);
        }
    }

    private void byTag(RowReader<Candidate> rows, Pairing everything, SharedTurns turns, Progress.Meter meter) {
        String tag = over.substring(TAGS.length());
        Map<String, Integer> first = new HashMap<>();
        Map<Integer, Integer> group = new HashMap<>();
        everything.survey(rows, (prompt, tells) -> {
            value(prompt, tag)
                    .ifPresent(
                            value -> group.put(turns.prompts(), first.computeIfAbsent(value, any -> turns.prompts())));
            turns.add(prompt, tells);
            meter.at(turns.prompts(), "");
        });
        if (first.isEmpty()) {
            throw new BadInput("spread_over is " + over + ", but no prompt that gives a pair has a tag " + tag
                    + "; name one that the candidates have, or clusters");
        }
        turns.share(number -> group.getOrDefault(number, number));
    }

    private static Optional<String> value(Prompt prompt, String tag) {
        return Optional.ofNullable(prompt.tags().get(tag));
    }

    /** What people are told of it. */
    String words(SharedTurns turns) {
        return turns.prompts() + " prompts take turns in " + turns.groups() + " "
                + (over.equals(CLUSTERS) ? "clusters of nearly the same prompts" : "groups by " + over);
    }
}
