package pairwright.curation;

import java.util.Arrays;
import org.apache.commons.validator.routines.InetAddressValidator;

/** Whether an internet address can be somebody's: not a network's inside, not a machine itself, not an example (RFC 6890, RFC 5737). */
final class PublicAddress {
    private static final InetAddressValidator VALIDATOR = InetAddressValidator.getInstance();

    private PublicAddress() {}

    static boolean version4(String address) {
        if (!VALIDATOR.isValidInet4Address(address)) {
            return false;
        }
        int[] part =
                Arrays.stream(address.split("\\.")).mapToInt(Integer::parseInt).toArray();
        boolean inside = part[0] == 0
                || part[0] == 10
                || part[0] == 127
                || part[0] >= 224
                || (part[0] == 100 && part[1] >= 64 && part[1] < 128)
                || (part[0] == 169 && part[1] == 254)
                || (part[0] == 172 && part[1] >= 16 && part[1] < 32)
                || (part[0] == 192 && part[1] == 168)
                || (part[0] == 198 && (part[1] == 18 || part[1] == 19));
        boolean example = (part[0] == 192 && part[1] == 0 && part[2] == 2)
                || (part[0] == 198 && part[1] == 51 && part[2] == 100)
                || (part[0] == 203 && part[1] == 0 && part[2] == 113);
        // 1.2.3.4 and its like are versions and sections far more often than machines.
        boolean version = Arrays.stream(part).allMatch(number -> number < 10);
        return !inside && !example && !version;
    }

    /** Of the global unicast range, but not those for documents (RFC 3849). */
    static boolean version6(String address) {
        return VALIDATOR.isValidInet6Address(address)
                && !address.toLowerCase(java.util.Locale.ROOT).startsWith("2001:db8:");
    }
}
