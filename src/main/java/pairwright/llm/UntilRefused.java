package pairwright.llm;

/** Once the provider has refused, nothing more is sent, not even what was waiting in line for its turn. */
final class UntilRefused implements LanguageModel {
    private final LanguageModel model;
    private volatile ProviderRefused refused;

    UntilRefused(LanguageModel model) {
        this.model = model;
    }

    @Override
    public Reply ask(Request request) throws InterruptedException {
        check();
        try {
            return model.ask(request);
        } catch (ProviderRefused e) {
            refused = e;
            throw e;
        }
    }

    /** @throws ProviderRefused where there was a refusal before */
    void check() {
        ProviderRefused before = refused;
        if (before != null) {
            throw before;
        }
    }
}
