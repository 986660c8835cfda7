package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;

/**
 * What TRL's DPOTrainer asks of a conversational preference dataset with an explicit prompt, checked row by row, and a
 * little more that it does not check but trains badly on.
 *
 * <p>Read from TRL 1.10.0.dev0 of July 2026 (commit f2cd577, {@code trl/trainer/dpo_trainer.py} and
 * {@code trl/data_utils.py}). There:
 * <ul>
 *   <li>the first row of a file decides for all whether there is a prompt, so a file must have a row, and every row the same
 *       keys; {@code tools} and {@code chat_template_kwargs} would be handed to the chat template;
 *   <li>any one of the keys decides whether a row is conversational, so all three must be lists whose first element
 *       is an object with a {@code role};
 *   <li>the chat template may refuse a prompt that ends otherwise than with the user ({@code data_utils} raises "Invalid role
 *       in the last message" for the system's, and continues the assistant's message instead of answering);
 *   <li>the prompt and each completion are joined by list addition, so a completion must not repeat the prompt.
 * </ul>
 * Beyond the trainer: both completions are one assistant message, not blank, and differ by more than white space at their
 * ends; all text is Unicode without lone surrogates, on which the reader of the JSON file stops; no prompt is on both sides.
 */
public final class TrlContract {
    /** The one key more that a row may have: what the licence of its judge says; the trainer passes it over. */
    static final String LICENSE = "license";

    private static final Set<String> KEYS = Set.of("prompt", "chosen", "rejected");
    private static final Set<String> MESSAGE_KEYS = Set.of("role", "content");
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");
    private static final int FAULTS_NAMED = 20;

    private TrlContract() {}

    /**
     * What the check found.
     *
     * @param train rows of {@code train.jsonl}
     * @param test rows of {@code test.jsonl}
     * @param faults how many rows or files break the contract; 0 for a good dataset
     * @param firstFaults the first of them, each with file and line
     */
    public record Finding(long train, long test, long faults, List<String> firstFaults) {
        public Finding {
            firstFaults = List.copyOf(firstFaults);
        }
    }

    private record AnyRow(@JsonAnySetter @JsonAnyGetter Map<String, Object> fields) {}

    /**
     * Reads a folder that {@link DatasetExport} wrote, in memory that does not grow with it.
     *
     * @throws pairwright.jsonl.BadInput if there is no such folder or no {@code train.jsonl} in it
     */
    public static Finding check(Path folder) {
        try (Check check = new Check()) {
            long train = check.side(folder.resolve("train.jsonl"), "train");
            if (train == 0) {
                check.fault(folder.resolve("train.jsonl") + ": has no row, must have at least one");
            }
            Path other = folder.resolve("test.jsonl");
            long test = Files.exists(other) ? check.side(other, "test") : 0;
            return new Finding(train, test, check.faults, check.first);
        }
    }

    /** What is wrong with one row, empty when the trainer can learn from it. */
    public static Optional<String> fault(Map<String, Object> row) {
        Set<String> keys = new LinkedHashSet<>(row.keySet());
        keys.remove(LICENSE);
        if (!keys.equals(KEYS)) {
            return Optional.of("keys are " + row.keySet() + ", must be exactly prompt, chosen and rejected");
        }
        if (row.containsKey(LICENSE) && !(row.get(LICENSE) instanceof String)) {
            return Optional.of("license must be text");
        }
        for (String key : List.of("prompt", "chosen", "rejected")) {
            Optional<String> fault = messages(key, row.get(key));
            if (fault.isPresent()) {
                return fault;
            }
        }
        List<?> prompt = (List<?>) row.get("prompt");
        Map<?, ?> last = (Map<?, ?>) prompt.get(prompt.size() - 1);
        if (!"user".equals(last.get("role"))) {
            return Optional.of("prompt ends with the " + last.get("role") + "'s message, must end with the user's");
        }
        if (((String) last.get("content")).isBlank()) {
            return Optional.of("prompt ends with a blank message, must ask something");
        }
        return completions((List<?>) row.get("chosen"), (List<?>) row.get("rejected"));
    }

    private static Optional<String> messages(String key, Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            return Optional.of(key + " must be a list of at least one message");
        }
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> message) || !message.keySet().equals(MESSAGE_KEYS)) {
                return Optional.of(key + " holds something else than a message with exactly role and content");
            }
            if (!(message.get("role") instanceof String role) || !ROLES.contains(role)) {
                return Optional.of(key + ": role is " + message.get("role") + ", must be system, user or assistant");
            }
            if (!(message.get("content") instanceof String content)) {
                return Optional.of(key + ": content must be text");
            }
            if (!Digests.isUnicode(content)) {
                return Optional.of(key + ": content holds a lone surrogate, must be Unicode text");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> completions(List<?> chosen, List<?> rejected) {
        if (chosen.size() != 1 || rejected.size() != 1) {
            return Optional.of("chosen and rejected must be one message each");
        }
        Map<?, ?> better = (Map<?, ?>) chosen.get(0);
        Map<?, ?> worse = (Map<?, ?>) rejected.get(0);
        if (!"assistant".equals(better.get("role")) || !"assistant".equals(worse.get("role"))) {
            return Optional.of("chosen and rejected must be the assistant's messages");
        }
        String betterText = ((String) better.get("content")).strip();
        String worseText = ((String) worse.get("content")).strip();
        if (betterText.isEmpty() || worseText.isEmpty()) {
            return Optional.of("chosen or rejected is blank, must be text");
        }
        return betterText.equals(worseText)
                ? Optional.of("chosen and rejected are the same text, must differ")
                : Optional.empty();
    }

    private static final class Check implements AutoCloseable {
        private final DiskIndex sides = DiskIndex.temporary();
        private final List<String> first = new ArrayList<>();
        private long faults;
        private boolean firstMarked;

        long side(Path file, String side) {
            long rows = 0;
            BadRows bad = BadRows.counted();
            try (RowReader<AnyRow> reader = RowReader.open(file.toString(), AnyRow.class, bad)) {
                while (reader.hasNext()) {
                    Row<AnyRow> row = reader.next();
                    rows++;
                    boolean marked = row.value().fields().containsKey(LICENSE);
                    firstMarked = rows == 1 ? marked : firstMarked;
                    boolean uneven = marked != firstMarked;
                    fault(row.value().fields())
                            .or(() -> uneven
                                    ? Optional.of(
                                            "some rows have the key license and some have not, must be all or none")
                                    : Optional.empty())
                            .or(() -> otherSide(row, side))
                            .ifPresent(fault -> fault(row.where() + ": " + fault));
                }
            }
            bad.firstMessages().forEach(this::fault);
            faults += bad.count() - bad.firstMessages().size();
            return rows;
        }

        private Optional<String> otherSide(Row<AnyRow> row, String side) {
            String prompt = Digests.sha256(Json.canonical(row.value().fields().get("prompt")));
            return sides.putIfAbsent(prompt, side)
                    .filter(before -> !before.equals(side))
                    .map(before -> "its prompt is on the " + before + " side too, must be on one side");
        }

        private void fault(String message) {
            faults++;
            if (first.size() < FAULTS_NAMED) {
                first.add(message);
            }
        }

        private static Optional<String> fault(Map<String, Object> row) {
            return TrlContract.fault(row);
        }

        @Override
        public void close() {
            sides.close();
        }
    }
}
