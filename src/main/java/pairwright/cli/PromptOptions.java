package pairwright.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a row becomes a prompt. */
final class PromptOptions {
    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "Text whose {{ field }} slots a row fills; without it a row has prompt or messages.")
    private Optional<String> template;

    @Option(
            names = "--id-by",
            paramLabel = "FIELD",
            description = "The field that names a prompt (default id, else a digest of its words).")
    private Optional<String> idBy;

    @Option(names = "--tag", paramLabel = "FIELD", description = "A field that becomes a tag. May be repeated.")
    private List<String> tags = List.of();

    Optional<String> template() {
        return template;
    }

    Optional<String> idBy() {
        return idBy;
    }

    /** Empty where nothing was said, so that provenance says nothing either. */
    Optional<List<String>> tags() {
        return tags.isEmpty() ? Optional.empty() : Optional.of(tags);
    }
}
