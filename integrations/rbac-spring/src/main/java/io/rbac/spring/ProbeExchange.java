package io.rbac.spring;

import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An exchange that is nobody's, to ask the rules about URLs which of them covers an endpoint. */
final class ProbeExchange implements ServerWebExchange {

    private final Map<String, Object> attributes = new HashMap<>();
    private final ApplicationContext context;
    private final ServerHttpRequest request;

    ProbeExchange(ApplicationContext context, String method, String path) {
        this.context = context;
        this.request = new ProbeRequest(HttpMethod.valueOf(method), URI.create("http://localhost" + path));
    }

    @Override
    public ServerHttpRequest getRequest() {
        return request;
    }

    @Override
    public ServerHttpResponse getResponse() {
        throw new UnsupportedOperationException("there is no response to a question about a rule");
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public Mono<WebSession> getSession() {
        return Mono.empty();
    }

    @Override
    public <T extends Principal> Mono<T> getPrincipal() {
        return Mono.empty();
    }

    @Override
    public Mono<MultiValueMap<String, String>> getFormData() {
        return Mono.just(new LinkedMultiValueMap<>());
    }

    @Override
    public Mono<MultiValueMap<String, Part>> getMultipartData() {
        return Mono.just(new LinkedMultiValueMap<>());
    }

    @Override
    public LocaleContext getLocaleContext() {
        return new SimpleLocaleContext(null);
    }

    @Override
    public ApplicationContext getApplicationContext() {
        return context;
    }

    @Override
    public boolean isNotModified() {
        return false;
    }

    @Override
    public boolean checkNotModified(Instant lastModified) {
        return false;
    }

    @Override
    public boolean checkNotModified(String tag) {
        return false;
    }

    @Override
    public boolean checkNotModified(@Nullable String tag, Instant lastModified) {
        return false;
    }

    @Override
    public String transformUrl(String url) {
        return url;
    }

    @Override
    public void addUrlTransformer(Function<String, String> transformer) {
        // no URL is written
    }

    @Override
    public String getLogPrefix() {
        return "";
    }

    private record ProbeRequest(HttpMethod method, URI uri) implements ServerHttpRequest {

        @Override
        public String getId() {
            return "endpoint-probe";
        }

        @Override
        public RequestPath getPath() {
            return RequestPath.parse(uri, null);
        }

        @Override
        public MultiValueMap<String, String> getQueryParams() {
            return new LinkedMultiValueMap<>();
        }

        @Override
        public MultiValueMap<String, HttpCookie> getCookies() {
            return new LinkedMultiValueMap<>();
        }

        @Override
        public HttpMethod getMethod() {
            return method;
        }

        @Override
        public URI getURI() {
            return uri;
        }

        @Override
        public Map<String, Object> getAttributes() {
            return new HashMap<>();
        }

        @Override
        public HttpHeaders getHeaders() {
            return new HttpHeaders();
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.empty();
        }
    }
}
