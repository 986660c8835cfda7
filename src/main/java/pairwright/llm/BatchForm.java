package pairwright.llm;

/** How a provider wants the requests of a batch written, and how many it takes. */
interface BatchForm {
    /** Most requests of one batch. */
    int mostRequests();

    /** Most bytes of all requests of one batch as they are written. */
    long mostBytes();

    /** One request under its key, without a line end. */
    String line(String key, String body);

    byte[] head();

    byte[] between();

    byte[] tail();
}
