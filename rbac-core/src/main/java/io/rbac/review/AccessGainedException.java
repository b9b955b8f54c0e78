package io.rbac.review;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown where nobody was to gain anything, and somebody does. Says who gains what, by which roles, and where.
 *
 * @since 0.1
 */
public final class AccessGainedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How many groups the message shows. */
    private static final int MAX_SHOWN = 3;

    private final transient List<AccessDiff.Group> gains;

    AccessGainedException(List<AccessDiff.Group> gains) {
        super("access is gained: "
                + gains.stream()
                        .limit(MAX_SHOWN)
                        .map(AccessDiff.Group::toString)
                        .collect(Collectors.joining("; "))
                + (gains.size() > MAX_SHOWN ? "; and more" : ""));
        this.gains = List.copyOf(gains);
    }

    /** Returns what is gained, the largest groups first; never empty. */
    public List<AccessDiff.Group> gains() {
        return gains;
    }
}
