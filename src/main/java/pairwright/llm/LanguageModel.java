package pairwright.llm;

/** One way to ask a language model. Ledger, retries, limits are decorators of this one method. */
@FunctionalInterface
public interface LanguageModel {
    /**
     * Asks and waits for the reply. A call that cannot be answered comes back as a {@link Failure}, never as an exception;
     * only what must stop the whole run is thrown.
     *
     * @throws ProviderRefused when the provider refuses every call: key, quota, unknown model
     * @throws InterruptedException when the run is being stopped
     */
    Reply ask(Request request) throws InterruptedException;
}
