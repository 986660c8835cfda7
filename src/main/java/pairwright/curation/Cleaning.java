package pairwright.curation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.Spool;

/**
 * Rows in, clean rows out. Each row is looked at by itself, then beside those before it. Rows that may be near duplicates wait on disk until
 * all are known; memory is some 12 bytes for each different text, 36 MB for a million pairs. For one thread.
 *
 * <p>Of rows that are duplicates the first stays. Two rows are near duplicates where their prompts are in one cluster of nearly equal texts,
 * and so are their responses, whichever is A.
 */
public final class Cleaning implements Closeable {
    private record Waiting(
            @JsonProperty("at") String at,
            @JsonProperty("p") int prompt,
            @JsonProperty("r") List<Integer> responses,
            @JsonProperty("row") Map<String, Object> fields) {}

    private final CleaningRules rules;
    private final List<Check> checks = new ArrayList<>();
    private final PersonalData personal;
    private final Consumer<AnyRow> kept;
    private final Consumer<LeftOut> dropped;
    private final Optional<Benchmarks> benchmarks;

    private final DiskIndex seen = DiskIndex.temporary();
    private final Optional<NearDuplicates> near;
    private final DiskIndex texts = DiskIndex.temporary();
    private final Spool<Waiting> waiting = new Spool<>(Waiting.class);

    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<PersonalKind, Long> findings = new EnumMap<>(PersonalKind.class);
    private long read;
    private long written;
    private long masked;
    private long uncompared;

    /**
     * Begins.
     *
     * @param benchmarks whose questions must not be in the rows
     * @param kept takes the clean rows, in their order
     * @param dropped takes the others
     * @throws pairwright.jsonl.BadInput if a rule cannot be used
     */
    public Cleaning(
            CleaningRules rules, Optional<Benchmarks> benchmarks, Consumer<AnyRow> kept, Consumer<LeftOut> dropped) {
        this.rules = rules;
        this.benchmarks = benchmarks;
        this.kept = kept;
        this.dropped = dropped;
        this.personal = new PersonalData(rules.kinds(), rules.phoneRegion());
        checks.add(new Lengths(rules.leastCharacters(), rules.mostCharacters(), rules.mostPromptCharacters()));
        if (rules.truncated() != CleaningRules.Truncated.KEEP) {
            checks.add(new CutResponse(rules.truncated() == CleaningRules.Truncated.STRICT));
        }
        if (rules.dropLoops()) {
            checks.add(new RepetitionLoop());
        }
        if (!rules.languages().isEmpty()) {
            checks.add(new Languages(rules.languages()));
        }
        rules.responseSimilarity().ifPresent(most -> checks.add(new LikeResponses(most)));
        benchmarks.ifPresent(checks::add);
        near = rules.duplicates() == CleaningRules.Duplicates.NEAR
                ? Optional.of(new NearDuplicates(rules.similarity(), true))
                : Optional.empty();
    }

    /**
     * Looks at a row.
     *
     * @throws pairwright.jsonl.BadInput if it is no row with texts; it is then not counted
     */
    public void add(Row<AnyRow> place) {
        AnyRow row = place.value();
        row.check();
        read++;
        Optional<Fault> fault =
                checks.stream().flatMap(check -> check.fault(row).stream()).findFirst();
        if (fault.isPresent()) {
            drop(row.id(), place.where(), fault.get());
            return;
        }
        Map<PersonalKind, Long> found = found(row);
        found.forEach((kind, count) -> findings.merge(kind, count, Long::sum));
        if (!found.isEmpty() && rules.personal() == CleaningRules.Personal.DROP) {
            String what = found.entrySet().stream()
                    .map(one -> one.getKey() + " " + one.getValue())
                    .collect(Collectors.joining(", "));
            drop(row.id(), place.where(), new Fault(Fault.PERSONAL, what));
            return;
        }
        AnyRow clean = row;
        if (rules.personal() == CleaningRules.Personal.MASK) {
            clean = row.withTexts(personal::masked);
            masked += found.isEmpty() ? 0 : 1;
        }
        repeated(clean, place.where());
    }

    private Map<PersonalKind, Long> found(AnyRow row) {
        Map<PersonalKind, Long> found = new EnumMap<>(PersonalKind.class);
        if (rules.personal() != CleaningRules.Personal.OFF) {
            row.texts().forEach(text -> personal.in(text).forEach(one -> found.merge(one.kind(), 1L, Long::sum)));
        }
        return found;
    }

    private void repeated(AnyRow row, String where) {
        if (rules.duplicates() == CleaningRules.Duplicates.OFF) {
            keep(row);
            return;
        }
        List<Object> all = new ArrayList<>(List.of(row.asked()));
        row.responses().stream().sorted().forEach(all::add);
        Optional<String> before =
                seen.putIfAbsent(digest(Json.canonical(all)), row.id().orElse(where));
        if (before.isPresent()) {
            drop(row.id(), where, new Fault(Fault.DUPLICATE, "of " + before.get()));
        } else if (near.isPresent()) {
            waiting.add(new Waiting(
                    where,
                    number(String.join("\n", row.prompt())),
                    row.responses().stream().map(this::number).toList(),
                    row.fields()));
        } else {
            keep(row);
        }
    }

    /** Equal texts are one text, however often they come. */
    private int number(String text) {
        NearDuplicates all = near.orElseThrow();
        return texts.putIfAbsent(digest(text), Integer.toString(all.count()))
                .map(Integer::parseInt)
                .orElseGet(() -> all.add(text));
    }

    private static String digest(String text) {
        return Digests.sha256(text).substring(0, 32);
    }

    private void keep(AnyRow row) {
        kept.accept(row);
        written++;
    }

    private void drop(Optional<String> id, String where, Fault fault) {
        dropped.accept(new LeftOut(id, where, fault.reason(), fault.detail()));
        reasons.merge(fault.reason(), 1L, Long::sum);
    }

    /** Call once, after the last row: decides about all that wait. */
    public CleaningCounts finish() {
        near.ifPresent(all -> {
            Clusters clusters = all.clusters();
            uncompared = clusters.uncompared();
            try (DiskIndex rows = DiskIndex.temporary()) {
                waiting.forEach(one -> decide(one, clusters, rows));
            }
        });
        Map<String, Long> byKind = new TreeMap<>();
        findings.forEach((kind, count) -> byKind.put(kind.toString(), count));
        return new CleaningCounts(
                read,
                written,
                masked,
                reasons,
                byKind,
                benchmarks.map(Benchmarks::matches).orElse(Map.of()),
                uncompared);
    }

    private void decide(Waiting one, Clusters clusters, DiskIndex rows) {
        AnyRow row = new AnyRow(one.fields());
        String key = clusters.first(one.prompt()) + " "
                + one.responses().stream().map(clusters::first).sorted().toList();
        rows.putIfAbsent(key, row.id().orElse(one.at()))
                .ifPresentOrElse(
                        before -> drop(row.id(), one.at(), new Fault(Fault.NEAR_DUPLICATE, "of " + before)),
                        () -> keep(row));
    }

    @Override
    public void close() {
        seen.close();
        texts.close();
        waiting.close();
        near.ifPresent(NearDuplicates::close);
    }
}
