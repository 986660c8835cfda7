package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/** A training after some epoch, kept in a file so that a killed fit goes on from there: tensors, and beside them how far it is. */
record NetworkCheckpoint(Path file, String fingerprint) {
    private static final String PROGRESS = "progress";
    private static final List<String> STATE = List.of("parameters", "first_moment", "second_moment", "best");

    /**
     * How far a fit is.
     *
     * @param fingerprint of the rows and the settings
     * @param finished trainings on the inner split that have ended
     * @param current the one that goes on
     */
    record Progress(
            @JsonProperty("fingerprint") String fingerprint,
            @JsonProperty("finished") List<NetworkTraining.Course> finished,
            @JsonProperty("current") NetworkTraining.Course current) {}

    /**
     * What is kept.
     *
     * @param bests parameters of each finished training at its best epoch
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Kept(Progress progress, NetworkState state, float[] best, List<float[]> bests) {}

    /** Each epoch replaces the last, whole or not at all. */
    void write(
            List<NetworkTraining.Course> finished,
            List<float[]> bests,
            NetworkTraining.Course current,
            NetworkState state,
            float[] best) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        List<float[]> values = List.of(state.parameters(), state.first(), state.second(), best);
        for (int k = 0; k < STATE.size(); k++) {
            tensors.put(STATE.get(k), tensor(values.get(k)));
        }
        for (int k = 0; k < bests.size(); k++) {
            tensors.put("best." + k, tensor(bests.get(k)));
        }
        String progress = Json.write(new Progress(fingerprint, finished, current));
        AtomicFile.write(file, Safetensors.bytes(tensors, Map.of(PROGRESS, progress)));
    }

    /** Empty if there is none, or the one there is of other rows or settings or cannot be read. */
    Optional<Kept> read(int parameters) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            Progress progress = Json.read(Safetensors.metadata(bytes, PROGRESS).orElse("null"), Progress.class);
            if (progress == null || !fingerprint.equals(progress.fingerprint())) {
                return Optional.empty();
            }
            Map<String, List<Long>> shapes = new LinkedHashMap<>();
            STATE.forEach(name -> shapes.put(name, List.of((long) parameters)));
            for (int k = 0; k < progress.finished().size(); k++) {
                shapes.put("best." + k, List.of((long) parameters));
            }
            Map<String, Safetensors.Tensor> tensors = Safetensors.read(bytes, shapes);
            List<float[]> values =
                    tensors.values().stream().map(Safetensors.Tensor::values).toList();
            return Optional.of(new Kept(
                    progress,
                    new NetworkState(values.get(0), values.get(1), values.get(2)),
                    values.get(3),
                    values.subList(4, values.size())));
        } catch (BadInput e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be deleted: " + e.getMessage(), e);
        }
    }

    private static Safetensors.Tensor tensor(float[] values) {
        return new Safetensors.Tensor(List.of((long) values.length), values);
    }
}
