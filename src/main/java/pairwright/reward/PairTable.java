package pairwright.reward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

/** The judgments as numbers, taken in one by one: feature vectors instead of texts, each different text once. */
final class PairTable {
    /**
     * One usable pair.
     *
     * @param first index of the first response's text
     * @param prompt index of the prompt, or of what the splits go by instead
     * @param taught what a fit is told instead of z; z itself unless other labels are to be fitted than are measured
     * @param weight above 0
     * @param pseudo whether a model made the label, so that nothing may be measured on it
     */
    record Entry(
            int first,
            int second,
            int prompt,
            double z,
            double taught,
            double weight,
            Optional<String> slice,
            boolean pseudo) {
        /** As a fit is told it. */
        Entry asTaught() {
            return labelled(taught);
        }

        private Entry labelled(double label) {
            return new Entry(first, second, prompt, label, label, weight, slice, pseudo);
        }

        /** The same with a label that a model made, for the more likely side. */
        Entry labelledBy(double difference) {
            double label = difference > 0 ? 1 : 0;
            return new Entry(first, second, prompt, label, label, weight, slice, true);
        }

        /** The same with the label turned over. */
        Entry turned() {
            return labelled(1 - z);
        }

        /** The same, counting so many times as much. */
        Entry times(int count) {
            return new Entry(first, second, prompt, z, taught, weight * count, slice, pseudo);
        }
    }

    /** Why a row with a preference cannot be used: equal texts have equal rewards whatever the weights. */
    static final String IDENTICAL = "IDENTICAL";

    /** Why a row that could be used is not: its weight is 0. */
    static final String WEIGHTLESS = "WEIGHTLESS";

    /** Why a row with a label is not used: it lacks the label that is to be fitted. */
    static final String UNTAUGHT = "UNTAUGHT";

    private final List<ResponseReader> readers;
    private final Map<String, Integer> textNumbers = new HashMap<>();
    private final Map<String, Integer> promptNumbers = new HashMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private final List<List<ReadText>> read = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final List<String> prompts = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry> unlabelled = new ArrayList<>();
    private final boolean keepsUnlabelled;
    private List<SparseVector> embedded = List.of();
    private Prompt lastPrompt;
    private PromptText lastPromptText;
    private String lastPromptJson;
    private long rows;

    /** @param readers what each of the architectures that are to be fitted reads of a text */
    PairTable(List<ResponseReader> readers) {
        this(readers, false);
    }

    private PairTable(List<ResponseReader> readers, boolean keepsUnlabelled) {
        this.readers = readers;
        this.keepsUnlabelled = keepsUnlabelled;
        readers.forEach(reader -> read.add(new ArrayList<>()));
    }

    /** Of what the settings' architectures read, in their order. */
    static PairTable of(FitSettings settings) {
        return new PairTable(
                settings.architectures().stream()
                        .map(architecture -> reader(settings, architecture))
                        .toList(),
                settings.pseudoLabels().isPresent());
    }

    private static ResponseReader reader(FitSettings settings, Architecture architecture) {
        if (architecture == Architecture.ENCODER) {
            return settings.tuning().isPresent()
                    ? imported(
                            settings.tuning().get().folder(),
                            settings.tuning().get().maxTokens(),
                            settings.device())
                    : new WordsReader(settings.encoder().orElseThrow().maxTokens());
        }
        if (architecture == Architecture.MLP) {
            MlpSettings mlp = settings.mlp().orElseThrow();
            return mlp.encoder().isPresent()
                    ? imported(mlp.encoder().get().folder(), mlp.encoder().get().maxTokens(), settings.device())
                    : new DenseReader(mlp.embeddings());
        }
        Vectorizer vectorizer = new Vectorizer(settings.features());
        return (prompt, response) -> vectorizer.vector(prompt, response.text());
    }

    private static ResponseReader imported(String folder, int maxTokens, DeviceChoice device) {
        return new ImportedReader(TextEncoder.open(Path.of(folder), maxTokens, device));
    }

    void add(Judgment judgment) {
        add(FitRow.of(judgment));
    }

    void add(FitRow row) {
        rows++;
        Judgment judgment = row.judgment();
        Pair pair = judgment.pair();
        if (judgment.verdict() instanceof Abstention abstention) {
            leftOut.merge(abstention.reason().name(), 1L, Long::sum);
            if (keepsUnlabelled
                    && abstention.reason() == Abstention.Reason.ABSENT
                    && !pair.responseA().equals(pair.responseB())) {
                unlabelled.add(entry(row, .5, row.taught().orElse(null) instanceof Preference guess ? guess.z() : .5));
            }
        } else if (pair.responseA().equals(pair.responseB())) {
            leftOut.merge(IDENTICAL, 1L, Long::sum);
        } else if (row.weight() == 0) {
            leftOut.merge(WEIGHTLESS, 1L, Long::sum);
        } else if (judgment.verdict() instanceof Preference preference) {
            if (row.taught().isEmpty()) {
                entries.add(entry(row, preference.z(), preference.z()));
            } else if (row.taught().get() instanceof Preference taught) {
                entries.add(entry(row, preference.z(), taught.z()));
            } else {
                leftOut.merge(UNTAUGHT, 1L, Long::sum);
            }
        }
    }

