package pairwright.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonalDataTest {
    private final PersonalData all = new PersonalData(EnumSet.allOf(PersonalKind.class), "US");

    /**
     * Numbers from public sources: the test cards of the card brands, the IBAN examples of the ISO 13616 registry, telephone numbers of
     * authorities, addresses of public name servers. No key here was ever a key: they are letters in the form of one.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write to ada.lovelace@gmail.com, please | write to [EMAIL], please",
                "mail <o'brien+news@mail.bbc.co.uk>. | mail <o'[EMAIL]>.",
                "card 4111 1111 1111 1111 exp 12/30 | card [CARD] exp 12/30",
                "card 5555-5555-5555-4444 | card [CARD]",
                "amex 378282246310005 | amex [CARD]",
                "IBAN GB82 WEST 1234 5698 7654 32 OF ADA | IBAN [IBAN] OF ADA",
                "pay DE89370400440532013000 now | pay [IBAN] now",
                "server 8.34.208.17 is down | server [IP] is down",
                "ping 2001:4860:4860::8888 twice | ping [IP] twice",
                "call (202) 456-1111 today | call [PHONE] today",
                "call +44 20 7219 3000 or +49 30 227-0 | call [PHONE] or +49 30 227-0",
                "ring 202-456-1111. | ring [PHONE].",
                "token ghp_0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R ok | token [KEY] ok",
                "AKIAQ3EGRKPZL5WBNT7X | [KEY]",
                "key=sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2 | key=[KEY]",
            })
    void whatIsPersonalIsMaskedByItsKind(String text, String masked) {
        assertThat(all.masked(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "card 4111 1111 1111 1112 | a wrong check digit",
                "GB82 WEST 1234 5698 7654 33 | a wrong check number",
                "12345678901234567890 | no brand",
                "3.141592653589793 | pi",
                "version 1.2.3.4 of the program | a version",
                "section 10.0.0.1 and 192.168.1.1 and 127.0.0.1 | inside a network",
                "192.0.2.7 and 203.0.113.9 | for documents, RFC 5737",
                "999.10.10.10 | no address",
                "2001:db8::1 | for documents, RFC 3849",
                "std::vector and 12:30:45 | no address",
                "user@example.com and a@b.invalid | domains of nobody, RFC 2606",
                "git@github.com:org/repo | nobody's",
                "x = y@z | no domain",
                "555-0123 | too short",
                "2023-10-05 and 1914-1918 | dates",
                "in 1234567890 steps | a bare number",
                "sk-this-is-where-your-key-goes | no digits",
                "AKIAIOSFODNN | too short",
            })
    void whatOnlyLooksSoStays(String text, String why) {
        assertThat(all.masked(text)).as(why).isEqualTo(text);
    }

    @Test
    void aPrivateKeyIsMaskedWhole() {
        String body = "MIIEowIBAAKCAQEA".repeat(100);
        assertThat(all.masked("a\n-----BEGIN RSA PRIVATE KEY-----\n" + body + "\n-----END RSA PRIVATE KEY-----\nb"))
                .isEqualTo("a\n[KEY]\nb");
    }

    @Test
    void onlyTheKindsThatAreWantedAreFound() {
        PersonalData mail = new PersonalData(Set.of(PersonalKind.EMAIL), "none");
        assertThat(mail.masked("ada@gmail.com 4111111111111111")).isEqualTo("[EMAIL] 4111111111111111");
    }

    @Test
    void aNumberWithoutACountryIsOfTheRegion() {
        assertThat(new PersonalData(EnumSet.of(PersonalKind.PHONE), "GB").masked("on 020 7219 3000 now"))
                .isEqualTo("on [PHONE] now");
        assertThat(new PersonalData(EnumSet.of(PersonalKind.PHONE), "none")
                        .masked("on 020 7219 3000 or +44 20 7219 3000"))
                .isEqualTo("on 020 7219 3000 or [PHONE]");
        assertThatThrownBy(() -> new PersonalData(Set.of(), "XX")).hasMessageContaining("phone_region is \"XX\"");
    }

    @Test
    void aTextMadeToTakeLongDoesNot() {
        String hostile = "1 ".repeat(200_000) + "a@".repeat(50_000) + "1.".repeat(100_000) + "AA00".repeat(50_000);
        assertThat(all.masked(hostile)).hasSizeGreaterThan(100_000);
    }
}
