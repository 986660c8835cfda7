package pairwright.llm;

import java.util.concurrent.ThreadFactory;

/**
 * Threads that mostly wait. Where the Java that runs has virtual threads that may wait within a monitor (24 and newer), they are
 * those: a thousand of them cost next to nothing. Elsewhere they are the system's.
 */
final class LightThreads {
    /** The first Java whose virtual threads give their carrier back within a monitor (JEP 491). */
    private static final int FIRST = 24;

    static final ThreadFactory FACTORY = factory();

    private LightThreads() {}

    private static ThreadFactory factory() {
        if (Runtime.version().feature() >= FIRST) {
            try {
                Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
                Class<?> type = Class.forName("java.lang.Thread$Builder");
                Object named = type.getMethod("name", String.class).invoke(builder, "in-flight");
                return (ThreadFactory) type.getMethod("factory").invoke(named);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("virtual threads cannot be made", e);
            }
        }
        return task -> {
            Thread thread = new Thread(task, "in-flight");
            thread.setDaemon(true);
            return thread;
        };
    }
}
