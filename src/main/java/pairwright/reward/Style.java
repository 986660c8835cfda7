package pairwright.reward;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The dense columns: how a response is built rather than which words it has. Each is about in [0, 1], by fixed scales, so that
 * one penalty suits all.
 */
final class Style {
    static final int COLUMNS = Column.values().length;

    /** Meaning of each dense column, in the order of the tensor. Appending one is a new {@link FeatureSettings#VERSION}. */
    enum Column {
        LOG_CHARS,
        LOG_WORDS,
        LOG_LINES,
        LONG_WORDS,
        BULLETS,
        NUMBERED,
        HEADINGS,
        CODE_FENCES,
        TABLE_LINES,
        BOLD,
        DIGITS,
        CAPITALS,
        PUNCTUATION,
        NON_ASCII,
        QUESTIONS,
        EXCLAMATIONS,
        ENDS_TERMINAL,
        ENDS_QUESTION,
        ENDS_OPEN,
        ENDS_ON_FUNCTION_WORD,
        UNCLOSED,
        BREAKS_OFF,
        WORD_VARIETY,
        REPEATED_TRIGRAMS,
        PROMPT_COVERED,
        PROMPT_ECHOED,
        PROMPT_LANGUAGE,
        OTHER_LANGUAGE,
        FIRST_PERSON,
        SECOND_PERSON,
        NUMBERS_FROM_PROMPT,
        NEW_NUMBERS,
        LIMIT_MISSED,
        FORBIDDEN_SAID;

        /** Whether it grows with the length of the response and tells little else. */
        boolean isLength() {
            return this == LOG_CHARS || this == LOG_WORDS || this == LOG_LINES;
        }
    }

    /** Repetition is measured over this many words at most, so that memory stays bounded whatever the text. */
    private static final int KEPT_WORDS = 1 << 14;

    private static final Set<Long> FIRST = hashes("i", "i'm", "me", "my", "i'd", "i'll", "i've", "myself");
    private static final Set<Long> SECOND = hashes("you", "your", "you're", "you'll", "yourself");

    private int words;
    private int sentences;
    private int lines;
    private int listLines;
    private final Map<Column, Double> values = new EnumMap<>(Column.class);

    Style(PromptText prompt, String response) {
        measureCharacters(response);
        measureLines(response);
        measureEnd(response);
        measureWords(prompt, response);
        set(Column.LIMIT_MISSED, prompt.demands().missed(words, sentences, lines, listLines));
    }

    double[] columns() {
        return Arrays.stream(Column.values())
                .mapToDouble(column -> values.getOrDefault(column, 0.0))
                .toArray();
    }

    private void set(Column column, double value) {
        values.put(column, value);
    }

    /** ln(1 + x) / ln(1 + full), which is 1 at {@code full}. */
    private static double logScaled(double x, double full) {
        return StrictMath.log1p(x) / StrictMath.log1p(full);
    }

    private static double share(double part, double whole) {
        return whole > 0 ? part / whole : 0;
    }

    private void measureCharacters(String response) {
        int chars = 0;
        int digits = 0;
        int capitals = 0;
        int letters = 0;
        int marks = 0;
        int foreign = 0;
        int questions = 0;
        int exclamations = 0;
        for (int i = 0; i < response.length(); ) {
            int c = Character.codePointAt(response, i);
            i += Character.charCount(c);
            chars++;
            foreign += c > 0x7f ? 1 : 0;
            questions += c == '?' ? 1 : 0;
            exclamations += c == '!' ? 1 : 0;
            if (Character.isLetter(c)) {
                letters++;
                capitals += Character.isUpperCase(c) ? 1 : 0;
            } else if (Character.isDigit(c)) {
                digits++;
            } else if (!Words.isSpace(c)) {
                marks++;
            }
        }
        set(Column.LOG_CHARS, logScaled(chars, 2000));
        set(Column.DIGITS, Math.sqrt(share(digits, chars)));
        set(Column.CAPITALS, Math.sqrt(share(capitals, letters)));
        set(Column.PUNCTUATION, Math.sqrt(share(marks, chars)));
        set(Column.NON_ASCII, Math.sqrt(share(foreign, chars)));
        set(Column.QUESTIONS, logScaled(questions, 7));
        set(Column.EXCLAMATIONS, logScaled(exclamations, 7));
    }

    private void measureLines(String response) {
        int bullets = 0;
        int numbered = 0;
        int headings = 0;
        int fences = 0;
        int tables = 0;
        int bold = 0;
        int from = 0;
        while (from <= response.length()) {
            int end = response.indexOf('\n', from);
            end = end < 0 ? response.length() : end;
            int first = from;
            while (first < end && Words.isSpace(response.charAt(first))) {
                first++;
            }
            if (first < end) {
                lines++;
                char c = response.charAt(first);
                char next = first + 1 < end ? response.charAt(first + 1) : '\n';
                bullets += (c == '-' || c == '*' || c == '\u2022') && next == ' ' ? 1 : 0;
                headings += c == '#' ? 1 : 0;
                tables += c == '|' ? 1 : 0;
                fences += response.startsWith("```", first) ? 1 : 0;
                int digit = first;
                while (digit < end && Character.isDigit(response.charAt(digit))) {
                    digit++;
                }
                numbered += digit > first && digit < end && ".):".indexOf(response.charAt(digit)) >= 0 ? 1 : 0;
            }
            from = end + 1;
        }
        for (int i = response.indexOf("**"); i >= 0; i = response.indexOf("**", i + 2)) {
            bold++;
        }
        listLines = bullets + numbered;
        set(Column.LOG_LINES, logScaled(lines, 63));
        set(Column.BULLETS, logScaled(bullets, 15));
        set(Column.NUMBERED, logScaled(numbered, 15));
        set(Column.HEADINGS, logScaled(headings, 7));
        set(Column.CODE_FENCES, logScaled(fences, 7));
        set(Column.TABLE_LINES, logScaled(tables, 15));
        set(Column.BOLD, logScaled(bold, 31));
    }

