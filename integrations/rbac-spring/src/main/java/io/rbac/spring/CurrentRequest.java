package io.rbac.spring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The request that is being handled, with what was read for it. */
interface CurrentRequest extends RequestValues {

    /** No request: what is asked is answered from the current policy. */
    CurrentRequest NONE = new CurrentRequest() {
        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public @Nullable String pathVariable(String name) {
            return null;
        }

        @Override
        public PinnedMatrices pinned() {
            return PinnedMatrices.NONE;
        }
    };

    /** Returns the values of a header, one for each line that has it. */
    List<String> headers(String name);

    @Override
    default @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.size() == 1 ? values.get(0) : null;
    }

    /** Returns the matrices that this request is answered from. */
    PinnedMatrices pinned();

    /** Returns the request that the current thread handles, {@link #NONE} if it handles none. */
    static CurrentRequest get() {
        return Servlets.PRESENT ? Servlets.current() : NONE;
    }

    /** Apart, so that nothing of servlets is loaded where there are none. */
    final class Servlets {

        static final boolean PRESENT =
                ClassUtils.isPresent("jakarta.servlet.http.HttpServletRequest", CurrentRequest.class.getClassLoader());

        private Servlets() {}

        static CurrentRequest current() {
            RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
            return attributes instanceof ServletRequestAttributes servlet
                    ? ServletRequestValues.of(servlet.getRequest(), Map.of())
                    : NONE;
        }
    }
}
