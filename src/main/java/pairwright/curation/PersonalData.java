package pairwright.curation;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.validator.routines.CreditCardValidator;
import org.apache.commons.validator.routines.EmailValidator;
import org.apache.commons.validator.routines.IBANValidator;
import pairwright.jsonl.BadInput;

/**
 * Finds personal data and secrets in a text: candidates by patterns that run in linear time, each then checked (check digits, known top-level
 * domains, numbering plans), so that a number is no card and no telephone for its length alone.
 */
final class PersonalData {
    /** Where something was found: from {@code start} to before {@code end}. */
    record Found(PersonalKind kind, int start, int end) {}

    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9._%+\\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,62})\\.)+[A-Za-z]{2,24}\\b");
    private static final Pattern IBAN = Pattern.compile("\\b[A-Z]{2}[0-9]{2}(?:[ \\-]?[A-Z0-9]){11,30}\\b");
    private static final Pattern CARD = Pattern.compile("\\b[0-9](?:[ \\-]?[0-9]){12,18}\\b");
    private static final Pattern IPV4 = Pattern.compile("\\b(?:[0-9]{1,3}\\.){3}[0-9]{1,3}\\b");
    private static final Pattern IPV6 = Pattern.compile("\\b[23][0-9A-Fa-f]{3}:[0-9A-Fa-f:]{2,34}[0-9A-Fa-f:]\\b");
    private static final Pattern PHONE = Pattern.compile("[+(]{0,2}[0-9](?:[ ().\\-/]{0,3}[0-9]){6,16}");
    private static final Pattern KEY = Pattern.compile("\\b(?:sk-(?:ant-|proj-|or-v1-)?[A-Za-z0-9_\\-]{20,200}"
            + "|(?:AKIA|ASIA)[A-Z0-9]{16}"
            + "|gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255}|glpat-[A-Za-z0-9_\\-]{20,60}"
            + "|xox[abprs]-[A-Za-z0-9\\-]{10,250}|AIza[A-Za-z0-9_\\-]{35}|[sr]k_live_[A-Za-z0-9]{20,120}"
            + "|hf_[A-Za-z0-9]{30,60}|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_\\-]{50,300}"
            + "|SG\\.[A-Za-z0-9_\\-]{16,64}\\.[A-Za-z0-9_\\-]{16,64}"
            + "|eyJ[A-Za-z0-9_\\-]{8,1000}\\.eyJ[A-Za-z0-9_\\-]{8,1000}\\.[A-Za-z0-9_\\-]{8,1000})"
            + "|-----BEGIN [A-Z ]{0,24}PRIVATE KEY-----(?:[^-]{0,1000}[^-]{0,1000}[^-]{0,1000}[^-]{0,1000}-----END"
            + " [A-Z ]{0,24}PRIVATE KEY-----)?");

    /** Domains that belong to nobody (RFC 2606), and addresses that are no person's. */
    private static final Pattern NOBODY = Pattern.compile(
            "(?i)@(?:.*\\.)?(?:example\\.(?:com|net|org)|[^@]*\\.(?:example|test|invalid|localhost))$|^(?:git|no-?reply)@");

    private static final CreditCardValidator CARDS = new CreditCardValidator(CreditCardValidator.AMEX
            + CreditCardValidator.VISA
            + CreditCardValidator.MASTERCARD
            + CreditCardValidator.DISCOVER
            + CreditCardValidator.DINERS);

    /** The library warns about files that its data lack for good reason; kept here, or its level would be forgotten. */
    private static final Logger QUIET = Logger.getLogger("com.google.i18n.phonenumbers");

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    private final Set<PersonalKind> kinds;
    private final String region;
    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();

    /**
     * Looks for some kinds.
     *
     * @param region where a telephone number without a country's code is from, two letters, or {@code none} for numbers with it only
     * @throws BadInput if there is no such region
     */
    PersonalData(Set<PersonalKind> kinds, String region) {
        this.kinds = kinds.isEmpty() ? EnumSet.noneOf(PersonalKind.class) : EnumSet.copyOf(kinds);
        this.region = region.equals("none") ? "ZZ" : region.toUpperCase(Locale.ROOT);
        if (!this.region.equals("ZZ") && !phones.getSupportedRegions().contains(this.region)) {
            throw new BadInput(
                    "phone_region is \"" + region + "\", must be a country's two letters, as in US, or none");
        }
    }

    /** What is in the text, from its start; no two overlap. */
    List<Found> in(String text) {
        List<Found> found = new ArrayList<>();
        int digits = 0;
        int colons = 0;
        boolean at = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            colons += c == ':' ? 1 : 0;
            at |= c == '@';
        }
        if (wants(PersonalKind.KEY) && text.length() >= 20) {
            all(PersonalKind.KEY, KEY, text, PersonalData::mixed, found);
        }
        if (wants(PersonalKind.EMAIL) && at) {
            all(PersonalKind.EMAIL, EMAIL, text, PersonalData::address, found);
        }
        if (wants(PersonalKind.IBAN) && digits >= 8) {
            ibans(text, found);
        }
        if (wants(PersonalKind.CARD) && digits >= 13) {
            all(PersonalKind.CARD, CARD, text, run -> CARDS.isValid(run.replaceAll("[ \\-]", "")), found);
        }
        if (wants(PersonalKind.IP) && digits >= 4) {
            all(PersonalKind.IP, IPV4, text, PublicAddress::version4, found);
        }
        if (wants(PersonalKind.IP) && colons >= 2) {
            all(PersonalKind.IP, IPV6, text, PublicAddress::version6, found);
        }
        if (wants(PersonalKind.PHONE) && digits >= 7) {
            phones(text, found);
        }
        return apart(found);
    }

    private boolean wants(PersonalKind kind) {
        return kinds.contains(kind);
    }

    private static void all(
            PersonalKind kind, Pattern pattern, String text, Predicate<String> check, List<Found> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (check.test(matcher.group())
                    && (kind != PersonalKind.IP || alone(text, matcher.start(), matcher.end()))) {
                found.add(new Found(kind, matcher.start(), matcher.end()));
            }
        }
    }

    /** A number that is no part of a longer dotted one, as versions and sections are. */
    private static boolean alone(String text, int start, int end) {
        boolean before = start > 0 && (text.charAt(start - 1) == '.' || text.charAt(start - 1) == ':');
        boolean after = end + 1 < text.length()
                && (text.charAt(end) == '.' || text.charAt(end) == ':')
                && Character.isDigit(text.charAt(end + 1))
                && text.charAt(end) == '.';
        return !before && !after;
    }

    /** A key is made by chance, so it has digits and letters; what a text shows as a form of keys often has not. */
    private static boolean mixed(String key) {
        return key.startsWith("-----")
                || (key.chars().anyMatch(Character::isDigit)
                        && key.chars().distinct().count() >= 10);
    }

    private static boolean address(String mail) {
        return EmailValidator.getInstance().isValid(mail)
                && !NOBODY.matcher(mail).find();
    }

    private static void ibans(String text, List<Found> found) {
        Matcher matcher = IBAN.matcher(text);
        while (matcher.find()) {
            IBANValidator.Validator country = IBANValidator.DEFAULT_IBAN_VALIDATOR.getValidator(
                    matcher.group().substring(0, 2));
            if (country == null) {
                continue;
            }
            // Capitals behind the number may have been taken with it; each country's numbers have one length.
            StringBuilder number = new StringBuilder();
            int end = matcher.start();
            while (end < matcher.end() && number.length() < country.getIbanLength()) {
                char c = text.charAt(end++);
                if (c != ' ' && c != '-') {
                    number.append(c);
                }
            }
            if (IBANValidator.DEFAULT_IBAN_VALIDATOR.isValid(number.toString())) {
                found.add(new Found(PersonalKind.IBAN, matcher.start(), end));
            }
        }
    }

    /** Only around runs of digits, since the search for numbers takes long. */
    private void phones(String text, List<Found> found) {
        Matcher matcher = PHONE.matcher(text);
        while (matcher.find()) {
            int from = Math.max(0, matcher.start() - 1);
            int to = Math.min(text.length(), matcher.end() + 1);
            for (PhoneNumberMatch match : phones.findNumbers(
                    text.subSequence(from, to), region, PhoneNumberUtil.Leniency.STRICT_GROUPING, 10)) {
                if (match.rawString().chars().anyMatch(c -> " ().-/+".indexOf(c) >= 0)) {
                    found.add(new Found(PersonalKind.PHONE, from + match.start(), from + match.end()));
                }
            }
        }
    }

    /** Of those that overlap the one that begins first, then the longest, then the kind that is surer. */
    private static List<Found> apart(List<Found> found) {
        found.sort(Comparator.comparingInt(Found::start)
                .thenComparing(Comparator.comparingInt(Found::end).reversed())
                .thenComparing(Found::kind));
        List<Found> apart = new ArrayList<>();
        int end = 0;
        for (Found one : found) {
            if (one.start() >= end) {
                apart.add(one);
                end = one.end();
            }
        }
        return apart;
    }

    /** The text with every finding replaced by its kind in brackets. */
    String masked(String text) {
        List<Found> found = in(text);
        if (found.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int from = 0;
        for (Found one : found) {
            masked.append(text, from, one.start()).append(one.kind().mask());
            from = one.end();
        }
        return masked.append(text, from, text.length()).toString();
    }
}
