package pairwright.cli;

/** The program. */
public final class Pairwright {
    private Pairwright() {}

    public static void main(String[] args) {
        System.exit(0);
    }
}
