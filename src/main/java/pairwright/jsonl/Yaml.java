package pairwright.jsonl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings files for people: YAML bound to records; an unknown key, a key said twice or a wrong type is an error. */
public final class Yaml {
    /** Largest settings file that is read. */
    public static final int MAX_BYTES = 1 << 20;

    private static final ObjectMapper MAPPER =
            Json.strict(YAMLMapper.builder(), false).build();

    private Yaml() {}

    /**
     * Reads a file.
     *
     * @throws BadInput naming file, line and field
     */
    public static <T> T read(Path file, Class<T> type) {
        String text;
        try {
            if (!Files.isRegularFile(file)) {
                throw new BadInput(file + ": no such file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new BadInput(
                        file + ": is larger than " + MAX_BYTES + " bytes, the most that a settings file may hold");
            }
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read as UTF-8: " + e.getMessage(), e);
        }
        try {
            T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw new BadInput(file + ": is empty");
            }
            return value;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new BadInput(file + ":" + line + ": " + Explanation.of(e), e);
        }
    }
}
