package io.rbac.jackson;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The terms of the accounts that are remembered, as one instance, because most accounts have the same. */
final class SharedTerms {

    private final AtomicReference<@Nullable DocumentTerms> last = new AtomicReference<>();

    /** Returns the shared instance of terms that were read, which are new instances each time. */
    DocumentTerms read(DocumentTerms terms) {
        DocumentTerms shared = last.get();
        return shared != null && shared.areThoseOf(terms.catalog(), terms.rules()) ? shared : share(terms);
    }

    /** Returns the shared instance of the application's terms: its own instances are the fastest to compare later. */
    @SuppressWarnings("ReferenceEquality") // the question is which instance it is
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
