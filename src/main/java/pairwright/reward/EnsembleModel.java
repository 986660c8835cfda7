package pairwright.reward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A weighted sum of other models' rewards. How far they differ tells how sure it is. */
public final class EnsembleModel extends RewardModel {
    /** @param weight in the sum, at least 0 */
    record Member(RewardModel model, double weight) {
        Member {
            Objects.requireNonNull(model, "model");
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("weight is " + weight + ", must be at least 0 and finite");
            }
        }
    }

    private final List<Member> members;

    EnsembleModel(List<Member> members, FitReport report, Map<String, String> data) {
        super(report, data);
        if (members.size() < 2) {
            throw new IllegalArgumentException("members has " + members.size() + ", must have at least 2");
        }
        this.members = List.copyOf(members);
    }

    @Override
    public RewardModel fittedTo(Map<String, String> digests) {
        return new EnsembleModel(members, report(), digests);
    }

    @Override
    public double score(Response response) {
        double sum = 0;
        for (Member member : members) {
            sum += member.weight() * member.model().score(response);
        }
        return sum;
    }

    @Override
    public double[] scores(List<Response> responses) {
        double[] sums = new double[responses.size()];
        for (Member member : members) {
            double[] own = member.model().scores(responses);
            for (int k = 0; k < sums.length; k++) {
                sums[k] += member.weight() * own[k];
            }
        }
        return sums;
    }

    @Override
    public Optional<Double> spread(Response first, Response second) {
        double total = members.stream().mapToDouble(Member::weight).sum();
        double mean = score(first) - score(second);
        double squares = 0;
        for (Member member : members) {
            double own = total * (member.model().score(first) - member.model().score(second));
            squares += member.weight() * (own - mean) * (own - mean);
        }
        return Optional.of(total > 0 ? Math.sqrt(squares / total) : 0);
    }

    @Override
    public Optional<double[][]> memberScores(List<Response> responses) {
        double total = members.stream().mapToDouble(Member::weight).sum();
        List<double[]> weighed = members.stream()
                .filter(member -> member.weight() > 0)
                .map(member -> member.model().scores(responses))
                .toList();
        double[][] rows = new double[responses.size()][weighed.size()];
        for (int k = 0; k < weighed.size(); k++) {
            for (int i = 0; i < rows.length; i++) {
                rows[i][k] = total * weighed.get(k)[i];
            }
        }
        return Optional.of(rows);
    }

    List<Member> members() {
        return members;
    }

    @Override
    public Architecture architecture() {
        return Architecture.ENSEMBLE;
    }

    @Override
    public Optional<String> embeddings() {
        return members.stream()
                .flatMap(member -> member.model().embeddings().stream())
                .findFirst();
    }

    @Override
    Optional<TextEncoder> encoder() {
        return members.stream()
                .flatMap(member -> member.model().encoder().stream())
                .findFirst();
    }

    /** All members have the same. */
    @Override
    Optional<WordPiece> wordPiece() {
        return members.stream()
                .flatMap(member -> member.model().wordPiece().stream())
                .findFirst();
    }

    @Override
    float[] weights() {
        List<float[]> all =
                members.stream().map(member -> member.model().weights()).toList();
        float[] row = new float[all.stream().mapToInt(one -> one.length).sum()];
        int at = 0;
        for (float[] one : all) {
            System.arraycopy(one, 0, row, at, one.length);
            at += one.length;
        }
        return row;
    }

    @Override
    Map<String, Safetensors.Tensor> tensors() {
        List<Map<String, Safetensors.Tensor>> parts = new ArrayList<>();
        members.forEach(member -> parts.add(member.model().tensors()));
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        for (int k = 0; k < parts.size(); k++) {
            for (Map.Entry<String, Safetensors.Tensor> tensor : parts.get(k).entrySet()) {
                tensors.put(prefix(k) + tensor.getKey(), tensor.getValue());
            }
        }
        return tensors;
    }

    /** Of the names of a member's tensors. */
    static String prefix(int member) {
        return "member" + (member + 1) + ".";
    }
}
