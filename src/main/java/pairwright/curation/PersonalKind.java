package pairwright.curation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;

/** A kind of personal data or secret. */
public enum PersonalKind {
    /** Keys and tokens of known services, JSON web tokens, private keys. */
    @JsonProperty("key")
    KEY,
    /** Mail addresses, but not those of example domains. */
    @JsonProperty("email")
    EMAIL,
    /** Bank accounts with a right check number. */
    @JsonProperty("iban")
    IBAN,
    /** Payment cards with a right check digit. */
    @JsonProperty("card")
    CARD,
    /** Public addresses of version 4 and 6. */
    @JsonProperty("ip")
    IP,
    /** Telephone numbers that can exist, grouped as they are written. */
    @JsonProperty("phone")
    PHONE;

    /** What stands in the place of what was masked. */
    String mask() {
        return "[" + name() + "]";
    }

    /**
     * A kind by its name on the command line.
     *
     * @throws BadInput if there is none of that name
     */
    public static PersonalKind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("personal data is \"" + name + "\", must be one of "
                        + Arrays.stream(values()).map(PersonalKind::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
