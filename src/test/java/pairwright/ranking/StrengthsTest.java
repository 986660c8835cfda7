package pairwright.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.Json;

class StrengthsTest {
    private static final RankingSettings PLAIN = RankingSettings.DEFAULT;

    @Test
    void aRankingDoesNotDependOnTheOrderOfTheRows() {
        SplittableRandom random = new SplittableRandom(3);
        List<Comparison> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int a = random.nextInt(6);
            int b = (a + 1 + random.nextInt(5)) % 6;
            rows.add(Comparison.of(Planted.name(a), Planted.name(b), random.nextDouble())
                    .on("p" + random.nextInt(40)));
        }
        String one = Json.pretty(RankingStudy.of(Strengths.fit(Planted.table(rows), PLAIN)));
        Collections.shuffle(rows, new Random(5));
        String other = Json.pretty(RankingStudy.of(Strengths.fit(Planted.table(rows), PLAIN)));

        assertThat(other).isEqualTo(one);
    }

    @Test
    void turningComparisonsRoundChangesNothing() {
        ComparisonTableBuilder one = ComparisonTable.builder();
        ComparisonTableBuilder other = ComparisonTable.builder();
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 300; i++) {
            int a = random.nextInt(5);
            int b = (a + 1 + random.nextInt(4)) % 5;
            double z = random.nextInt(3) / 2.0;
            one.add(Comparison.of(Planted.name(a), Planted.name(b), z).shown(Shown.FIRST));
            other.add(Comparison.of(Planted.name(b), Planted.name(a), 1 - z).shown(Shown.SECOND));
        }
        RankingSettings settings = PLAIN.withOrder(true).withTies(Ties.DAVIDSON);

        Strengths first = Strengths.fit(one.build(), settings);
        Strengths second = Strengths.fit(other.build(), settings);

        for (int i = 0; i < 5; i++) {
            assertThat(second.strength(i)).isEqualTo(first.strength(i), within(1e-9));
        }
        assertThat(second.parameters().get(0).value())
                .isEqualTo(first.parameters().get(0).value(), within(1e-9));
    }

    /** 300 items go by conjugate gradients; their gradient is below the tolerance, and the same as a dense solve of the same equations. */
    @Test
    void manyItemsAreFittedToTheSameEquations() {
        ComparisonTable table = Planted.random(300, 20_000, 7);
        Cells cells = CellCounts.of(table, PLAIN);
        assertThat(cells.items()).isGreaterThan(NewtonSystem.DENSE);

        MaximumLikelihood.Maximum fit = MaximumLikelihood.of(cells, PLAIN);

        assertThat(fit.convergence().converged()).isTrue();
        assertThat(fit.convergence().products()).isPositive();
        double[] won = new double[300];
        for (int row = 0; row < table.size(); row++) {
            double p = Logistic.sigma(fit.point()[table.first.get(row)] - fit.point()[table.second.get(row)]);
            won[table.first.get(row)] += table.z.get(row) - p;
            won[table.second.get(row)] -= table.z.get(row) - p;
        }
        for (double rest : won) {
            assertThat(rest).isEqualTo(0, within(1e-5));
        }
    }

    @Test
    void aTreeOfComparisonsIsSolvedInAFewProducts() {
        ComparisonTable table = Planted.chain(2000, 4);

        Strengths fit = Strengths.fit(table, PLAIN);

        assertThat(fit.convergence().converged()).isTrue();
        // A diagonal preconditioner would take about one product for each item and step.
        assertThat(fit.convergence().products()).isLessThan(100);
    }

    @Test
    void theIncompleteFactorOfATreeIsExact() {
        Cells cells = CellCounts.of(Planted.chain(40, 4), PLAIN.withRidge(.1));
        Likelihood at = new Likelihood(cells, PLAIN.withRidge(.1));
        at.at(new double[40]);
        IncompleteCholesky factor = new IncompleteCholesky(cells);
        factor.factor(at);
        double[] right = new Random(1).doubles(40, -1, 1).toArray();
        double[] solution = new double[40];
        factor.solve(right, solution);

        RealVector exact = new LUDecomposition(new Array2DRowRealMatrix(NewtonSystem.matrix(at)))
                .getSolver()
                .solve(new ArrayRealVector(right));
        for (int i = 0; i < 40; i++) {
            assertThat(solution[i]).isEqualTo(exact.getEntry(i), within(1e-9));
        }
    }

    @Test
    void theDenseInverseIsThatOfCommonsMath() {
        Random random = new Random(2);
        double[][] entries = new double[30][];
        Arrays.setAll(entries, i -> random.doubles(30, -1, 1).toArray());
        RealMatrix matrix = new Array2DRowRealMatrix(entries);
        RealMatrix definite = matrix.multiply(matrix.transpose()).add(MatrixUtils.createRealIdentityMatrix(30));

        double[][] inverse = DenseCholesky.of(definite.getData()).inverse();

        RealMatrix expected = MatrixUtils.inverse(definite);
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 30; j++) {
                assertThat(inverse[i][j]).isEqualTo(expected.getEntry(i, j), within(1e-10));
            }
        }
    }

    /** A few hundred thousand battles put planted strengths within their own intervals, on the whole. */
    @Test
    void plantedStrengthsAreRecovered() {
        Strengths fit = Strengths.fit(Planted.random(20, 200_000, 11), PLAIN);

        double[] planted = Planted.strengths(20);
        int inside = 0;
        for (int i = 0; i < 20; i++) {
            StrengthEstimate estimate = fit.estimate(i);
            assertThat(estimate.value()).isEqualTo(planted[i], within(5 * estimate.standardError()));
            inside += estimate.low() <= planted[i] && planted[i] <= estimate.high() ? 1 : 0;
        }
        assertThat(inside).isGreaterThanOrEqualTo(16);
    }

    /** Doubling every row within its prompt tells nothing new: errors by prompt stay, the information's shrink by the root of 2. */
    @Test
    void errorsByPromptKnowThatCopiesTellNothing() {
        List<Comparison> rows = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(9);
        double[] planted = Planted.strengths(4);
        for (int i = 0; i < 400; i++) {
            int a = random.nextInt(4);
            rows.add(Planted.battle(a, (a + 1 + random.nextInt(3)) % 4, planted, random)
                    .on("p" + i));
        }
        List<Comparison> twice = new ArrayList<>(rows);
        twice.addAll(rows);
        double once = Strengths.fit(Planted.table(rows), PLAIN).estimate(0).standardError();
        double copied = Strengths.fit(Planted.table(twice), PLAIN).estimate(0).standardError();
        RankingSettings fisher = PLAIN.withErrors(Errors.FISHER);

        assertThat(copied).isEqualTo(once, within(1e-9));
        assertThat(Strengths.fit(Planted.table(twice), fisher).estimate(0).standardError())
                .isEqualTo(
                        Strengths.fit(Planted.table(rows), fisher).estimate(0).standardError() / Math.sqrt(2),
                        within(1e-9));
    }

    /** The sandwich by its definition, with another library. */
    @Test
    void theSandwichIsItsDefinition() {
        List<Comparison> rows = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(10);
        for (int i = 0; i < 200; i++) {
            int a = random.nextInt(3);
            rows.add(new Comparison(
                    Planted.name(a),
                    Planted.name((a + 1 + random.nextInt(2)) % 3),
                    random.nextDouble(),
                    1 + random.nextInt(3),
                    random.nextBoolean() ? Shown.FIRST : Shown.SECOND,
                    java.util.Optional.of("p" + random.nextInt(25)),
                    java.util.Optional.empty(),
                    java.util.Optional.empty(),
                    List.of()));
        }
        ComparisonTable table = Planted.table(rows);
        Strengths fit = Strengths.fit(table, PLAIN.withOrder(true));
        double[] point = fit.maximum().point();

        // Contrasts against item 0, and the order.
        RealMatrix information = new Array2DRowRealMatrix(3, 3);
        RealMatrix[] scores = new RealMatrix[25];
        for (Comparison row : rows) {
            double[] x = {0, 0, row.shown().sign()};
            for (int item = 1; item < 3; item++) {
                x[item - 1] = (row.first().equals(Planted.name(item)) ? 1 : 0)
                        - (row.second().equals(Planted.name(item)) ? 1 : 0);
            }
            double d = x[0] * (point[1] - point[0]) + x[1] * (point[2] - point[0]) + x[2] * point[3];
            double p = Logistic.sigma(d);
            RealMatrix column = new Array2DRowRealMatrix(x);
            information =
                    information.add(column.multiply(column.transpose()).scalarMultiply(row.weight() * p * (1 - p)));
            int prompt = Integer.parseInt(row.prompt().orElseThrow().substring(1));
            scores[prompt] = (scores[prompt] == null ? new Array2DRowRealMatrix(3, 1) : scores[prompt])
                    .add(column.scalarMultiply(row.weight() * (row.z() - p)));
        }
        RealMatrix meat = new Array2DRowRealMatrix(3, 3);
        for (RealMatrix score : scores) {
            meat = meat.add(score.multiply(score.transpose()));
        }
        RealMatrix bread = MatrixUtils.inverse(information);
        RealMatrix expected = bread.multiply(meat).multiply(bread).scalarMultiply(25 / 24.);

        assertThat(fit.difference(1, 0).standardError()).isEqualTo(Math.sqrt(expected.getEntry(0, 0)), within(1e-9));
        assertThat(fit.difference(2, 0).standardError()).isEqualTo(Math.sqrt(expected.getEntry(1, 1)), within(1e-9));
        assertThat(fit.parameters().get(0).estimate().orElseThrow().standardError())
                .isEqualTo(Math.sqrt(expected.getEntry(2, 2)), within(1e-9));
    }
}
