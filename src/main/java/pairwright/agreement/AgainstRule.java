package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The judge beside a rule that needs no judge, on the same rows.
 *
 * @param rule its name
 * @param onlyJudge rows that only the judge got right
 * @param onlyRule rows that only the rule got right
 * @param mcNemar exact two-sided p value of McNemar's test, rows taken for independent
 * @param difference the judge's accuracy less the rule's
 */
public record AgainstRule(
        @JsonProperty("rule") String rule,
        @JsonProperty("only_judge") long onlyJudge,
        @JsonProperty("only_rule") long onlyRule,
        @JsonProperty("mcnemar_p") double mcNemar,
        @JsonProperty("difference") Statistic difference) {}
