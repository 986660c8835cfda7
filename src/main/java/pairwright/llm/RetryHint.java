package pairwright.llm;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a server asks to wait, read from the headers in use: {@code retry-after-ms}, {@code Retry-After} (seconds or an
 * HTTP date, RFC 9110 section 10.2.3) and, where a rate was exceeded, {@code x-ratelimit-reset-*} ({@code 1s}, {@code 6m0s},
 * {@code 20ms}). What is not a positive duration is no hint.
 */
final class RetryHint {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,15})?");
    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)(ms|us|µs|ns|d|h|m|s)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L,
            "d",
            86_400_000_000_000L);

    private RetryHint() {}

    /**
     * The first header that says it.
     *
     * @param now for dates, where the server sent no {@code Date} of its own
     */
    static Optional<Duration> read(int status, Headers headers, Instant now) {
        return headers.firstValue("retry-after-ms")
                .flatMap(value -> number(value, 1_000_000))
                .or(() -> headers.firstValue("retry-after")
                        .flatMap(value -> number(value, 1_000_000_000).or(() -> until(value, headers, now))))
                .or(() -> status == 429 ? reset(headers) : Optional.empty());
    }

    /** The longest of the resets: which of the limits was hit is not always said. */
    private static Optional<Duration> reset(Headers headers) {
        return Stream.of("x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "x-ratelimit-reset")
                .flatMap(name -> headers.firstValue(name).stream())
                .flatMap(value -> duration(value).stream())
                .max(Comparator.naturalOrder());
    }

    private static Optional<Duration> number(String value, long unitNanos) {
        String text = value.strip();
        return NUMBER.matcher(text).matches() ? positive(new BigDecimal(text), unitNanos) : Optional.empty();
    }

    private static Optional<Duration> until(String value, Headers headers, Instant now) {
        Instant from = headers.firstValue("date").flatMap(RetryHint::date).orElse(now);
        return date(value).map(then -> Duration.between(from, then)).filter(wait -> wait.compareTo(Duration.ZERO) > 0);
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code 1h2m3.5s}, or plain seconds. */
    static Optional<Duration> duration(String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        if (NUMBER.matcher(text).matches()) {
            return number(text, 1_000_000_000);
        }
        Matcher parts = PART.matcher(text);
        Optional<Duration> sum = Optional.empty();
        int end = 0;
        while (end < text.length()) {
            if (!parts.find() || parts.start() != end) {
                return Optional.empty();
            }
            Optional<Duration> part = positive(new BigDecimal(parts.group(1)), NANOS.get(parts.group(2)));
            sum = Optional.of(sum.orElse(Duration.ZERO).plus(part.orElse(Duration.ZERO)));
            end = parts.end();
        }
        return sum.filter(wait -> wait.compareTo(Duration.ZERO) > 0);
    }

    private static Optional<Duration> positive(BigDecimal count, long unitNanos) {
        BigDecimal[] seconds = count.multiply(BigDecimal.valueOf(unitNanos))
                .setScale(0, RoundingMode.UP)
                .divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
        if (seconds[0].toBigInteger().bitLength() > 62) {
            return Optional.empty();
        }
        Duration wait = Duration.ofSeconds(seconds[0].longValue(), seconds[1].longValue());
        return wait.compareTo(Duration.ZERO) > 0 ? Optional.of(wait) : Optional.empty();
    }
}
