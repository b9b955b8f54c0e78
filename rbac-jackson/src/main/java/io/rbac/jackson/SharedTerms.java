package io.rbac.jackson;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The terms that accounts are remembered with: one instance for all, because most accounts have the same. */
final class SharedTerms {

    private final AtomicReference<@Nullable DocumentTerms> last = new AtomicReference<>();

    /** Returns the shared instance of terms that were read, each time as other instances. */
    DocumentTerms read(DocumentTerms terms) {
        DocumentTerms shared = last.get();
        return shared != null && shared.areThoseOf(terms.catalog(), terms.rules()) ? shared : share(terms);
    }

    /** Returns the shared instance of terms that the application has: its instances are compared fastest later. */
    @SuppressWarnings("ReferenceEquality") // which instance it is is the question
    DocumentTerms given(DocumentTerms terms) {
        DocumentTerms shared = last.get();
        boolean same = shared != null && shared.catalog() == terms.catalog() && shared.rules() == terms.rules();
        return shared != null && same ? shared : share(terms);
    }

    private DocumentTerms share(DocumentTerms terms) {
        last.set(terms);
        return terms;
    }
}
