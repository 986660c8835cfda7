package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromptSimilarityTest {
    private static final List<String> TEXTS = List.of(
            "How do I bake bread?",
            "How do I bake a cake without eggs?",
            "What is the capital of France?",
            "bread bread butter");

    @Test
    void textsAreAsAlikeAsScikitLearnSays() {
        PromptSimilarity similarity = new PromptSimilarity(TEXTS);
        // scikit-learn 1.7.2: X = TfidfVectorizer(token_pattern=r"[^\W_]+").fit_transform(texts), X @ X.T, and
        // transform([query]) @ X.T.
        assertThat(similarity.between(0, 1)).isCloseTo(.553766972, within(1e-9));
        assertThat(similarity.between(0, 3)).isCloseTo(.377668841, within(1e-9));
        assertThat(similarity.between(1, 2)).isZero();
        double[] alike = similarity.to("Can I bake bread in a pan?");
        assertThat(alike[0]).isCloseTo(.624947749, within(1e-9));
        assertThat(alike[1]).isCloseTo(.520377834, within(1e-9));
        assertThat(alike[2]).isZero();
        assertThat(alike[3]).isCloseTo(.393372153, within(1e-9));
    }

    @Test
    void aTextWithoutAWordIsLikeNoneNotEvenItself() {
        PromptSimilarity similarity = new PromptSimilarity(List.of("", "...", "word"));
        assertThat(similarity.between(0, 0)).isZero();
        assertThat(similarity.to("?!")).containsExactly(0, 0, 0);
        assertThat(similarity.to("WORD")[2]).isCloseTo(1, within(1e-12));
    }

    @Test
    void scriptsWithoutSpacesAreComparedByCharacter() {
        PromptSimilarity similarity =
                new PromptSimilarity(List.of("\u5982\u4f55\u70e4\u9762\u5305", "\u6cd5\u56fd\u9996\u90fd\u662f\u54ea"));
        double[] alike = similarity.to("\u600e\u4e48\u505a\u9762\u5305");
        assertThat(alike[0]).isGreaterThan(.5);
        assertThat(alike[1]).isZero();
    }
}
