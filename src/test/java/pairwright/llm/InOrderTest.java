package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InOrderTest {
    private static final int TASKS = 2000;

    @Test
    void resultsComeInTheOrderOfTheTasksWhateverEndsFirst() throws InterruptedException {
        List<Integer> seen = new ArrayList<>();
        new InOrder(8)
                .run(
                        IntStream.range(0, TASKS)
                                .<Callable<Integer>>mapToObj(i -> () -> {
                                    if (i % 97 == 0) {
                                        TimeUnit.MILLISECONDS.sleep(3);
                                    }
                                    return i;
                                })
                                .iterator(),
                        seen::add);
        assertThat(seen).isEqualTo(IntStream.range(0, TASKS).boxed().toList());
    }

    @Test
    void aSlowTaskDoesNotHoldUpThoseAfterIt() throws InterruptedException {
        // The first one ends only when all others have: with a window of a few tasks a worker this would never end.
        CountDownLatch others = new CountDownLatch(TASKS - 1);
        List<Integer> seen = new ArrayList<>();
        new InOrder(4)
                .run(
                        IntStream.range(0, TASKS)
                                .<Callable<Integer>>mapToObj(i -> () -> {
                                    if (i == 0) {
                                        others.await();
                                    } else {
                                        others.countDown();
                                    }
                                    return i;
                                })
                                .iterator(),
                        result -> 1,
                        seen::add);
        assertThat(seen).hasSize(TASKS).isSorted();
    }

    @Test
    void resultsThatWaitForTheirTurnTakeNoMoreMemoryThanThereIsRoomFor() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        List<Integer> seen = new ArrayList<>();
        Thread run = new Thread(() -> {
            try {
                new InOrder(4, 1000)
                        .run(
                                IntStream.range(0, TASKS)
                                        .<Callable<Integer>>mapToObj(i -> () -> {
                                            begun.incrementAndGet();
                                            if (i == 0) {
                                                goOn.await();
                                            }
                                            return i;
                                        })
                                        .iterator(),
                                result -> 100,
                                seen::add);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        run.start();
        while (begun.get() < 10) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.MILLISECONDS.sleep(200);
        // Ten results of 100 fill the room; what had not ended then was at most four tasks for each of four workers.
        assertThat(begun.get()).isBetween(10, 10 + 4 * 4);
        goOn.countDown();
        run.join();
        assertThat(seen).hasSize(TASKS).isSorted();
    }

    @Test
    void whatATaskThrowsEndsTheRunAfterThoseInFlight() {
        AtomicInteger ended = new AtomicInteger();
        List<Integer> seen = new ArrayList<>();
        assertThatThrownBy(() -> new InOrder(4)
                        .run(
                                IntStream.range(0, TASKS)
                                        .<Callable<Integer>>mapToObj(i -> () -> {
                                            if (i == 5) {
                                                throw new IllegalStateException("five");
                                            }
                                            TimeUnit.MILLISECONDS.sleep(20);
                                            ended.incrementAndGet();
                                            return i;
                                        })
                                        .iterator(),
                                seen::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("five");
        assertThat(seen).containsExactly(0, 1, 2, 3, 4);
        assertThat(ended.get()).isBetween(5, 5 + 4 * 4);
    }
}
