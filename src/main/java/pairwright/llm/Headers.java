package pairwright.llm;

import java.util.List;
import java.util.Optional;

/** The headers of a reply, in the order they came; a name is the same in any case. */
record Headers(List<Http.Header> all) {
    Headers {
        all = List.copyOf(all);
    }

    /** The first of that name. */
    Optional<String> firstValue(String name) {
        for (Http.Header header : all) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }
}
