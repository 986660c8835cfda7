package pairwright.rubric;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.StringLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pairwright.jsonl.BadInput;

/** A template's file: sections of Pebble, parted by lines such as {@code ===user===}. What is filled in is never evaluated. */
final class Wording {
    /** The parts of a judge's prompt, in the order of the file; the first has no line of its own. */
    enum Section {
        /** The system message. */
        SYSTEM,
        /** The user message up to what is asked: the material between its fences. */
        USER,
        /** What the first of two calls asks: the reasoning. Only where a rubric reasons in two steps. */
        RATIONALE,
        /** What the only call, or the second of two, asks: the verdict. */
        VERDICT;

        /** As people find it in the file. */
        String title() {
            return this == SYSTEM ? "the system message" : "the section " + mark();
        }

        private String mark() {
            return "===" + name().toLowerCase(Locale.ROOT) + "===";
        }
    }

    private static final int USUAL_CHARS = 4 << 10;

    private record Part(PebbleTemplate template, long linesBefore) {}

    private final String file;
    private final Map<Section, Part> parts = new EnumMap<>(Section.class);

    Wording(String file, String text) {
        this.file = file;
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(new StringLoader())
                .strictVariables(true)
                .autoEscaping(false)
                .newLineTrimming(false)
                .defaultLocale(Locale.ROOT)
                .build();
        Map<Section, StringBuilder> texts = new EnumMap<>(Section.class);
        Map<Section, Long> before = new EnumMap<>(Section.class);
        Section open = Section.SYSTEM;
        long number = 0;
        before.put(open, number);
        for (String line : text.lines().toList()) {
            number++;
            Section marked = Stream.of(Section.values())
                    .filter(section ->
                            section != Section.SYSTEM && section.mark().equals(line.strip()))
                    .findFirst()
                    .orElse(null);
            if (marked == null) {
                texts.computeIfAbsent(open, section -> new StringBuilder())
                        .append(line)
                        .append('\n');
                continue;
            }
            if (marked.compareTo(open) <= 0) {
                throw new BadInput(file + ":" + number + ": " + marked.mark()
                        + " stands twice or out of order; the order is "
                        + Stream.of(Section.values()).skip(1).map(Section::mark).collect(Collectors.joining(", ")));
            }
            open = marked;
            before.put(open, number);
        }
        for (Section section : texts.keySet()) {
            parts.put(section, part(engine, texts.get(section).toString(), before.get(section)));
        }
        require(Section.SYSTEM, "the system message must stand before " + Section.USER.mark());
        require(Section.USER, "it must part the system message from the user message");
        require(Section.VERDICT, "below it stands how the verdict is asked for");
    }

    String file() {
        return file;
    }

    /** Those that the file has. */
    Set<Section> sections() {
        return parts.keySet();
    }

    /** @throws BadInput saying why the section must be there */
    void require(Section section, String why) {
        if (!parts.containsKey(section)) {
            throw new BadInput(file + ": has no "
                    + (section == Section.SYSTEM ? "system message" : "line " + section.mark() + " with text below it")
                    + "; " + why);
        }
    }

    /** Filled in, without white space around it. */
    String filled(Section section, Map<String, Object> values) {
        Part part = parts.get(section);
        StringWriter out = new StringWriter(USUAL_CHARS);
        try {
            part.template().evaluate(out, values);
        } catch (PebbleException e) {
            throw broken(e, part.linesBefore());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString().strip();
    }

    private Part part(PebbleEngine engine, String text, long linesBefore) {
        try {
            return new Part(engine.getTemplate(text), linesBefore);
        } catch (PebbleException e) {
            throw broken(e, linesBefore);
        }
    }

    private BadInput broken(PebbleException e, long linesBefore) {
        String line = e.getLineNumber() == null ? "" : ":" + (e.getLineNumber() + linesBefore);
        return new BadInput(file + line + ": " + e.getPebbleMessage(), e);
    }
}
