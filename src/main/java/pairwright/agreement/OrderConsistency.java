package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Whether the judge says the same when the responses change places, over the rows that it was asked in both orders.
 * Labels are in the row's frame; rows where an order gave no label count as {@link UnparsedAs} says: dropped, that
 * order's label a tie, or inconsistent.
 *
 * @param askedInBothOrders rows with a trial in each order
 * @param oneOrderUnparsed of these, rows with a label in one order only
 * @param bothOrdersUnparsed of these, rows with a label in neither
 * @param consistent rows where both orders gave the same label
 * @param prefersFirstShown conflicts A then B: the response shown first won both times
 * @param prefersSecondShown conflicts B then A: the response shown second won both times
 * @param leansFirstShown conflicts of a tie with a side, in favour of the response shown first
 * @param leansSecondShown conflicts of a tie with a side, in favour of the response shown second
 * @param consistency share of consistent rows
 * @param sameOutcome share of all rows asked in both orders with the same outcome, no label in both being the same (LLMBar)
 * @param kappaA Cohen's kappa of the two orders on A against everything else, no label too (LLMBar)
 */
public record OrderConsistency(
        @JsonProperty("asked_in_both_orders") long askedInBothOrders,
        @JsonProperty("one_order_unparsed") long oneOrderUnparsed,
        @JsonProperty("both_orders_unparsed") long bothOrdersUnparsed,
        @JsonProperty("consistent") long consistent,
        @JsonProperty("prefers_first_shown") long prefersFirstShown,
        @JsonProperty("prefers_second_shown") long prefersSecondShown,
        @JsonProperty("leans_first_shown") long leansFirstShown,
        @JsonProperty("leans_second_shown") long leansSecondShown,
        @JsonProperty("consistency") Statistic consistency,
        @JsonProperty("same_outcome") Statistic sameOutcome,
        @JsonProperty("kappa_a") Statistic kappaA) {}
