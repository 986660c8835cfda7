package pairwright.jsonl;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings files for people: YAML bound to records; an unknown key, a key said twice, an alias, a tag or a wrong type
 * is an error. */
public final class Yaml {
    /** Largest settings file that is read. */
    public static final int MAX_BYTES = 1 << 20;

    private static final YAMLFactory FACTORY =
            YAMLFactory.builder().streamReadConstraints(Json.LIMITS).build();
    private static final ObjectMapper MAPPER =
            Json.strict(YAMLMapper.builder(FACTORY), false).build();

    private static final ObjectMapper WRITER = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .build())
            .build();

    private Yaml() {}

    /**
     * Reads a file.
     *
     * @throws BadInput naming file, line and field
     */
    public static <T> T read(Path file, Class<T> type) {
        String text;
        try {
            if (Files.isDirectory(file)) {
                throw new BadInput(file + ": is a folder; give a YAML file in it");
            }
            if (!Files.isRegularFile(file)) {
                throw new BadInput(file + ": no such file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new BadInput(
                        file + ": is larger than " + MAX_BYTES + " bytes, the most that a settings file may hold");
            }
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new BadInput(file + ": is not UTF-8; save the file as UTF-8", e);
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        }
        try {
            checkPlain(file, text);
            T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw new BadInput(file + ": is empty, must hold settings");
            }
            return value;
        } catch (JacksonException e) {
            throw new BadInput(place(file, e.getLocation(), text) + explained(e), e);
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** A value as the lines of one document, without marks around it; every text is quoted where it could be taken for something else. */
    public static String write(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("cannot be written as YAML: " + e.getOriginalMessage(), e);
        }
    }

    /** One document of plain values: what YAML adds to that is a way to name code or to make a small file huge. */
    private static void checkPlain(Path file, String text) throws IOException {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            int open = 0;
            boolean ended = false;
            boolean any = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String where = place(file, parser.currentTokenLocation(), text);
                if (ended) {
                    throw new BadInput(where + "goes on after its end; must be one document");
                }
                if (parser.isCurrentAlias()) {
                    throw new BadInput(where + "holds the alias *" + parser.getText()
                            + "; aliases are not read, write the value out");
                }
                if (parser.getTypeId() != null) {
                    throw new BadInput(
                            where + "holds the tag " + tag(parser.getTypeId()) + "; tags are not read, remove it");
                }
                any = true;
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                ended = open == 0;
            }
            if (!any) {
                throw new BadInput(file + ": is empty, must hold settings");
            }
        }
    }

    /** As it stands in the file: the parser resolves {@code !!} to a long prefix and cuts a single {@code !}. */
    private static String tag(Object typeId) {
        String prefix = "tag:yaml.org,2002:";
        String tag = typeId.toString();
        return tag.startsWith(prefix) ? "!!" + tag.substring(prefix.length()) : "!" + tag;
    }

    private static String explained(JacksonException e) {
        String why = Explanation.of(e);
        boolean plain =
                why.endsWith("must be text") && (why.contains("is a number") || why.contains("is true or false"));
        return plain ? why + "; put it in quotes" : why;
    }

    private static String place(Path file, JsonLocation location, String text) {
        if (location == null || location.getLineNr() < 1) {
            return file + ": ";
        }
        // What is wrong with a whole object is found behind its end.
        return file + ":" + Math.min(location.getLineNr(), text.lines().count()) + ": ";
    }
}