    private void measureEnd(String response) {
        int end = response.length();
        while (end > 0 && Words.isSpace(response.charAt(end - 1))) {
            end--;
        }
        int last = end == 0 ? ' ' : Character.codePointBefore(response, end);
        boolean closes = last == '"' || last == ')' || last == '*' || last == 0x201d || last == 0x2019 || last == '\'';
        int shown = closes && end > 1 ? Character.codePointBefore(response, end - 1) : last;
        boolean terminal = isTerminal(shown) || isTerminal(last);
        boolean open = Words.isWordPart(last) || last == ',' || last == '-' || last == ';' || last == '(';
        boolean prose = false;
        for (int i = 0; i < end - 1 && !prose; i++) {
            prose = isTerminal(response.charAt(i)) && Words.isSpace(response.charAt(i + 1));
        }
        int balance = 0;
        int quotes = 0;
        for (int i = 0; i < end; i++) {
            char c = response.charAt(i);
            balance += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
            quotes += c == '"' ? 1 : 0;
        }
        set(Column.ENDS_TERMINAL, terminal ? 1 : 0);
        set(Column.ENDS_QUESTION, shown == '?' || last == '?' ? 1 : 0);
        set(Column.ENDS_OPEN, open ? 1 : 0);
        set(Column.UNCLOSED, (balance > 0 ? .5 : 0) + (quotes % 2 == 1 ? .5 : 0));
        set(Column.BREAKS_OFF, open && prose ? 1 : 0);
    }

    private static boolean isTerminal(int c) {
        return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xff01 || c == 0xff1f;
    }

    private void measureWords(PromptText prompt, String response) {
        Words walk = new Words(response);
        Set<Long> distinct = new HashSet<>();
        Set<Long> trigrams = new HashSet<>();
        Set<Long> covered = new HashSet<>();
        int[] hits = new int[StopWords.LANGUAGES];
        int letters = 0;
        int content = 0;
        int forbidden = 0;
        int echoed = 0;
        int first = 0;
        int second = 0;
        int oldNumbers = 0;
        int newNumbers = 0;
        int threes = 0;
        long before = 0;
        long before2 = 0;
        boolean functionWord = false;
        while (walk.next()) {
            if (!walk.isWord()) {
                sentences += walk.isTerminal() ? 1 : 0;
                functionWord = false;
                continue;
            }
            long hash = walk.hash();
            words++;
            letters += walk.length();
            boolean kept = words <= KEPT_WORDS;
            if (kept) {
                distinct.add(hash);
            }
            StopWords.count(hash, hits);
            functionWord = StopWords.isAny(hash);
            first += FIRST.contains(hash) ? 1 : 0;
            second += SECOND.contains(hash) ? 1 : 0;
            if (words > 2 && kept) {
                threes++;
                trigrams.add(TextHash.step(TextHash.step(TextHash.step(TextHash.START, before2), before), hash));
            }
            before2 = before;
            before = hash;
            forbidden += prompt.demands().forbids(hash) ? 1 : 0;
            if (PromptText.isContent(walk)) {
                content++;
                echoed += prompt.says(hash) ? 1 : 0;
                if (prompt.asked().contains(hash)) {
                    covered.add(hash);
                }
                if (walk.isNumber()) {
                    oldNumbers += prompt.says(hash) ? 1 : 0;
                    newNumbers += prompt.says(hash) ? 0 : 1;
                }
            }
        }
        set(Column.FORBIDDEN_SAID, forbidden > 0 ? 1 : 0);
        set(Column.LOG_WORDS, logScaled(words, 400));
        set(Column.LONG_WORDS, share(letters, words) / 8);
        set(Column.ENDS_ON_FUNCTION_WORD, functionWord ? 1 : 0);
        set(Column.WORD_VARIETY, share(distinct.size(), Math.min(words, KEPT_WORDS)));
        set(Column.REPEATED_TRIGRAMS, threes == 0 ? 0 : 1 - share(trigrams.size(), threes));
        set(Column.PROMPT_COVERED, share(covered.size(), prompt.asked().size()));
        set(Column.PROMPT_ECHOED, share(echoed, content));
        set(Column.FIRST_PERSON, Math.sqrt(share(first, words)));
        set(Column.SECOND_PERSON, Math.sqrt(share(second, words)));
        set(Column.NUMBERS_FROM_PROMPT, logScaled(oldNumbers, 15));
        set(Column.NEW_NUMBERS, logScaled(newNumbers, 15));
        if (prompt.language() >= 0) {
            double own = share(hits[prompt.language()], words);
            double other = share(hits[Math.max(0, StopWords.mostFrequent(hits))], words);
            set(Column.PROMPT_LANGUAGE, 2 * own);
            set(Column.OTHER_LANGUAGE, 2 * Math.max(0, other - own));
        }
    }

    private static Set<Long> hashes(String... words) {
        Set<Long> hashes = new HashSet<>();
        for (String word : words) {
            hashes.add(TextHash.of(TextHash.START, word));
        }
        return hashes;
    }
}
