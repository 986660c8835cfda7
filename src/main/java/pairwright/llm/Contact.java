package pairwright.llm;

import java.time.Duration;
import java.util.Map;

/**
 * What one exchange with a server showed beside its body.
 *
 * @param rateLimits headers about rates, by name in lower case, as they came
 * @param latency from sending to the last byte
 */
public record Contact(Map<String, String> rateLimits, Duration latency) {}
