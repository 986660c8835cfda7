package pairwright.llm;

import java.time.Duration;
import java.util.Optional;

/**
 * How a call ended.
 *
 * @param attempts that went out
 * @param released of what was reserved: what is known not to be billed, or is replaced by the true cost
 * @param cost billed for the reply; empty where the price is unknown or no reply came
 * @param latency of the attempt that brought the reply
 */
record CallEnd(int attempts, Cost released, Optional<Cost> cost, Optional<Duration> latency) {}
