package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.reward.Architecture;
import pairwright.reward.Combination;
import pairwright.reward.EncoderSettings;
import pairwright.reward.EnsembleSettings;
import pairwright.reward.FitSettings;
import pairwright.reward.MlpSettings;

/**
 * What was chosen of an ensemble.
 *
 * @param of architectures of the members; the one architecture unless said
 * @param members of each, 1 unless said
 * @param combine average unless said
 */
public record EnsembleChoice(
        @JsonProperty("of") Optional<List<Architecture>> of,
        @JsonProperty("members") Optional<Integer> members,
        @JsonProperty("combine") Optional<Combination> combine) {
    /** The settings that one architecture, or an ensemble of several, starts from. */
    static FitSettings settings(
            Optional<Architecture> architecture,
            Optional<MlpChoice> mlp,
            Optional<EncoderChoice> encoder,
            Optional<EnsembleChoice> ensemble) {
        if (architecture.isPresent() && architecture.get() == Architecture.ENSEMBLE) {
            throw new IllegalArgumentException(
                    "architecture is ensemble, must be linear, mlp or encoder; of what an ensemble consists is told by of and members");
        }
        if (ensemble.isEmpty()) {
            return networks(List.of(architecture.orElse(Architecture.LINEAR)), mlp, encoder);
        }
        if (architecture.isPresent() && ensemble.get().of().isPresent()) {
            throw new IllegalArgumentException(
                    "architecture and of are both given; leave architecture out, of names those of the members");
        }
        List<Architecture> of = ensemble.get().of().orElseGet(() -> List.of(architecture.orElse(Architecture.LINEAR)));
        EnsembleSettings members = new EnsembleSettings(
                of, ensemble.get().members().orElse(1), ensemble.get().combine().orElse(Combination.AVERAGE));
        return networks(of, mlp, encoder).withEnsemble(members);
    }

    private static FitSettings networks(
            List<Architecture> of, Optional<MlpChoice> mlp, Optional<EncoderChoice> encoder) {
        FitSettings settings = FitSettings.DEFAULT;
        check(of, Architecture.MLP, mlp.isPresent());
        check(of, Architecture.ENCODER, encoder.isPresent());
        if (of.contains(Architecture.ENCODER)) {
            settings = encoder.isPresent() ? encoder.get().on(settings) : settings.withEncoder(EncoderSettings.DEFAULT);
        }
        if (of.contains(Architecture.MLP)) {
            settings = settings.withMlp(mlp.map(MlpChoice::settings).orElse(MlpSettings.DEFAULT));
        }
        return settings;
    }

    private static void check(List<Architecture> of, Architecture network, boolean given) {
        if (given && !of.contains(network)) {
            String name = network.name().toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException("settings of a network are given, but the architecture is "
                    + of.stream()
                            .map(one -> one.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(" and "))
                    + "; name architecture " + name);
        }
    }

    /** One list of penalties cannot be meant for several architectures. */
    static FitSettings withL2(FitSettings settings, List<Double> l2) {
        if (settings.ensemble().isPresent() && settings.ensemble().get().of().size() > 1) {
            throw new IllegalArgumentException("l2 is " + l2
                    + ", but the members are of several architectures, which need different ones; leave it out");
        }
        return settings.withL2(l2);
    }
}
