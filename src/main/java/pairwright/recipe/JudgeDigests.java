package pairwright.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.agreement.LicensedJudge;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.judge.JudgeName;
import pairwright.provenance.Provenance;
import pairwright.reward.RewardModel;

/** Digests of the files that make a judge what it is, from the provenance beside its judgments or from the judge itself. */
final class JudgeDigests {
    private JudgeDigests() {}

    /** Of a judge that is named, or of the judgments in a file. */
    static Map<String, String> of(Optional<String> judge, String in, Places places) {
        if (judge.map(JudgeName::parse).orElse(null) instanceof JudgeName.Reward reward) {
            return Map.of(
                    LicensedJudge.REWARD_MODEL,
                    RewardModel.load(Path.of(places.input(reward.folder()))).digest());
        }
        return judge.isPresent() ? Map.of() : beside(places.input(in));
    }

    /** Of the reward model that a judge is, where that is known. */
    static Optional<String> rewardModel(Optional<String> judge, String in, Places places) {
        return Optional.ofNullable(of(judge, in, places).get(LicensedJudge.REWARD_MODEL));
    }

    /** As the provenance beside a file of judgments says; none where there is no such provenance. */
    static Map<String, String> beside(String judgments) {
        Path file = Path.of(judgments + ".provenance.json");
        if (judgments.equals("-") || !Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            Provenance provenance = Json.read(Files.readString(file), Provenance.class);
            Map<String, String> digests = new TreeMap<>();
            if (provenance.facts().get(LicensedJudge.REWARD_MODEL) instanceof String digest) {
                digests.put(LicensedJudge.REWARD_MODEL, digest);
            }
            if (provenance.facts().get(LicensedJudge.CALIBRATOR) instanceof Map<?, ?> calibrator
                    && calibrator.get("sha256") instanceof String digest) {
                digests.put(LicensedJudge.CALIBRATOR, digest);
            }
            Object panel = provenance.facts().get(LicensedJudge.PANEL);
            if (panel != null) {
                digests.put(LicensedJudge.PANEL, Digests.sha256(Json.canonical(panel)));
            }
            return digests;
        } catch (BadInput | IllegalArgumentException e) {
            throw new BadInput(file + ": is no provenance that can be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
