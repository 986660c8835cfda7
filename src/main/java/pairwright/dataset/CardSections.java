package pairwright.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sections of a card about how the dataset came to be and what may be wrong with it. */
record CardSections(DatasetFacts facts, CardFacts told) {
    void judging(StringBuilder card) {
        Judging judging = facts.judging();
        card.append("\n## How the judging went\n\n| of the judgments read | share |\n|---|---:|\n");
        share(card, "without a preference", judging.abstained());
        share(card, "in conflict with themselves", judging.conflicts());
        share(card, "of one order only", judging.half());
        judging.flags().forEach((flag, count) -> share(card, "flag " + Markdown.quoted(flag), count));
        agreement(card);
    }

    void costs(StringBuilder card) {
        card.append("\n## Costs\n\n");
        Sampled sampled = facts.sampled();
        if (sampled.calls().calls() > 0) {
            card.append("The rows say of ")
                    .append(sampled.calls().calls())
                    .append(" responses that they took ")
                    .append(tokens(sampled.calls()))
                    .append(sampled.cost()
                            .map(cost -> ", and of " + sampled.priced() + " that they cost "
                                    + cost.stripTrailingZeros().toPlainString() + " together")
                            .orElse(""))
                    .append(".\n\n");
        }
        Calls all = facts.judging().calls();
        if (all.calls() == 0) {
            card.append("The judgments hold no call of a model.\n");
            return;
        }
        card.append("The judgments hold ")
                .append(all.calls())
                .append(" calls of models, with ")
                .append(tokens(all))
                .append(
                        ", as the servers said. The cost is that of these tokens at full price, without what a cache or a batch saves.\n\n")
                .append(
                        "| model | calls | tokens in | tokens out | calls without tokens | cost |\n|---|---:|---:|---:|---:|---:|\n");
        facts.judging()
                .models()
                .forEach((model, calls) -> Markdown.row(
                        card,
                        Markdown.quoted(model),
                        calls.calls(),
                        calls.promptTokens(),
                        calls.completionTokens(),
                        calls.withoutTokens(),
                        told.pricing().of(model, calls).map(Markdown::name).orElse("no price given")));
    }

    private static String tokens(Calls calls) {
        return calls.promptTokens() + " tokens in and " + calls.completionTokens() + " out";
    }

    private void share(StringBuilder card, String what, long count) {
        long all = facts.judging().judgments();
        Markdown.row(card, what, Markdown.percent(all == 0 ? Optional.empty() : Optional.of((double) count / all)));
    }

    /** The figures of {@code agreement.json} that say most. */
    private void agreement(StringBuilder card) {
        if (told.agreement().isEmpty()) {
            card.append("\nNo agreement report was given: how far the judge agrees with people is not known here.\n");
            return;
        }
        card.append("\nAgreement of ")
                .append(Markdown.quoted(String.valueOf(told.agreement().get("judge"))))
                .append(" over ")
                .append(Markdown.name(String.valueOf(told.agreement().get("rows"))))
                .append(" rows:\n\n| against | accuracy | kappa |\n|---|---:|---:|\n");
        if (told.agreement().get("references") instanceof List<?> references) {
            for (Object one : references) {
                if (one instanceof Map<?, ?> reference) {
                    Markdown.row(
                            card,
                            Markdown.quoted(String.valueOf(reference.get("reference"))),
                            estimate(reference.get("accuracy")),
                            estimate(reference.get("kappa")));
                }
            }
        }
    }

    /** Value and interval of an estimate, wherever the report holds it. */
    private static String estimate(Object value) {
        if (value instanceof Map<?, ?> map && map.get("value") instanceof Number number) {
            String middle = Markdown.number(Optional.of(number.doubleValue()));
            return map.get("low") instanceof Number low && map.get("high") instanceof Number high
                    ? middle + " (" + Markdown.number(Optional.of(low.doubleValue())) + " to "
                            + Markdown.number(Optional.of(high.doubleValue())) + ")"
                    : middle;
        }
        return value instanceof Number number ? Markdown.number(Optional.of(number.doubleValue())) : "-";
    }

    void warnings(StringBuilder card) {
        card.append("\n## Known biases\n\n");
        Judging judging = facts.judging();
        if (judging.orderGap().isPresent()) {
            card.append("- The preference moves by ")
                    .append(Markdown.number(judging.orderGap()))
                    .append(" on average when the responses change places; the response shown first gains ")
                    .append(Markdown.number(judging.firstSlot()))
                    .append(".\n");
        } else {
            card.append(
                    "- No judgment was made in both orders, so a bias toward the first or second place is not known.\n");
        }
        facts.epsilon()
                .ifPresent(epsilon -> card.append("- If z is calibrated, the chosen response is the worse one in ")
                        .append(Markdown.percent(Optional.of(epsilon)))
                        .append(
                                " of the examples, the mean of min(z, 1 - z): where a trainer takes one label smoothing for all rows,")
                        .append(" it is ")
                        .append(Markdown.number(Optional.of(epsilon)))
                        .append(".\n"));
        facts.warnings()
                .forEach(warning -> card.append("- Warning: ")
                        .append(Markdown.plain(warning))
                        .append(".\n"));
    }

    void generators(StringBuilder card) {
        card.append("\n## Generators\n\n| generator | comparisons | win rate | chosen | rejected | share of text |\n")
                .append("|---|---:|---:|---:|---:|---:|\n");
        facts.generators()
                .forEach((name, one) -> Markdown.row(
                        card,
                        Markdown.quoted(name),
                        one.comparisons(),
                        Markdown.number(one.winRate()),
                        one.chosen(),
                        one.rejected(),
                        Markdown.percent(one.shareOfText())));
    }

    void variety(StringBuilder card) {
        facts.lexical().ifPresent(watch -> {
            card.append("\n## Variety of words\n\nOf a sample of ")
                    .append(watch.chosen().texts())
                    .append(" examples; both responses of a pair are cut to the words of the shorter one.\n\n")
                    .append(
                            "| texts | words | distinct-1 | distinct-2 | distinct-3 | self-BLEU |\n|---|---:|---:|---:|---:|---:|\n");
            variety(card, "chosen", watch.chosen());
            variety(card, "rejected", watch.rejected());
            variety(card, "prompts", watch.prompts());
            variety(card, "chosen, as many words as the prompts", watch.chosenBesidePrompts());
        });
    }

    private static void variety(StringBuilder card, String what, Diversity texts) {
        Markdown.row(
                card,
                what,
                texts.tokens(),
                Markdown.number(texts.distinct1()),
                Markdown.number(texts.distinct2()),
                Markdown.number(texts.distinct3()),
                Markdown.number(texts.selfBleu()));
    }

    void lineage(StringBuilder card) {
        card.append("\n## Where the texts come from\n\n")
                .append(
                        facts.modelText().isEmpty()
                                ? "Nobody says who wrote the responses.\n"
                                : "Models wrote " + Markdown.percent(facts.modelText())
                                        + " of the responses' text, of those responses whose writer is named.\n")
                .append("\n| generations of models behind a response | examples |\n|---|---:|\n");
        facts.generations().forEach((depth, examples) -> Markdown.row(card, depth, examples));
        card.append("\n| source and its licence | examples |\n|---|---:|\n");
        facts.sources().forEach((source, examples) -> Markdown.row(card, Markdown.quoted(source), examples));
    }

    void history(StringBuilder card) {
        if (!told.history().isEmpty()) {
            card.append("\n## What made the judgments\n\n");
            told.history()
                    .forEach(line ->
                            card.append("1. ").append(Markdown.plain(line)).append('\n'));
        }
    }
}
