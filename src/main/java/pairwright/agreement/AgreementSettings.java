package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import pairwright.jsonl.BadInput;
import pairwright.judge.Preference;

/**
 * What must be chosen before agreement is a number; the report names every choice.
 *
 * @param unparsed what a row counts as in which the judge gave no preference
 * @param conflictingOrders which label a judgment has whose orders disagree
 * @param orders which of the judge's orders count
 * @param frame what the label A means
 * @param ties what a tie is to accuracy and the coefficients
 * @param humans how several people become one reference
 * @param tieBand half-width of the band of z around one half that is the label tie, in [0, 0.5)
 * @param clusters what the bootstrap resamples
 * @param bootstrapRounds replicates of the bootstrap, 100 to 100,000
 * @param seed of the bootstrap
 * @param confidence of every interval, in (0, 1)
 */
public record AgreementSettings(
        @JsonProperty("unparsed") UnparsedAs unparsed,
        @JsonProperty("conflicting_orders") ConflictingOrders conflictingOrders,
        @JsonProperty("orders") OrdersUsed orders,
        @JsonProperty("frame") Frame frame,
        @JsonProperty("ties") TiesAs ties,
        @JsonProperty("humans") HumanVote humans,
        @JsonProperty("tie_band") double tieBand,
        @JsonProperty("clusters") Clusters clusters,
        @JsonProperty("bootstrap_rounds") int bootstrapRounds,
        @JsonProperty("seed") long seed,
        @JsonProperty("confidence") double confidence) {
    public static final AgreementSettings DEFAULTS = new AgreementSettings(
            UnparsedAs.DROP,
            ConflictingOrders.Z_MEAN,
            OrdersUsed.BOTH,
            Frame.ITEM,
            TiesAs.CLASS,
            HumanVote.LEAD,
            Preference.DEFAULT_TIE_BAND,
            Clusters.PROMPT,
            1000,
            1,
            .95);

    public AgreementSettings {
        Objects.requireNonNull(unparsed, "unparsed");
        Objects.requireNonNull(conflictingOrders, "conflictingOrders");
        Objects.requireNonNull(orders, "orders");
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(ties, "ties");
        Objects.requireNonNull(humans, "humans");
        Objects.requireNonNull(clusters, "clusters");
        if (!(tieBand >= 0 && tieBand < .5)) {
            throw new BadInput("tie band is " + tieBand + ", must be in [0, 0.5)");
        }
        if (!(bootstrapRounds >= 100 && bootstrapRounds <= 100_000)) {
            throw new BadInput("bootstrap rounds are " + bootstrapRounds + ", must be in [100, 100000]");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new BadInput("confidence is " + confidence + ", must be in (0, 1)");
        }
    }

    public AgreementSettings withUnparsed(UnparsedAs other) {
        return new AgreementSettings(
                other,
                conflictingOrders,
                orders,
                frame,
                ties,
                humans,
                tieBand,
                clusters,
                bootstrapRounds,
                seed,
                confidence);
    }

    public AgreementSettings withConflictingOrders(ConflictingOrders other) {
        return new AgreementSettings(
                unparsed, other, orders, frame, ties, humans, tieBand, clusters, bootstrapRounds, seed, confidence);
    }

    public AgreementSettings withOrders(OrdersUsed other) {
        return new AgreementSettings(
                unparsed,
                conflictingOrders,
                other,
                frame,
                ties,
                humans,
                tieBand,
                clusters,
                bootstrapRounds,
                seed,
                confidence);
    }

    public AgreementSettings withFrame(Frame other) {
        return new AgreementSettings(
                unparsed,
                conflictingOrders,
                orders,
                other,
                ties,
                humans,
                tieBand,
                clusters,
                bootstrapRounds,
                seed,
                confidence);
    }

    public AgreementSettings withTies(TiesAs other) {
        return new AgreementSettings(
                unparsed,
                conflictingOrders,
                orders,
                frame,
                other,
                humans,
                tieBand,
                clusters,
                bootstrapRounds,
                seed,
                confidence);
    }

    public AgreementSettings withHumans(HumanVote other) {
        return new AgreementSettings(
                unparsed,
                conflictingOrders,
                orders,
                frame,
                ties,
                other,
                tieBand,
                clusters,
                bootstrapRounds,
                seed,
                confidence);
    }

    public AgreementSettings withTieBand(double other) {
        return new AgreementSettings(
                unparsed,
                conflictingOrders,
                orders,
                frame,
                ties,
                humans,
                other,
                clusters,
                bootstrapRounds,
                seed,
                confidence);
    }

    public AgreementSettings withClusters(Clusters other) {
        return new AgreementSettings(
                unparsed,
                conflictingOrders,
                orders,
                frame,
                ties,
                humans,
                tieBand,
                other,
                bootstrapRounds,
                seed,
                confidence);
    }

    public AgreementSettings withBootstrapRounds(int other) {
        return new AgreementSettings(
                unparsed, conflictingOrders, orders, frame, ties, humans, tieBand, clusters, other, seed, confidence);
    }

    public AgreementSettings withSeed(long other) {
        return new AgreementSettings(
                unparsed,
                conflictingOrders,
                orders,
                frame,
                ties,
                humans,
                tieBand,
                clusters,
                bootstrapRounds,
                other,
                confidence);
    }

    public AgreementSettings withConfidence(double other) {
        return new AgreementSettings(
                unparsed,
                conflictingOrders,
                orders,
                frame,
                ties,
                humans,
                tieBand,
                clusters,
                bootstrapRounds,
                seed,
                other);
    }
}
