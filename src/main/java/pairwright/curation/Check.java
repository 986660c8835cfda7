package pairwright.curation;

import java.util.Optional;

/** Looks at one row by itself. */
@FunctionalInterface
interface Check {
    /** Why the row must be left out; empty when it may stay. */
    Optional<Fault> fault(AnyRow row);
}
