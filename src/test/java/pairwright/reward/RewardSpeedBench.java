package pairwright.reward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

/**
 * What bench/reward-speed times of networks: {@code mlp BATCH...} prints milliseconds a step of a network of 384 columns and 128 units, the median of several
 * runs after a warm-up; {@code encoder} milliseconds a step of an encoder over 16 pairs of 128 tokens, texts a second through it, and texts a second through
 * WordPiece alone; {@code encode FOLDER} prints texts a second through an imported encoder, 128 of 5 to 120 words.
 */
final class RewardSpeedBench {
    private static final int INPUTS = 384;
    private static final int HIDDEN = 128;
    private static final int RUNS = 7;
    private static final int STEPS = 60;

    private RewardSpeedBench() {}

    public static void main(String[] arguments) {
        if (arguments[0].equals("mlp")) {
            for (String batch : Arrays.asList(arguments).subList(1, arguments.length)) {
                print("mlp" + batch + "_ms", step(Integer.parseInt(batch)));
            }
        } else if (arguments[0].equals("encoder")) {
            encoder();
            print("wordpiece_texts_per_second", wordPiece());
        } else {
            print("encode_texts_per_second", encode(Path.of(arguments[1])));
        }
    }

    private static void print(String name, double value) {
        System.out.println(name + " " + String.format(Locale.ROOT, "%.4f", value));
    }

    private static double step(int batch) {
        MlpNetwork.Shape shape = new MlpNetwork.Shape(Optional.of("e"), Optional.empty(), INPUTS, HIDDEN);
        float[] ones = new float[INPUTS];
        Arrays.fill(ones, 1);
        MlpNetwork network = new MlpNetwork(shape, new float[INPUTS], ones, new float[shape.parameters()]);
        List<SparseVector> texts = texts(8 * batch);
        NetworkPairs pairs = pairs(4 * batch);
        int[] order = IntStream.range(0, pairs.size()).toArray();
        try (NetworkDevice device = new NetworkDevice(
                Torch.on(DeviceChoice.CPU), new MlpOnDevice(network, texts), LossSettings.DEFAULT, batch, 1)) {
            device.set(NetworkState.of(MlpNetwork.start(shape, 1)));
            double[] times = new double[RUNS];
            int number = 0;
            for (int run = -2; run < RUNS; run++) {
                long began = System.nanoTime();
                for (int k = 0; k < STEPS; k++) {
                    int from = k % 4 * batch;
                    device.step(pairs, order, from, from + batch, ++number, 1e-3, .01, 1);
                }
                if (run >= 0) {
                    times[run] = (System.nanoTime() - began) / 1e6 / STEPS;
                }
            }
            Arrays.sort(times);
            return times[RUNS / 2];
        }
    }

    private static List<SparseVector> texts(int count) {
        Random random = new Random(1);
        int[] columns = IntStream.range(0, INPUTS).toArray();
        List<SparseVector> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] values = new float[INPUTS];
            for (int k = 0; k < INPUTS; k++) {
                values[k] = (float) random.nextGaussian();
            }
            texts.add(new SparseVector(columns, values));
        }
        return texts;
    }

    /** The first one of text 0 and text 1, and so on. */
    private static NetworkPairs pairs(int count) {
        Random random = new Random(1);
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return new NetworkPairs(
                IntStream.range(0, count).map(i -> 2 * i).toArray(),
                IntStream.range(0, count).map(i -> 2 * i + 1).toArray(),
                random.ints(count, 0, 2).asDoubleStream().toArray(),
                ones,
                new int[count],
                new int[count]);
    }

    private static void encoder() {
        EncoderShape shape = new EncoderShape(8000, 128, 128, 2, 4);
        Random random = new Random(1);
        List<EncoderInput> texts = new ArrayList<>();
        for (int k = 0; k < 128; k++) {
            texts.add(new EncoderInput(random.ints(128, 4, 8000).toArray(), 32));
        }
        NetworkPairs pairs = pairs(64);
        int[] order = IntStream.range(0, 64).toArray();
        double[] times = new double[5];
        double[] rates = new double[5];
        try (NetworkDevice device = new NetworkDevice(
                Torch.on(DeviceChoice.CPU), new EncoderOnDevice(shape, texts, .1), LossSettings.DEFAULT, 16, 1)) {
            device.set(NetworkState.of(shape.start(1)));
            int number = 0;
            for (int run = -1; run < times.length; run++) {
                long began = System.nanoTime();
                for (int k = 0; k < 4; k++) {
                    device.step(pairs, order, 16 * k, 16 * (k + 1), ++number, 1e-4, .01, 1);
                }
                if (run >= 0) {
                    times[run] = (System.nanoTime() - began) / 1e6 / 4;
                }
            }
            int[] all = IntStream.range(0, texts.size()).toArray();
            for (int run = -1; run < rates.length; run++) {
                long began = System.nanoTime();
                device.rewards(all);
                if (run >= 0) {
                    rates[run] = all.length / ((System.nanoTime() - began) / 1e9);
                }
            }
        }
        Arrays.sort(times);
        Arrays.sort(rates);
        print("encoder_ms", times[2]);
        print("encoder_texts_per_second", rates[2]);
    }

    /** Made-up words, some of them frequent; the vocabulary is learned from them. */
    private static double wordPiece() {
        Random random = new Random(1);
        List<String> words = new ArrayList<>();
        for (int k = 0; k < 20_000; k++) {
            words.add(random.ints(2 + random.nextInt(8), 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        Map<String, Long> counts = new HashMap<>();
        List<String> texts = new ArrayList<>();
        for (int k = 0; k < 20_000; k++) {
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 40; w++) {
                String word = words.get((int) (words.size() * Math.pow(random.nextDouble(), 4)));
                counts.merge(word, 1L, Long::sum);
                text.append(word).append(w % 10 == 9 ? ". " : " ");
            }
            texts.add(text.toString());
        }
        WordPiece wordPiece = WordPieceTrainer.of(counts, 8000);
        double[] rates = new double[5];
        for (int run = -1; run < rates.length; run++) {
            long began = System.nanoTime();
            texts.forEach(text -> wordPiece.tokens(text, Integer.MAX_VALUE));
            if (run >= 0) {
                rates[run] = texts.size() / ((System.nanoTime() - began) / 1e9);
            }
        }
        Arrays.sort(rates);
        return rates[2];
    }

    private static double encode(Path folder) {
        TextEncoder encoder = TextEncoder.open(folder, 128, DeviceChoice.CPU);
        Prompt prompt = new Prompt("p", List.of(Message.user("question")), Map.of());
        List<Response> responses = new ArrayList<>();
        for (int k = 0; k < 128; k++) {
            responses.add(Response.of(prompt, "an answer of plain words ".repeat(1 + k % 24)));
        }
        double[] rates = new double[RUNS];
        for (int run = -1; run < RUNS; run++) {
            long began = System.nanoTime();
            encoder.embeddings(responses.stream().map(encoder::tokens).toList());
            if (run >= 0) {
                rates[run] = responses.size() / ((System.nanoTime() - began) / 1e9);
            }
        }
        Arrays.sort(rates);
        return rates[RUNS / 2];
    }
}