    private Entry entry(FitRow row, double z, double taught) {
        Pair pair = row.judgment().pair();
        if (!pair.prompt().equals(lastPrompt)) {
            lastPrompt = pair.prompt();
            lastPromptText = new PromptText(lastPrompt);
            lastPromptJson = Json.canonical(lastPrompt.messages());
        }
        int prompt = promptNumbers.computeIfAbsent(row.group(), id -> {
            prompts.add(id);
            return prompts.size() - 1;
        });
        return new Entry(
                text(Response.a(pair)), text(Response.b(pair)), prompt, z, taught, row.weight(), row.slice(), false);
    }

    private int text(Response response) {
        // The prompt's text, not its id, is what the features read.
        StringBuilder key = new StringBuilder(lastPromptJson).append('\n');
        readers.forEach(reader -> key.append(reader.beside(response)));
        return textNumbers.computeIfAbsent(
                Digests.sha256(key.append(response.text()).toString()), digest -> {
                    for (int k = 0; k < readers.size(); k++) {
                        read.get(k).add(readers.get(k).read(lastPromptText, response));
                    }
                    lengths.add(
                            response.text().codePointCount(0, response.text().length()));
                    return lengths.size() - 1;
                });
    }

    /** Rows taken in, usable or not. */
    long rows() {
        return rows;
    }

    Map<String, Long> leftOut() {
        return leftOut;
    }

    List<Entry> entries() {
        return entries;
    }

    /** Pairs that have no label: z is one half, and taught what another judge says. */
    List<Entry> unlabelled() {
        return unlabelled;
    }

    /** Ids of the prompts, or of what the splits go by instead, by their index. */
    List<String> prompts() {
        return prompts;
    }

    String promptOf(Entry entry) {
        return prompts.get(entry.prompt());
    }

    /** The encoder that one of the readers has. */
    Optional<TextEncoder> encoder(int reader) {
        return readers.get(reader) instanceof ImportedReader encoded
                ? Optional.of(encoded.encoder())
                : Optional.empty();
    }

    /** The texts as one of the readers sees them, which makes vectors of them; an encoder does so when they are first asked for, all together. */
    List<SparseVector> texts(int reader) {
        if (readers.get(reader) instanceof ImportedReader imported) {
            if (embedded.size() < size()) {
                embedded = Arrays.stream(imported.encoder().embeddings(tokens(reader)))
                        .map(SparseVector::dense)
                        .toList();
            }
            return embedded;
        }
        return read.get(reader).stream().map(SparseVector.class::cast).toList();
    }

    /** The texts as an imported encoder's tokenizer cuts them up. */
    List<TextTokens> tokens(int reader) {
        return read.get(reader).stream().map(TextTokens.class::cast).toList();
    }

    /** The texts as one of the readers sees them, which parts them into words. */
    List<TextWords> words(int reader) {
        return read.get(reader).stream().map(TextWords.class::cast).toList();
    }

    /** Of the words that one of the readers has met. */
    Lexicon lexicon(int reader) {
        return ((WordsReader) readers.get(reader)).lexicon();
    }

    /** How many different texts there are. */
    int size() {
        return lengths.size();
    }

    /** In code points. */
    int length(int text) {
        return lengths.get(text);
    }

    /** ln of the first text's length over the second's, of each pair. */
    double[] lengthRatios(List<Entry> chosen) {
        return chosen.stream()
                .mapToDouble(entry -> Math.log1p(length(entry.first())) - Math.log1p(length(entry.second())))
                .toArray();
    }

    /**
     * The matrices of some of the pairs.
     *
     * @param columns column of the model for each column of {@code features}; columns that no text has are left out, since
     *     their weights stay zero
     * @param features a row for each text of these pairs
     * @param pairs which of these rows are the texts of each pair, and its z
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Matrices(int[] columns, SparseRows features, PairObjective.Pairs pairs) {}

    static Matrices matrices(List<SparseVector> texts, List<Entry> chosen, int allColumns) {
        int[] rowOf = new int[texts.size()];
        Arrays.fill(rowOf, -1);
        List<SparseVector> used = new ArrayList<>();
        int[] first = new int[chosen.size()];
        int[] second = new int[chosen.size()];
        double[] z = new double[chosen.size()];
        for (int i = 0; i < z.length; i++) {
            Entry entry = chosen.get(i);
            first[i] = row(texts, entry.first(), rowOf, used);
            second[i] = row(texts, entry.second(), rowOf, used);
            z[i] = entry.z();
        }
        boolean[] met = new boolean[allColumns];
        int size = 0;
        for (SparseVector vector : used) {
            size = Math.addExact(size, vector.columns().length);
            for (int column : vector.columns()) {
                met[column] = true;
            }
        }
        int[] narrow = new int[allColumns];
        int[] columns = new int[allColumns];
        int width = 0;
        for (int column = 0; column < allColumns; column++) {
            if (met[column]) {
                columns[width] = column;
                narrow[column] = width++;
            }
        }
        int[] starts = new int[used.size() + 1];
        int[] entryColumns = new int[size];
        float[] values = new float[size];
        for (int t = 0, at = 0; t < used.size(); t++) {
            SparseVector vector = used.get(t);
            for (int k = 0; k < vector.columns().length; k++, at++) {
                entryColumns[at] = narrow[vector.columns()[k]];
                values[at] = vector.values()[k];
            }
            starts[t + 1] = at;
        }
        return new Matrices(
                Arrays.copyOf(columns, width),
                new SparseRows(starts, entryColumns, values, width),
                new PairObjective.Pairs(first, second, z));
    }

    private static int row(List<SparseVector> texts, int text, int[] rowOf, List<SparseVector> used) {
        if (rowOf[text] < 0) {
            rowOf[text] = used.size();
            used.add(texts.get(text));
        }
        return rowOf[text];
    }
}
