package io.rbac.spring;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.ETag;

/** The versions that a header {@code If-Match} names. */
record IfMatch(String header, List<Version> versions, boolean isAny) {

    /** Reads a header; what is no version, and a weak tag, can never be the current one. */
    static IfMatch parse(String header) {
        List<ETag> tags = ETag.parse(header);
        List<Version> versions = new ArrayList<>();
        for (ETag tag : tags) {
            if (!tag.weak() && !tag.isWildcard()) {
                try {
                    versions.add(Version.parse(tag.tag()));
                } catch (IllegalArgumentException e) {
                    // the tag of something else
                }
            }
        }
        return new IfMatch(header, List.copyOf(versions), tags.stream().anyMatch(ETag::isWildcard));
    }

    /** Returns the edit with that version as the expected one which is current, or else with one that is not. */
    PolicyEdit expectedBy(PolicyEdit edit, PermissionEngine engine) {
        if (isAny) {
            return edit;
        }
        if (versions.isEmpty()) {
            throw PolicyViolationException.of(Violation.of(
                    Code.CONFLICT,
                    "",
                    header,
                    "the header `If-Match` is " + Violation.quote(header)
                            + ": expected the version of an account in quotes"));
        }
        Version current = engine.policy(edit.account()).version();
        if (!versions.contains(current)) {
            // what is expected may be what another process committed a moment ago
            engine.refresh(edit.account());
            current = engine.policy(edit.account()).version();
        }
        return edit.expecting(versions.contains(current) ? current : versions.get(0));
    }
}
