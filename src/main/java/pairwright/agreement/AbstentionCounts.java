package pairwright.agreement;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import pairwright.judge.Abstention;

/** Abstentions counted by reason. */
final class AbstentionCounts {
    private final Map<Abstention.Reason, Long> counts = new EnumMap<>(Abstention.Reason.class);

    void add(Abstention.Reason reason) {
        counts.merge(reason, 1L, Long::sum);
    }

    Map<Abstention.Reason, Long> byReason() {
        return Collections.unmodifiableMap(counts);
    }

    static Map<Abstention.Reason, Long> sum(List<AbstentionCounts> parts) {
        Map<Abstention.Reason, Long> sum = new EnumMap<>(Abstention.Reason.class);
        parts.forEach(part -> part.counts.forEach((reason, count) -> sum.merge(reason, count, Long::sum)));
        return sum;
    }
}
