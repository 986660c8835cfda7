package pairwright.llm;

/** What to do about a setting that a model does not take. */
final class SettingAdvice {
    private SettingAdvice() {}

    /** @param field of the request that the server named; empty where it named none */
    static String about(String field) {
        return switch (field) {
            case "max_tokens" ->
                "change it, or if this model wants its limit in another field, set --token-limit-field"
                        + " max_completion_tokens (token_limit_field under endpoint in a recipe)";
            case "temperature", "top_p", "topp", "seed" ->
                "the model does not take this setting: change it or leave it out, for which"
                        + " --server-sampling (server_sampling: true under endpoint in a recipe) leaves temperature,"
                        + " top_p and seed to the server";
            default -> "the model does not take this setting: change it or leave it out";
        };
    }
}
